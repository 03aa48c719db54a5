import type { Connection, Diagnostic as LspDiagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Diagnostic } from '../compose/rules/diagnostics.js';
import type { Severity } from '../compose/rules/rule.js';
import type { ProxyDiagnostic } from '../project/proxy/report.js';
import { canonicalUri } from '../text/uri.js';
import { failed } from './failed.js';
import type { OpenDocument, Session } from './session.js';

/**
 * Says what is found, in the version it was found in. Changes that arrive together are answered once, for the newest version:
 * the check runs when the queue of messages is empty, with no delay beyond that.
 */
export class Publisher {
  readonly #pending = new Set<string>();
  #changes = 0;
  /** Long documents of which nothing was said yet. */
  readonly #unseen = new Set<string>();
  #scheduled: Promise<void> | undefined;
  #canConfigure = false;
  #ready: Promise<void>;
  #initialized: () => void = () => undefined;
  /** The URI of the page about a rule. */
  pageOf: (rule: string) => string | undefined = () => undefined;

  constructor(
    private readonly connection: Connection,
    private readonly session: Session,
  ) {
    this.#ready = new Promise((resolve) => (this.#initialized = resolve));
  }

  configure(canConfigure: boolean): void {
    this.#canConfigure = canConfigure;
    this.#initialized();
  }

  opened(document: OpenDocument): void {
    if (document.content.length > long) this.#unseen.add(document.uri);
    this.changed(document);
  }

  changed({ uri }: OpenDocument): void {
    this.#changes++;
    this.#pending.add(uri);
    this.schedule();
  }

  everything(): void {
    for (const uri of this.session.documents.keys()) this.#pending.add(uri);
    this.schedule();
  }

  closed(clientUri: string): void {
    void this.connection.sendDiagnostics({ uri: clientUri, diagnostics: [] });
    this.#pending.delete(canonicalUri(clientUri));
    this.everything();
  }

  /** Resolves when the settings of every open document and workspace folder are known. */
  async settled(): Promise<void> {
    await this.#ready;
    await this.fetchSettings();
  }

  private schedule(): void {
    this.#scheduled ??= this.run().finally(() => {
      this.#scheduled = undefined;
      if (this.#pending.size > 0) this.schedule();
    });
  }

  private async run(): Promise<void> {
    let seen: number;
    do {
      seen = this.#changes;
      await this.settled();
      await idle();
    } while (seen !== this.#changes || this.isUnsettled());
    for (const uri of this.#unseen) await this.guarded(uri, () => this.begin(uri));
    const uris = [...this.#pending];
    this.#pending.clear();
    const told = new Set<string>();
    for (const uri of uris) {
      if (!told.has(uri) && this.session.documents.has(uri)) await this.guarded(uri, () => this.tell(uri, told));
    }
  }

  /** A document that cannot be judged takes no other down. */
  private async guarded(uri: string, run: () => void | Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.session.log(failed(`Checking ${uri}`, error));
    }
  }

  /** Says what is found in a document and in the open ones beside it. */
  private tell(uri: string, told: Set<string>): void {
    for (const [file, found] of this.session.diagnostics(uri)) {
      const document = this.session.documents.get(file);
      if (!document || told.has(file)) continue;
      told.add(file);
      // Other projects than that of `uri` may have something to say of it too.
      const shared = file !== uri && this.session.projectsOf(file).length > 1;
      const diagnostics = (shared ? this.session.diagnostics(file).get(file) : undefined) ?? found;
      this.send(document, diagnostics);
    }
  }

  /**
   * Says of a long document that was opened what is found in the first moment, rather than nothing until all is. Others have their
   * turn in between; a change ends it, since then there is another version to speak of.
   */
  private async begin(uri: string): Promise<void> {
    this.#unseen.delete(uri);
    const seen = this.#changes;
    const document = this.session.documents.get(uri);
    if (!document) return;
    let told = false;
    let until: number | undefined;
    for (const found of this.session.opening(uri)) {
      until ??= performance.now() + moment;
      if (performance.now() < until) continue;
      const diagnostics: readonly Diagnostic[] = told ? [] : found();
      if (diagnostics.length > 0) this.send(document, diagnostics);
      told ||= diagnostics.length > 0;
      await idle();
      if (seen !== this.#changes || this.session.documents.get(uri) !== document) return;
      until = performance.now() + moment;
    }
  }

  private send({ clientUri, version }: OpenDocument, diagnostics: readonly (Diagnostic | ProxyDiagnostic)[]): void {
    void this.connection.sendDiagnostics({
      uri: clientUri,
      version,
      diagnostics: diagnostics.map((it) => toLsp(this.session, it, this.pageOf(it.code))),
    });
  }

  private isUnsettled(): boolean {
    return this.#canConfigure && this.session.withoutSettings().length > 0;
  }

  private async fetchSettings(): Promise<void> {
    if (!this.#canConfigure) return;
    const missing = this.session.withoutSettings();
    if (missing.length === 0) return;
    const items = missing.map((uri) => ({ scopeUri: this.session.clientUri(uri), section: 'longshore' }));
    let values: readonly unknown[] = [];
    try {
      values = (await this.connection.workspace.getConfiguration(items)) as readonly unknown[];
    } catch (error) {
      this.session.log(failed('Asking for the settings', error));
    }
    missing.forEach((uri, i) => this.session.setSettings(uri, values[i]));
  }
}

/** Characters from which on a document is not checked in one go when it is opened. */
const long = 30_000;
/** Milliseconds of work before others have their turn. */
const moment = 8;

/** Resolves when the messages that have come are read: they are handed out one by one, each in a turn of its own. */
async function idle(): Promise<void> {
  for (let turns = 0; turns < 2; turns++) await new Promise((resolve) => setImmediate(resolve));
}

const severityNumbers: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tagNumbers = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

function toLsp(session: Session, diagnostic: Diagnostic | ProxyDiagnostic, page: string | undefined): LspDiagnostic {
  const { code, severity, message, range, finding } = diagnostic;
  const related = 'related' in diagnostic ? relatedPlaces(session, diagnostic) : [];
  return {
    range,
    severity: severityNumbers[severity],
    code,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    source: 'longshore',
    message,
    ...(finding.tag ? { tags: [tagNumbers[finding.tag]] } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}

/** Places in Compose files that a finding in a proxy's file has to do with. */
function relatedPlaces(session: Session, { related }: ProxyDiagnostic): DiagnosticRelatedInformation[] {
  return related.flatMap(({ checked, at, message }) => {
    const range = session.writer.range(checked.project, at);
    return range ? [{ location: { uri: session.clientUri(at.block.uri), range }, message }] : [];
  });
}
