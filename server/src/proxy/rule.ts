import type { Edit } from '../text/edit.js';
import type { Span } from '../text/span.js';
import type { HaproxyFile } from './haproxy/parse.js';
import type { Neighbourhood } from './neighbourhood.js';
import type { Place } from './nginx/directives.js';
import type { NginxFile } from './nginx/parse.js';
import type { ProxyModel } from './upstream.js';
import type { Version } from './version.js';

/** `error` only where the proxy refuses the file for sure. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface NginxConfig {
  readonly kind: 'nginx';
  readonly file: NginxFile;
  readonly model: ProxyModel;
  /** The kind of block the text of the file is read in: `m` for a whole configuration, `h` for a file of `conf.d`. */
  readonly place: Place;
  /** Whether the place is known, and not only guessed from the text. */
  readonly placeKnown: boolean;
  /** Whether `envsubst` writes the file before nginx reads it. */
  readonly template: boolean;
}

export interface HaproxyConfig {
  readonly kind: 'haproxy';
  readonly file: HaproxyFile;
  readonly model: ProxyModel;
}

export type ProxyConfig = NginxConfig | HaproxyConfig;

/** What is known of the world around one file. */
export interface Context {
  /** The release of the proxy, where its image says so. */
  readonly version?: Version;
  /** The other files that the same proxy reads. */
  readonly siblings: readonly ProxyConfig[];
  /** Whether the file and its siblings are all there is, so that what is not in them is nowhere. */
  readonly complete: boolean;
  /** Whether the image is the official one of the open-source edition, with the modules that are in it and no others. */
  readonly official?: boolean;
  /** The network around the service that runs the proxy, where a Compose file says which. */
  readonly neighbourhood?: Neighbourhood;
}

export interface Finding {
  readonly at: Span;
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
  /** Other places of the same file that have to do with it. */
  readonly near?: readonly { readonly at: Span; readonly message: string }[];
  /** Services the message speaks of, to be shown beside it. */
  readonly related?: readonly { readonly service: string; readonly message: string }[];
  readonly tag?: 'unnecessary';
}

/** The smallest edit that cures a finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one cure a person would expect. */
  readonly preferred?: boolean;
}

interface RuleBase {
  readonly id: string;
  readonly severity: Severity;
  readonly docs: {
    readonly summary: string;
    readonly why: string;
    readonly bad: string;
    readonly good: string;
    /** What the proxy itself prints. */
    readonly tool?: string;
  };
}

export interface NginxRule extends RuleBase {
  readonly proxy: 'nginx';
  check(config: NginxConfig, context: Context): Iterable<Finding>;
}

export interface HaproxyRule extends RuleBase {
  readonly proxy: 'haproxy';
  check(config: HaproxyConfig, context: Context): Iterable<Finding>;
}

/** A rule over the common model, for both proxies. */
export interface CommonRule extends RuleBase {
  readonly proxy: 'any';
  check(config: ProxyConfig, context: Context): Iterable<Finding>;
}

export type ProxyRule = NginxRule | HaproxyRule | CommonRule;
