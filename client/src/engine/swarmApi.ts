import type { ApiService, ApiTask } from './fromSwarmApi.js';
import type { ServiceProgress, ServiceReading } from './swarmControl.js';
import type { ServiceSpec, TaskTemplate } from './swarmSpec.js';
import type { SwarmFile, SwarmNetwork } from './swarm.js';

export interface ApiServiceDetails extends Omit<ApiService, 'Spec'> {
  readonly Spec: ServiceSpec;
  readonly PreviousSpec?: object | null;
  readonly JobStatus?: { readonly JobIteration?: { readonly Index?: number } };
}

export function toServiceReading(service: ApiServiceDetails): ServiceReading {
  return {
    id: service.ID,
    spec: service.Spec,
    canRollBack: Boolean(service.PreviousSpec),
    raw: service,
  };
}

export interface ApiProgressTask extends Omit<ApiTask, 'Spec'> {
  readonly CreatedAt?: string;
  readonly Spec?: TaskTemplate;
  readonly JobIteration?: { readonly Index?: number };
}

/**
 * A task is fresh when it was made from the definition that the service has now. One of a job is as it should be once it is
 * complete.
 */
export function toProgress(service: ApiServiceDetails, tasks: readonly ApiProgressTask[]): ServiceProgress {
  const { Spec: spec, ServiceStatus: status, UpdateStatus: update, JobStatus: job } = service;
  const fresh = tasks.filter(({ Spec }) => definition(Spec) === definition(spec.TaskTemplate));
  const newest = [...fresh].sort((a, b) => (b.CreatedAt ?? '').localeCompare(a.CreatedAt ?? '')).find(hasError);
  const isJob = spec.Mode?.ReplicatedJob !== undefined || spec.Mode?.GlobalJob !== undefined;
  const runs = ({ DesiredState, Status }: ApiProgressTask): boolean =>
    DesiredState === 'running' && Status.State === 'running';
  const complete = ({ Status, JobIteration }: ApiProgressTask): boolean =>
    Status.State === 'complete' && (JobIteration?.Index ?? 0) === (job?.JobIteration?.Index ?? 0);
  const { Replicated: replicated, ReplicatedJob: replicatedJob } = spec.Mode ?? {};
  const desired = replicated?.Replicas ?? replicatedJob?.TotalCompletions ?? status?.DesiredTasks ?? 0;
  return {
    name: spec.Name,
    desired,
    ...((spec.Mode?.Global ?? spec.Mode?.GlobalJob) && { counted: true as const }),
    fresh: fresh.filter(isJob ? complete : runs).length,
    wanted: isJob ? desired : tasks.filter(({ DesiredState }) => DesiredState === 'running').length,
    update: update?.State ? { state: update.State, message: update.Message ?? '' } : undefined,
    error: newest?.Status.Err,
  };
}

/**
 * Where a task may run is no part of it: Swarm leaves tasks alone that are where they still may be. The runtime is told of
 * services alone.
 */
function definition(task: TaskTemplate & { readonly Runtime?: string } = {}): string {
  return JSON.stringify({ ...task, Placement: undefined, Runtime: undefined, ForceUpdate: task.ForceUpdate ?? 0 });
}

function hasError({ Status }: ApiProgressTask): boolean {
  return Boolean(Status.Err);
}

export interface ApiNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Driver?: string;
  readonly Scope?: string;
  readonly Attachable?: boolean;
  readonly Internal?: boolean;
  readonly Ingress?: boolean;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
}

export function toSwarmNetwork(network: ApiNetwork): SwarmNetwork {
  return {
    id: network.Id,
    name: network.Name,
    driver: network.Driver ?? '',
    attachable: network.Attachable ?? false,
    internal: network.Internal ?? false,
    ingress: network.Ingress ?? false,
    stack: network.Labels?.['com.docker.stack.namespace'],
    subnets: (network.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
  };
}

export interface ApiFile {
  readonly ID: string;
  readonly CreatedAt?: string;
  readonly Spec: { readonly Name: string; readonly Labels?: Readonly<Record<string, string>> | null };
}

export function toSwarmFile({ ID, CreatedAt, Spec }: ApiFile): SwarmFile {
  return {
    id: ID,
    name: Spec.Name,
    stack: Spec.Labels?.['com.docker.stack.namespace'],
    createdAt: Date.parse(CreatedAt ?? '') || 0,
  };
}
