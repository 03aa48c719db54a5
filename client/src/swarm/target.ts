import type { SwarmFile, SwarmNetwork, SwarmNode, SwarmService, Task } from '../engine/swarm.js';

/** What stands in the Swarm view, and what its commands act on. */
export type SwarmTarget =
  | { readonly kind: 'swarm'; readonly swarm: SwarmSummary }
  | { readonly kind: 'stack'; readonly stack: Stack }
  | { readonly kind: 'service'; readonly service: SwarmService }
  | { readonly kind: 'task'; readonly task: Task; readonly name: string; readonly place: string }
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'node'; readonly node: SwarmNode; readonly running: number }
  | { readonly kind: 'network'; readonly network: SwarmNetwork }
  | { readonly kind: 'secret' | 'config'; readonly file: SwarmFile }
  /** Not of the view: a stack file of the workspace. */
  | { readonly kind: 'file'; readonly uri: string };

export interface SwarmSummary {
  readonly role: 'manager' | 'worker';
  readonly state: 'active' | 'pending' | 'error' | 'locked';
  readonly nodes: number;
  readonly managers: number;
  readonly managersDown: number;
  /** Why nothing can be said or done, in the Engine's words. */
  readonly error: string | undefined;
}

export interface Stack {
  readonly name: string;
  readonly services: readonly SwarmService[];
}

export type Group = 'nodes' | 'networks' | 'secrets' | 'configs';
