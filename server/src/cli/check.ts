import { join, relative } from 'node:path';
import { projectsIn } from '../project/discover.js';
import { decideTarget } from '../project/target.js';
import { assignedFiles, proxyKind } from '../project/proxy/assigned.js';
import { reportAlone, reportProxies, type ProxyReport } from '../project/proxy/report.js';
import { Workspace, type Checked, type ProjectFiles } from '../project/workspace.js';
import { DiagnosticWriter, type Diagnostic } from '../compose/rules/diagnostics.js';
import { rules } from '../compose/rules/index.js';
import type { RuleSettings } from '../compose/rules/rule.js';
import type { Target } from '../compose/target.js';
import { nodeHost, pathOf, uriOfPath } from '../nodeHost.js';
import type { Host } from '../project/host.js';
import { isComposeFile } from '../project/fileNames.js';
import { fileName, folderOf } from '../text/uri.js';
import { expand, isReadable, streamed, type Given } from './paths.js';
import { checkOptions, severities, type CheckOptions } from './options.js';
import { formats, type CheckedFile, type Told } from './formats.js';

export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** Checks what the arguments name and writes the report. Returns the exit status. */
export function check(args: readonly string[], { out, err }: Output): 0 | 1 | 2 {
  const options = checkOptions(args);
  if (typeof options === 'string') {
    err(`${options}\n`);
    return 2;
  }
  const given = expand(options.paths);
  if (typeof given === 'string') {
    err(`${given}\n`);
    return 2;
  }
  const missing = options.files.find((path) => !isReadable(path));
  if (missing !== undefined) {
    err(`${missing}: no such file.\n`);
    return 2;
  }
  const named = [...options.files, ...given.flatMap(({ path, kind }) => (kind === 'file' ? [path] : []))];
  const checker = new Checker(options, err, named);
  const files = [...checker.together(options.files), ...checker.all(given)];
  out(formats[options.format](files));
  for (const problem of checker.problems) err(`${problem}\n`);
  if (checker.problems.size > 0) return 2;
  return files.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

const settings: RuleSettings = { severity: {} };

class Checker {
  /** What could not be checked. */
  readonly problems = new Set<string>();
  readonly #host: Host;
  readonly #workspace: Workspace;
  readonly #writer = new DiagnosticWriter();

  private readonly log: (message: string) => void;

  constructor(
    private readonly options: CheckOptions,
    err: (text: string) => void,
    named: readonly string[],
  ) {
    this.#host = this.hostWith(named);
    this.log = (message) => err(`${message}\n`);
    this.#workspace = new Workspace(this.#host, rules, this.log);
  }

  /** The files of this machine, those that are named perhaps no files. A Compose file that cannot be read is not passed over. */
  private hostWith(named: readonly string[]): Host {
    const disk = nodeHost(true);
    const paths = new Map(named.map((path) => [uriOfPath(path), path]));
    const streams = new Map(named.map((path) => [uriOfPath(path), streamed(path)]));
    return {
      ...disk,
      readText: (uri) => {
        const text = streams.get(uri) ?? disk.readText(uri);
        const path =
          paths.get(uri) ?? (isComposeFile(fileName(uri)) && disk.stat(uri) === 'file' ? pathOf(uri) : undefined);
        if (text === undefined && path !== undefined) this.problems.add(`${path}: cannot be read.`);
        return text;
      },
    };
  }

  all(given: readonly Given[]): readonly CheckedFile[] {
    const files = new Map<string, CheckedFile>();
    for (const { path, kind } of given) {
      const uri = uriOfPath(path);
      if (kind === 'file') {
        const file = this.alone(path, uri);
        if (file) files.set(path, file);
      } else {
        const shownPath = (file: string): string =>
          file.startsWith(`${uri}/`)
            ? `${path.replace(/\/+$/, '')}/${file.slice(uri.length + 1)}`
            : join(path, relative(path, pathOf(file)));
        const projects: Checked[] = [];
        for (const project of projectsIn(this.#host, this.#workspace, uri, this.forced())) {
          const checkedProject = this.project(project);
          projects.push(checkedProject);
          for (const [file, checked] of this.written(checkedProject)) {
            const shown = shownPath(file);
            const before = files.get(shown);
            files.set(shown, before ? together(before, checked) : { ...checked, path: shown });
          }
        }
        for (const [file, report] of reportProxies(projects, settings, this.log)) {
          if (file.startsWith(`${uri}/`)) files.set(shownPath(file), this.proxyFile(shownPath(file), report));
        }
        if (projects.length === 0) this.problems.add(`${path}: no Compose or stack file here.`);
      }
    }
    return [...files.values()];
  }

  /** Files as `-f FILE -f FILE` takes them: one project, with what they include and extend. */
  together(paths: readonly string[]): readonly CheckedFile[] {
    const uris = paths.map(uriOfPath);
    const source = uris[0] === undefined ? undefined : this.#workspace.source(uris[0]);
    if (!source) return [];
    const checked = this.project({ target: this.forced() ?? decideTarget(source, undefined).target, files: uris });
    return Array.from(this.written(checked), ([uri, file]) => {
      const path = paths[uris.indexOf(uri)] ?? relative('.', pathOf(uri));
      return { ...file, path };
    });
  }

  /** A file as `-f FILE` takes it: what it includes and extends is read, and what is wrong there is told where it is called in. */
  private alone(path: string, uri: string): CheckedFile | undefined {
    const proxy = proxyKind(uri);
    const text = proxy && this.#host.readText(uri);
    if (proxy && text !== undefined) return this.proxyFile(path, reportAlone(proxy, text, settings, this.log));
    const source = this.#workspace.source(uri);
    if (!source) return undefined;
    const target = this.forced() ?? decideTarget(source, undefined).target;
    const files: ProjectFiles = { target, files: [uri] };
    const { project, findings } = this.#workspace.check(files, settings);
    const written = this.#writer.write(project, findings);
    this.#workspace.forget(files);
    const diagnostics = [...(written.get(uri) ?? [])];
    for (const [other, found] of written) {
      const origin = project.origins.get(other);
      const range = origin && this.#writer.range(project, rootOrigin(project.origins, origin, uri));
      const worst = found.find(({ severity }) => severity === 'error') ?? found.find(isRefusal);
      if (!range || !worst) continue;
      const message = `${other.slice(other.lastIndexOf('/') + 1)}:${worst.range.start.line + 1}: ${worst.message}`;
      diagnostics.push({ ...worst, range, message });
    }
    return { path, target, diagnostics: this.loudEnough(diagnostics) };
  }

  private project(files: ProjectFiles): Checked {
    const checked = this.#workspace.check(files, settings, assignedFiles(this.#host, folderOf(files.files[0] ?? '')));
    this.#workspace.forget(files);
    return checked;
  }

  private *written({ project, findings }: Checked): Iterable<[string, Omit<CheckedFile, 'path'>]> {
    for (const [uri, diagnostics] of this.#writer.write(project, findings)) {
      yield [uri, { target: project.target, diagnostics: this.loudEnough(diagnostics) }];
    }
  }

  private proxyFile(path: string, { kind, diagnostics }: ProxyReport): CheckedFile {
    return { path, target: kind, diagnostics: this.loudEnough(diagnostics) };
  }

  private loudEnough<D extends Told>(diagnostics: readonly D[]): readonly D[] {
    const least = severities.indexOf(this.options.minSeverity);
    return diagnostics.filter(({ severity }) => severities.indexOf(severity) <= least);
  }

  private forced(): Target | undefined {
    return this.options.target === 'auto' ? undefined : this.options.target;
  }
}

/** A warning that would be an error if all were known that the file depends on. */
function isRefusal({ code, severity }: Diagnostic): boolean {
  return severity === 'warning' && rules.some((rule) => rule.id === code && (rule.severity === 'error' || rule.stops));
}

/** Follows a file that is called in by another file that is called in, back to the file that was given. */
function rootOrigin<P extends { readonly block: { readonly uri: string } }>(
  origins: ReadonlyMap<string, P>,
  origin: P,
  root: string,
): P {
  let at = origin;
  for (let steps = 0; at.block.uri !== root && steps < origins.size; steps++) at = origins.get(at.block.uri) ?? at;
  return at;
}

/** The same file in two projects: what either says, once. */
function together(a: CheckedFile, b: Omit<CheckedFile, 'path'>): CheckedFile {
  const known = new Set(a.diagnostics.map(key));
  return { ...a, diagnostics: [...a.diagnostics, ...b.diagnostics.filter((it) => !known.has(key(it)))] };
}

function key({ code, message, range }: Told): string {
  return `${range.start.line}:${range.start.character} ${code} ${message}`;
}
