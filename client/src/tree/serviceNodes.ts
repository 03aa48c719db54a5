import type { Project } from '../model/projects.js';
import type { Target } from '../model/target.js';
import type { TreeNode } from './node.js';

/** Projects → services → replicas or tasks. */
export function serviceNodes(projects: readonly Project[]): readonly TreeNode<Target>[] {
  return projects.map((project) => ({
    id: project.key,
    value: { kind: 'project', project },
    children: project.services.map((service) => ({
      id: service.key,
      value: { kind: 'service', project, service },
      children: [
        ...service.replicas.map((replica): TreeNode<Target> => ({
          id: `${service.key}/${replica.id}`,
          value: { kind: 'replica', project, service, replica },
          children: [],
        })),
        ...service.tasks.map((task): TreeNode<Target> => ({
          id: `${service.key}/${task.id}`,
          value: { kind: 'task', project, service, task },
          children: [],
        })),
      ],
    })),
  }));
}

/** What a filter looks at. */
export function searchWords(target: Target): string {
  switch (target.kind) {
    case 'project':
      return target.project.name;
    case 'service':
      return `${target.service.name} ${target.service.image ?? ''} ${target.service.health}`;
    case 'replica':
      return `${target.replica.name} ${target.replica.id} ${target.replica.state} ${target.replica.health ?? ''}`;
    case 'task':
      return `${target.task.id} ${target.task.state}`;
  }
}
