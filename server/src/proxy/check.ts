import { startOfLine } from '../text/lines.js';
import type { Context, Finding, ProxyConfig, ProxyRule, Severity } from './rule.js';
import { haproxyModel } from './haproxy/model.js';
import { parseHaproxy } from './haproxy/parse.js';
import type { Place } from './nginx/directives.js';
import { nginxModel } from './nginx/model.js';
import { parseNginx } from './nginx/parse.js';
import { guessPlace } from './nginx/walk.js';
import { proxyRules } from './rules/index.js';

export interface ReportedFinding extends Finding {
  readonly rule: string;
  readonly severity: Severity;
}

/** What is known of a file besides its text. */
export interface ConfigOptions {
  /** The kind of block that nginx reads the text in; guessed from the text where it is not known. */
  readonly place?: Place;
  /** Whether `envsubst` writes the file before the proxy reads it. */
  readonly template?: boolean;
  /** The container's environment, for the variables of a template. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** Reads one file of a proxy. */
export function readConfig(kind: ProxyConfig['kind'], text: string, options: ConfigOptions = {}): ProxyConfig {
  if (kind === 'haproxy') {
    const file = parseHaproxy(text);
    return { kind, file, model: haproxyModel(file, options.environment) };
  }
  const file = parseNginx(text);
  const place = options.place ?? guessPlace(file);
  return {
    kind,
    file,
    model: nginxModel(file, place, options.environment),
    place,
    placeKnown: options.place !== undefined,
    template: options.template === true,
  };
}

/** A file nothing else is known about. */
export const alone: Context = { siblings: [], complete: false };

/**
 * Every finding of one file, in the order of the text, without those that a comment `# longshore: ignore ID` silences.
 * Where the file does not parse, only that is reported. A rule that throws is handed to `failed` and says nothing.
 */
export function checkConfig(
  config: ProxyConfig,
  context: Context = alone,
  failed: (rule: string, error: unknown) => void = () => undefined,
): readonly ReportedFinding[] {
  if (isForeignTemplate(config.file.text)) return [];
  const broken = config.file.errors.length > 0;
  const found: ReportedFinding[] = [];
  for (const rule of proxyRules) {
    if (broken && !rule.id.endsWith('-syntax')) continue;
    try {
      for (const finding of findingsOf(rule, config, context)) {
        found.push({ ...finding, rule: rule.id, severity: finding.severity ?? rule.severity });
      }
    } catch (error) {
      failed(rule.id, error);
    }
  }
  const silenced = silencer(config);
  return found.filter((finding) => !silenced(finding)).sort((a, b) => a.at.start - b.at.start);
}

/** Text that another program (Jinja, Go templates, ERB) makes into a configuration is not one yet. */
function isForeignTemplate(text: string): boolean {
  return /\{%|\{\{|<%/.test(text);
}

function findingsOf(rule: ProxyRule, config: ProxyConfig, context: Context): Iterable<Finding> {
  if (rule.proxy === 'any') return rule.check(config, context);
  if (rule.proxy === 'nginx') return config.kind === 'nginx' ? rule.check(config, context) : [];
  return config.kind === 'haproxy' ? rule.check(config, context) : [];
}

/** `# longshore: ignore ID…` counts for its line and the next one, `ignore-file` for the file; without an id, for every rule. */
function silencer({ file }: ProxyConfig): (finding: ReportedFinding) => boolean {
  const { text, comments } = file;
  const regions = comments.flatMap((comment) => {
    const match = /^#\s*longshore:\s*ignore(-file)?\b(.*)/.exec(
      text.slice(comment.start, Math.min(comment.end, comment.start + 500)),
    );
    if (match === null) return [];
    const ids = new Set((match[2] ?? '').split(/[\s,]+/).filter(Boolean));
    const lineStart = startOfLine(text, comment.start);
    const nextLine = text.indexOf('\n', comment.end + 1);
    const whole = match[1] !== undefined;
    return [{ ids, start: whole ? 0 : lineStart, end: whole || nextLine < 0 ? text.length : nextLine }];
  });
  return (finding) =>
    regions.some(
      (region) =>
        region.start <= finding.at.start &&
        finding.at.start <= region.end &&
        (region.ids.size === 0 || region.ids.has(finding.rule)),
    );
}
