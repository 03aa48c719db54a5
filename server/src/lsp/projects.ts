import type { Range as LspRange } from 'vscode-languageserver';
import { replicasEdit } from '../compose/features/replicasEdit.js';
import type { Place } from '../compose/model/value.js';
import { describeServices } from '../project/describe.js';
import { projectName } from '../project/projectName.js';
import { targetComment, type TargetDecision } from '../project/target.js';
import type { Checked, ProjectFiles } from '../project/workspace.js';
import type {
  FileEdit,
  FileParams,
  FileTarget,
  Notifications,
  ReplicasParams,
  Requests,
  WorkspaceProject,
} from '../protocol.js';
import type { Range } from '../text/span.js';
import { canonicalUri, fileName, folderOf } from '../text/uri.js';
import type { Feature, FeatureHost } from './feature.js';
import type { Session } from './session.js';
import { whenIdle } from './whenIdle.js';

/** The requests of protocol.ts about projects and files. */
export const projectsFeature: Feature = {
  register(server) {
    const { connection, session } = server;
    const answers = {
      projects: 'longshore/projects',
      target: 'longshore/target',
      replicasEdit: 'longshore/replicasEdit',
    } satisfies Record<string, keyof Requests>;
    const watched = watchProjects(server);
    connection.onRequest(
      answers.projects,
      server.handle('projects', (_: null) => watched.ask()),
    );
    connection.onRequest(
      answers.target,
      server.handle('target', (params: FileParams) => fileTarget(session, params)),
    );
    connection.onRequest(
      answers.replicasEdit,
      server.handle('replicasEdit', (params: ReplicasParams) => replicas(session, params)),
    );
  },
};

/**
 * Tells the client when the list it was given last is old; a client that never asked is told nothing. The list is large work on a
 * large workspace.
 */
function watchProjects(server: FeatureHost): { ask(): readonly WorkspaceProject[] } {
  const { connection, session } = server;
  const notification: keyof Notifications = 'longshore/projectsChanged';
  let given: string | undefined;
  const isWanted = (): boolean => given !== undefined;
  whenIdle(server, 'projectsChanged', isWanted, () => {
    if (JSON.stringify(workspaceProjects(session)) === given) return;
    given = undefined;
    void connection.sendNotification(notification);
  });
  return {
    ask() {
      const projects = workspaceProjects(session);
      given = JSON.stringify(projects);
      return projects;
    },
  };
}

function workspaceProjects(session: Session): readonly WorkspaceProject[] {
  return session
    .projects()
    .map((files) => workspaceProject(session, files, session.check(files)))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function workspaceProject(
  session: Session,
  { files, target, envFiles = [] }: ProjectFiles,
  checked: Checked,
): WorkspaceProject {
  const { project, variables } = checked;
  const first = files[0] ?? '';
  const placed = (at: Place): readonly { readonly uri: string; readonly range: LspRange }[] => {
    const range = session.writer.range(project, at);
    return range ? [{ uri: session.clientUri(at.block.uri), range }] : [];
  };
  return {
    name: projectName(project, first, variables),
    target,
    folder: session.clientUri(folderOf(first)),
    files: files.map((uri) => session.clientUri(uri)),
    envFiles: envFiles.map((uri) => session.clientUri(uri)),
    services: describeServices(project).flatMap(({ nameAt, ports, ...service }) =>
      placed(nameAt).map((place) => ({
        ...service,
        ...place,
        ports: ports.flatMap(({ at, ...port }) => placed(at).map((where) => ({ ...port, ...where }))),
      })),
    ),
  };
}

function fileTarget(session: Session, params: FileParams): FileTarget | undefined {
  const uri = canonicalUri(params.uri);
  const source = session.source(uri);
  const decision = session.target(uri);
  if (!source || !decision || !session.isCompose(uri)) return undefined;
  const comment = targetComment(source);
  return {
    target: decision.target,
    decidedBy: decision.by,
    reason: reasonFor(decision, fileName(uri)),
    comment: comment && source.content.range(comment),
  };
}

function reasonFor({ target, by }: TargetDecision, name: string): string {
  const tool = target === 'stack' ? 'docker stack deploy' : 'docker compose';
  switch (by) {
    case 'comment':
      return `A comment in the file says that it is for ${tool}.`;
    case 'setting':
      return `The setting \`longshore.targets\` says that it is for ${tool}.`;
    case 'name':
      return `The name \`${name}\` says that it is for ${tool}.`;
    case 'content':
      return target === 'stack'
        ? 'It has keys that only a swarm obeys, so it is for docker stack deploy.'
        : 'Nothing in it asks for a swarm, so it is for docker compose.';
  }
}

function replicas(session: Session, { uri, service, replicas: wanted }: ReplicasParams): FileEdit | undefined {
  const first = canonicalUri(uri);
  const files = session.projectsOf(first).find((it) => it.files[0] === first) ?? session.projectsOf(first)[0];
  if (!files) return undefined;
  const { project } = session.check(files);
  const placed = replicasEdit(project, service, wanted)?.map(({ at, text }) => ({
    uri: at.block.uri,
    range: session.writer.range(project, at),
    newText: text,
  }));
  const uris = new Set(placed?.map((it) => it.uri));
  const [only] = uris;
  if (!placed || only === undefined || uris.size > 1 || !placed.every(hasRange)) return undefined;
  return { uri: session.clientUri(only), edits: placed.map(({ range, newText }) => ({ range, newText })) };
}

function hasRange<T extends { readonly range: Range | undefined }>(edit: T): edit is T & { readonly range: LspRange } {
  return edit.range !== undefined;
}
