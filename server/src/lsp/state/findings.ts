import { DiagnosticWriter, type Diagnostic } from '../../compose/rules/diagnostics.js';
import type { Reported } from '../../compose/rules/lint.js';
import { reportAlone, reportProxies, type ProxyDiagnostic, type ProxyReport } from '../../project/proxy/report.js';
import type { Workspace } from '../../project/workspace.js';
import type { Checks } from './checks.js';
import type { Files } from './files.js';
import type { SettingsStore } from './settingsStore.js';

/** What is to be said of documents, out of every project that has to do with them. */
export class Findings {
  readonly writer = new DiagnosticWriter();

  constructor(
    private readonly files: Files,
    private readonly settings: SettingsStore,
    private readonly checks: Checks,
    private readonly workspace: Workspace,
    private readonly log: (message: string) => void,
  ) {}

  /** What is to be said of each file in the projects of a document, and of the open files that their proxies read. */
  around(uri: string): ReadonlyMap<string, readonly (Diagnostic | ProxyDiagnostic)[]> {
    const { checks } = this;
    const found = new Map<string, readonly (Diagnostic | ProxyDiagnostic)[]>();
    const proxy = checks.proxyLanguage(uri) !== undefined;
    const own = proxy ? checks.proxyProjects(uri) : checks.projectsOf(uri).map((files) => checks.check(files));
    const projects = own.length > 0 || proxy ? own : checks.variableProjects(uri);
    const read = new Set(proxy ? [uri] : []);
    for (const { project, findings, proxies } of projects) {
      for (const [file, diagnostics] of this.writer.write(project, findings)) {
        const before = found.get(file);
        found.set(
          file,
          before ? [...before, ...diagnostics.filter((it) => !before.some((one) => same(one, it)))] : diagnostics,
        );
      }
      for (const { files } of proxies) {
        for (const file of files) if (this.files.documents.has(file.uri)) read.add(file.uri);
      }
    }
    for (const file of read) {
      const report = this.proxyReport(file);
      if (report) found.set(file, report.diagnostics);
    }
    return found;
  }

  /**
   * Checks the first project of a document part by part, as far as that was not done; the full check takes it over. After each part,
   * what was found in the document can be had: all of it is true, and more is to come.
   */
  *opening(uri: string): Generator<() => readonly Diagnostic[]> {
    const files = this.checks.list.isCompose(uri) ? this.checks.projectsOf(uri)[0] : undefined;
    if (!files) return;
    const { project, parts } = this.workspace.begin(files, this.settings.of(files.files[0] ?? ''));
    const findings: Reported[] = [];
    for (const found of parts) {
      findings.push(...found);
      yield () => this.writer.write(project, findings).get(uri) ?? [];
    }
  }

  /** What is to be said of a proxy's file: by the services around it, or by itself where no project reads it. */
  proxyReport(uri: string): ProxyReport | undefined {
    const settings = this.settings.of(uri);
    const report = reportProxies(this.checks.proxyProjects(uri), settings, this.log, (it) => it === uri).get(uri);
    const kind = this.checks.proxyLanguage(uri);
    const text = this.files.host.readText(uri);
    return report ?? (kind && text !== undefined ? reportAlone(kind, text, settings, this.log) : undefined);
  }
}

/** Whether two projects of a file say the same of it. */
function same(a: Diagnostic | ProxyDiagnostic, b: Diagnostic): boolean {
  const { start } = a.range;
  const isThere = start.line === b.range.start.line && start.character === b.range.start.character;
  return isThere && a.code === b.code && a.message === b.message;
}
