import type { ApiService, ApiTask } from './fromSwarmApi.js';
import type { ServiceProgress, ServiceReading } from './swarmControl.js';
import type { ServiceSpec, TaskTemplate } from './swarmSpec.js';
import type { SwarmFile, SwarmNetwork } from './swarm.js';

export interface ApiServiceDetails extends Omit<ApiService, 'Spec'> {
  readonly Spec: ServiceSpec;
  readonly PreviousSpec?: object | null;
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
}

/** A task is fresh when it was made from the image and the forced update that the service has now. */
export function toProgress(service: ApiServiceDetails, tasks: readonly ApiProgressTask[]): ServiceProgress {
  const { Spec: spec, ServiceStatus: status, UpdateStatus: update } = service;
  const fresh = tasks.filter(({ Spec }) => definition(Spec) === definition(spec.TaskTemplate));
  const wanted = tasks.filter(({ DesiredState }) => DesiredState === 'running');
  const newest = [...fresh].sort((a, b) => (b.CreatedAt ?? '').localeCompare(a.CreatedAt ?? '')).find(hasError);
  return {
    name: spec.Name,
    desired: spec.Mode?.Replicated?.Replicas ?? status?.DesiredTasks ?? 0,
    fresh: fresh.filter(({ DesiredState, Status }) => DesiredState === 'running' && Status.State === 'running').length,
    wanted: wanted.length,
    update: update?.State ? { state: update.State, message: update.Message ?? '' } : undefined,
    error: newest?.Status.Err,
  };
}

function definition(task: TaskTemplate | undefined): string {
  const { Image, Secrets, Configs, Env, Args } = task?.ContainerSpec ?? {};
  const files = [
    ...(Secrets ?? []).map(({ SecretID }) => SecretID),
    ...(Configs ?? []).map(({ ConfigID }) => ConfigID),
  ].sort();
  return JSON.stringify([Image, task?.ForceUpdate ?? 0, files, Env ?? [], Args ?? []]);
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
