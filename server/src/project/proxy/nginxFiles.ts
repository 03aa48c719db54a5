import type { EnvsubstCall } from '../../proxy/envsubst.js';
import type { NginxConfig } from '../../proxy/rule.js';
import type { Place } from '../../proxy/nginx/directives.js';
import { placedDirectives } from '../../proxy/nginx/walk.js';
import { globPattern, type Delivered } from './delivered.js';

/** A file that nginx reads, before its text is looked at. */
export interface NginxSource {
  readonly delivered: Delivered;
  /** Its variables that `envsubst` replaces on the way, with their values; undefined for a file that is read as it is. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** A file that nginx reads. */
export interface NginxRead {
  readonly delivered: Delivered;
  readonly config: NginxConfig;
}

export interface NginxSetup {
  /** The files of the container after templates are filled in, by path. */
  readonly files: ReadonlyMap<string, NginxSource>;
  /** The main file that the command names with `-c`. */
  readonly main?: string;
  readonly official: boolean;
  readonly open: (source: NginxSource, place: Place) => NginxConfig | undefined;
}

const mainFiles = [
  '/etc/nginx/nginx.conf',
  '/usr/local/openresty/nginx/conf/nginx.conf',
  '/opt/bitnami/nginx/conf/nginx.conf',
  '/config/nginx/nginx.conf',
  '/usr/local/nginx/conf/nginx.conf',
];

/** What main files that come with images include inside `http`. */
const includedByImages = [
  /^\/etc\/nginx\/(?:conf|http)\.d\/[^/]*\.conf$/,
  /^\/etc\/nginx\/sites-enabled\/[^/]+$/,
  /^\/etc\/nginx\/conf\.d\/sites-enabled\/[^/]+\.conf$/,
  /^\/opt\/bitnami\/nginx\/conf\/(?:server_blocks|bitnami)\/[^/]*\.conf$/,
  /^\/config\/nginx\/(?:site-confs|proxy-confs)\/[^/]*\.conf$/,
];

/** Files of the image that add nothing to where requests go. */
const harmless =
  /(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|koi-\w+|win-utf)$|modules-enabled\//;

/** The files nginx reads, beginning with the main one, and whether they are all it reads. */
export function nginxReads({ files, main, official, open }: NginxSetup): {
  readonly reads: readonly NginxRead[];
  readonly complete: boolean;
} {
  const reads = new Map<string, NginxRead>();
  let complete = true;
  const visit = (path: string, place: Place): void => {
    const source = files.get(path);
    if (source === undefined || reads.has(path)) return;
    const config = open(source, place);
    if (config === undefined) {
      complete = false;
      return;
    }
    reads.set(path, { delivered: source.delivered, config });
    const root = folderOf(main ?? mainFiles.find((it) => files.has(it)) ?? '/etc/nginx/nginx.conf');
    for (const placed of placedDirectives(config.file, config.place)) {
      const [pattern] = placed.directive.args;
      if (placed.directive.name.value !== 'include' || pattern === undefined) continue;
      const included = includedFiles(files, pattern.value.startsWith('/') ? pattern.value : `${root}/${pattern.value}`);
      if (included.length === 0 && !harmless.test(pattern.value) && !/[*?]/.test(pattern.value)) complete = false;
      for (const found of included) visit(found, placed.place);
    }
  };
  const start = main === undefined ? mainFiles.find((path) => files.has(path)) : main;
  if (start !== undefined && files.has(start)) {
    visit(start, 'm');
  } else {
    complete = official && start === undefined;
    for (const path of files.keys()) if (includedByImages.some((it) => it.test(path))) visit(path, 'h');
    for (const path of files.keys()) if (/^\/etc\/nginx\/stream-conf\.d\/[^/]*\.conf$/.test(path)) visit(path, 'H');
  }
  return { reads: [...reads.values()], complete };
}

/** What `envsubst` leaves of a container's variables: the ones a call names, or all of them. */
export function replacedBy(
  { only }: EnvsubstCall,
  environment: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return only === undefined ? environment : new Map([...environment].filter(([name]) => only.has(name)));
}

function includedFiles(files: ReadonlyMap<string, unknown>, pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) return files.has(pattern) ? [pattern] : [];
  const matches = globPattern(pattern);
  return [...files.keys()].filter((path) => matches.test(path)).sort();
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
