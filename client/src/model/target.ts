import type { Replica } from '../engine/engine.js';
import type { Task } from '../engine/swarm.js';
import type { Project, Service } from './projects.js';

/** What a command acts on. */
export type Target =
  | { readonly kind: 'project'; readonly project: Project }
  | { readonly kind: 'service'; readonly project: Project; readonly service: Service }
  | { readonly kind: 'replica'; readonly project: Project; readonly service: Service; readonly replica: Replica }
  | { readonly kind: 'task'; readonly project: Project; readonly service: Service; readonly task: Task };
