import type { Range } from './text/span.js';
import type { Target } from './compose/target.js';

export type { Range, Target };

/** What client and server say to each other beyond LSP. The only server file the client imports: types and names, no code. */
export interface Requests {
  /** Every Compose and stack project of the workspace, sorted by name. */
  readonly 'longshore/projects': { readonly params: null; readonly result: readonly WorkspaceProject[] };
  readonly 'longshore/target': { readonly params: FileParams; readonly result: FileTarget | null };
  /** The services that stand in an open Compose or stack file, from the top; null for any other document. */
  readonly 'longshore/services': { readonly params: FileParams; readonly result: readonly DocumentService[] | null };
  /** The project of a file, merged and with its variables; null where there is no such file. */
  readonly 'longshore/effectiveConfig': {
    readonly params: EffectiveConfigParams;
    readonly result: EffectiveConfig | null;
  };
  /** The proxies of the workspace that send requests to a service. */
  readonly 'longshore/proxiesOf': { readonly params: ServiceParams; readonly result: readonly ProxyLink[] };
  /** The smallest edit that makes the file ask for so many replicas; null where the service is not written in a file. */
  readonly 'longshore/replicasEdit': { readonly params: ReplicasParams; readonly result: FileEdit | null };
  /** A file as `docker stack deploy` would take it, whatever target it has by its name; null where there is no such file. */
  readonly 'longshore/stackFile': { readonly params: FileParams; readonly result: StackFile | null };
}

/** What the server asks of a client that has `images: true` in its initialization options. */
export interface ClientRequests {
  /** The references of the images that the client's Engine has, such as `nginx:1.30`; none where it has no Engine. */
  readonly 'longshore/images': { readonly params: null; readonly result: readonly string[] };
}

export interface Notifications {
  /** From the server: ask for the projects again. Sent only when the answer would differ. */
  readonly 'longshore/projectsChanged': null;
  /** From the server: an effective configuration may be another one now. Sent once after each time that one was asked for. */
  readonly 'longshore/effectiveConfigChanged': null;
}

export interface FileParams {
  readonly uri: string;
}

export interface EffectiveConfigParams extends FileParams {
  /** Another tool than the one the file is for. */
  readonly target?: Target;
  /** The file without those that are merged with it. */
  readonly alone?: boolean;
}

export interface EffectiveConfig {
  /** YAML. */
  readonly text: string;
  /** False where a part of the files is no YAML, as in the middle of typing: the text is then without it. */
  readonly whole: boolean;
}

export interface ServiceParams {
  /** The first file of the project. */
  readonly uri: string;
  readonly service: string;
}

export interface ReplicasParams extends ServiceParams {
  readonly replicas: number;
}

/** Files that belong together: a Compose file with its override and includes, or a stack file. */
export interface WorkspaceProject {
  /** As the tools name it: from `-p`, `COMPOSE_PROJECT_NAME`, `name:` or the folder; a stack's from its file or folder. */
  readonly name: string;
  readonly target: Target;
  /** Where relative paths and `.env` are looked for. */
  readonly folder: string;
  /** In the order of `-f`; included and extended files are not among them. */
  readonly files: readonly string[];
  /** In place of `.env` in that folder, as with `--env-file`; none where that is what counts. */
  readonly envFiles: readonly string[];
  /** In the order of the files. */
  readonly services: readonly WorkspaceService[];
}

export interface WorkspaceService {
  readonly name: string;
  /** Where its key is written first. */
  readonly uri: string;
  readonly range: Range;
  /** What the file asks for: 1 where it says nothing, undefined for a global service. */
  readonly replicas: number | undefined;
  readonly image: string | undefined;
  readonly build: boolean;
  readonly containerName: string | undefined;
  readonly ports: readonly DeclaredPort[];
  readonly profiles: readonly string[];
  /** GPUs reserved by each replica; `all` takes every one. */
  readonly gpus: number | 'all' | undefined;
}

/** A service where a document writes it: there is one for each file that has a part of it. */
export interface DocumentService {
  readonly name: string;
  /** Its key. */
  readonly range: Range;
  /** Absent for a service that no project has under this name, such as one that is only extended. */
  readonly project?: {
    /** As in `longshore/projects`. */
    readonly name: string;
    readonly target: Target;
    /** The first file of the project. */
    readonly uri: string;
  };
}

export interface DeclaredPort {
  readonly uri: string;
  readonly range: Range;
  readonly target: number;
  /** First and last, the same for one port; undefined where Docker chooses. */
  readonly published: readonly [number, number] | undefined;
  readonly protocol: string;
}

export interface FileTarget {
  readonly target: Target;
  readonly decidedBy: 'comment' | 'setting' | 'name' | 'content';
  /** One sentence for people. */
  readonly reason: string;
  /** The comment that decides, without its line end. */
  readonly comment: Range | undefined;
}

export interface ProxyLink {
  readonly kind: 'nginx' | 'haproxy';
  /** The service that runs the proxy. */
  readonly service: string;
  /** Where the upstream or backend is written. */
  readonly uri: string;
  readonly range: Range;
  readonly upstream: string;
  readonly port: number | undefined;
  /** False where the proxy resolves the name by itself while it runs. */
  readonly needsReload: boolean;
}

export interface StackFile {
  /** Everything the tool would refuse, in the order of the files. */
  readonly errors: readonly { readonly uri: string; readonly range: Range; readonly message: string }[];
  /** What `.env` beside the file sets: docker stack does not read it, so whoever runs it hands these over. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface FileEdit {
  readonly uri: string;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** What the lens over an upstream hands to its command: the proxy, and the services behind with their counts in the files. */
export interface UpstreamTarget {
  readonly uri: string;
  readonly service: string;
  readonly behind: Readonly<Record<string, number>>;
}
