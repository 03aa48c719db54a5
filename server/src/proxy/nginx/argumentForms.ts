import type { Word } from '../word.js';
import type { Directive } from './parse.js';
import type { Place } from './directives.js';

/** An argument that nginx refuses, and what it expects in its place. */
export interface ArgumentFault {
  readonly word: Word;
  readonly expects: string;
}

/** Looks at the arguments of a directive. */
interface Form {
  (args: readonly Word[]): ArgumentFault | undefined;
  /** The words that an argument can be, where there are some; one that ends in `=` needs a value. */
  readonly choices?: (index: number) => readonly string[];
}

/** The words that are right for an argument of a directive, by its index; empty where it may be anything. */
export function argumentChoices(name: string, index: number, place: Place): readonly string[] {
  return (inStream.has(place) ? anywhere : inHttp).get(name)?.choices?.(index) ?? [];
}

/** Finds an argument that nginx refuses where it checks more than their number. Those with a variable are let pass. */
export function faultyArgument({ name, args }: Directive, place: Place): ArgumentFault | undefined {
  return (inStream.has(place) ? anywhere : inHttp).get(name.value)?.(args);
}

const inStream: ReadonlySet<Place> = new Set(['H', 'S', 'U', 'A', 'B']);

const time = /^(?:\d+(?:ms|[yMwdhms])? *)+$/;
const size = /^\d+[kmg]?$/i;
const zone = /^[^:]+:\d+[kmg]?$/i;
const some = /./;

/** Every argument from one on is like a pattern. */
function each(pattern: RegExp, expects: string, from = 0, until = Infinity): Form {
  return (args) => {
    const word = args.slice(from, until).find(({ value }) => !value.includes('$') && !pattern.test(value));
    return word && { word, expects };
  };
}

/** Every argument from one on is one of some words, which nginx reads without regard to case. */
function words(list: string, from = 0, until = Infinity): Form {
  const names = list.split(' ');
  const shown = names.length > 10 ? [...names.slice(0, 9), '…'] : names;
  const expects = shown.map((name) => (name === '…' ? name : `\`${name}\``)).join(', ');
  const known = new Set(names.map((name) => name.toLowerCase()));
  const form = (args: readonly Word[]): ArgumentFault | undefined => {
    const word = args.slice(from, until).find(({ value }) => !value.includes('$') && !known.has(value.toLowerCase()));
    return word && { word, expects };
  };
  return Object.assign(form, { choices: (index: number) => (index >= from && index < until ? names : []) });
}

/** From one argument on, `name=value` with known names and values, or a flag. */
function params(from: number, values: Readonly<Record<string, RegExp>>, flags = ''): Form {
  const known = new Set(flags.split(' '));
  const expects = [
    ...Object.keys(values).map((name) => `\`${name}=\``),
    ...flags
      .split(' ')
      .filter(Boolean)
      .map((it) => `\`${it}\``),
  ];
  const form = (args: readonly Word[]): ArgumentFault | undefined => {
    const word = args.slice(from).find(({ value }) => {
      if (value.includes('$') || known.has(value)) return false;
      const [, name = '', given = ''] = /^(\w+)=(.*)$/.exec(value) ?? [];
      return values[name]?.test(given) !== true;
    });
    return word && { word, expects: expects.join(', ') };
  };
  const names = [...flags.split(' ').filter(Boolean), ...Object.keys(values).map((name) => `${name}=`)];
  return Object.assign(form, { choices: (index: number) => (index >= from ? names : []) });
}

function first(...forms: readonly Form[]): Form {
  return (args) => forms.map((form) => form(args)).find((fault) => fault !== undefined);
}

/** The form that goes with a number of arguments. */
function counted(count: number, form: Form): Form {
  return Object.assign((args: readonly Word[]) => (args.length === count ? form(args) : undefined), {
    choices: form.choices ?? (() => []),
  });
}

const failures = 'error timeout invalid_header http_500 http_502 http_503 http_504 http_403 http_404 http_429 off';
const next = words(`${failures} denied non_idempotent`);
const stale = words(`${failures} updating`);
const buffers = first(each(/^0*[1-9]\d*$/, 'a number of buffers', 0, 1), each(size, 'a size such as `8k`', 1));
const cachePath = params(1, {
  levels: /^[12](?::[12]){0,2}$/,
  use_temp_path: /^(?:on|off)$/,
  keys_zone: zone,
  inactive: time,
  max_size: size,
  min_free: size,
  manager_files: /^\d+$/,
  manager_sleep: time,
  manager_threshold: time,
  loader_files: /^\d+$/,
  loader_sleep: time,
  loader_threshold: time,
  purger: /^(?:on|off)$/,
  purger_files: /^\d+$/,
  purger_sleep: time,
  purger_threshold: time,
});
const methods = words('GET HEAD POST');
const ifNotEmpty = words('if_not_empty', 2);
const protocols = words('SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3');

/** All but the last argument are codes, the last one a time; a time alone is for the usual codes. */
const valid: Form = (args) =>
  each(/^(?:any|[1-5]\d\d)$/, 'a status or `any`', 0, args.length - 1)(args) ??
  each(time, 'a time such as `10m`', args.length - 1)(args);

const errorPage: Form = (args) => {
  const response = args.at(-2)?.value.startsWith('=') === true ? 2 : 1;
  return (
    each(/^[345]\d\d$/, 'a status from 300 to 599', 0, args.length - response)(args) ??
    (response === 2 ? each(/^=\d{0,3}$/, '`=` and a status', args.length - 2, args.length - 1)(args) : undefined)
  );
};

const tryFiles: Form = (args) => each(/^(?:=\d{1,3}$|[^=]|=$)/, '`=` and a status', args.length - 1)(args);

const expires: Form = (args) =>
  args.length === 2
    ? (words('modified', 0, 1)(args) ?? each(/^[+-]?(?:\d+(?:[yMwdhms])? *)+$/, 'a time', 1)(args))
    : each(/^(?:epoch|max|off|[+-]?(?:\d+[yMwdhms]? *)+|@(?:\d+[hms]? *)+)$/, 'a time, `epoch`, `max` or `off`')(args);

const returns: Form = (args) => {
  const [word] = args;
  if (args.length === 1 && word && /^(?:https?:\/\/|\$)/.test(word.value)) return undefined;
  return each(/^\d{1,3}$/, args.length === 1 ? 'a status or a URL' : 'a status', 0, 1)(args);
};

const location = counted(2, words('= ~ ~* ^~', 0, 1));

/** `($a)`, `($a = b)`, `(-f $a)`: what is in the parentheses begins with a variable or a test of a file. */
const condition: Form = (args) => {
  const opening = args[0];
  const closing = args.at(-1);
  if (!opening || !closing) return undefined;
  if (!opening.value.startsWith('(')) return { word: opening, expects: 'a condition in parentheses' };
  if (!closing.value.endsWith(')')) return { word: closing, expects: '`)` at the end of the condition' };
  const [start, operator] =
    opening.value === '(' ? args.slice(1) : [{ ...opening, value: opening.value.slice(1) }, args[1]];
  if (!start) return undefined;
  if (/^!?-/.test(start.value))
    return /^!?-[fdex]$/.test(start.value) ? undefined : { word: start, expects: '`-f`, `-d`, `-e` or `-x`' };
  if (!start.value.startsWith('$')) return { word: start, expects: 'a variable, or `-f`, `-d`, `-e` or `-x`' };
  if (!operator || operator.value.startsWith(')') || start.value.endsWith(')')) return undefined;
  return /^(?:!?=|!?~\*?)/.test(operator.value) ? undefined : { word: operator, expects: '`=`, `!=`, `~` or `~*`' };
};

const listen = params(
  1,
  {
    backlog: /^(?:-1|\d+)$/,
    rcvbuf: size,
    sndbuf: size,
    accept_filter: some,
    ipv6only: /^(?:on|off)$/,
    so_keepalive: some,
    setfib: /^\d+$/,
    fastopen: /^\d+$/,
  },
  'default_server default bind deferred ssl http2 quic spdy http3 udp reuseport proxy_protocol multipath',
);

const resolver: Form = (args) =>
  params(0, { valid: time, ipv6: /^(?:on|off)$/, ipv4: /^(?:on|off)$/, status_zone: some })(
    args.filter(({ value }) => value.includes('=')),
  );

const anywhere: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['listen', listen],
  ['resolver', resolver],
  [
    'error_log',
    words(
      'debug info notice warn error crit alert emerg debug_core debug_alloc debug_mutex debug_event debug_http debug_mail debug_stream',
      1,
    ),
  ],
  ['ssl_protocols', protocols],
  ['proxy_ssl_protocols', protocols],
  [
    'allow',
    each(/^(?:all|unix:|[\d.]+(?:\/[\d.]+)?|[\da-f:.]*:[\da-f:.]*(?:\/\d+)?)$/i, 'an address, a network or `all`'),
  ],
  [
    'deny',
    each(/^(?:all|unix:|[\d.]+(?:\/[\d.]+)?|[\da-f:.]*:[\da-f:.]*(?:\/\d+)?)$/i, 'an address, a network or `all`'),
  ],
  [
    'log_format',
    each(/^(?:escape=(?:default|json|none)$|(?!escape=))/, '`escape=default`, `escape=json` or `escape=none`', 1, 2),
  ],
  ['map', each(/^\$/, 'a variable that begins with `$`', 1)],
  ['geo', (args) => each(/^\$/, 'a variable that begins with `$`')(args.slice(-1))],
  ['split_clients', each(/^\$/, 'a variable that begins with `$`', 1)],
  [
    'ssl_session_cache',
    each(/^(?:off|none|builtin(?::\d+)?|shared:[^:]+:\d+[km]?)$/i, '`off`, `none`, `builtin` or `shared:NAME:SIZE`'),
  ],
]);

const inHttp: ReadonlyMap<string, Form> = new Map<string, Form>([
  ...anywhere,
  ['location', location],
  ['if', condition],
  ['return', returns],
  ['error_page', errorPage],
  ['try_files', tryFiles],
  ['expires', expires],
  ['rewrite', words('last break redirect permanent', 2)],
  ['add_header', words('always', 2)],
  ['add_trailer', words('always', 2)],
  ['worker_processes', each(/^(?:auto|[1-9]\d*)$/, 'a number or `auto`')],
  ['worker_connections', each(/^\d+$/, 'a number')],
  ['use', words('epoll select poll kqueue eventport /dev/poll iocp')],
  ['keepalive', each(/^[1-9]\d*$/, 'a number of connections', 0, 1)],
  ['keepalive_timeout', each(time, 'a time such as `65s`')],
  ['ssl', words('on off')],
  ['server_tokens', words('on off build')],
  ['proxy_redirect', counted(1, words('off default'))],
  ['disable_symlinks', each(/^(?:off|on|if_not_owner|from=.+)$/, '`off`, `on` or `if_not_owner`')],
  ['gzip_proxied', words('off expired no-cache no-store private no_last_modified no_etag auth any')],
  ['gzip_http_version', words('1.0 1.1')],
  ['proxy_http_version', words('1.0 1.1 2')],
  ['open_file_cache', params(0, { max: /^0*[1-9]\d*$/, inactive: time }, 'off')],
  ['limit_req', params(0, { zone: some, burst: /^0*[1-9]\d*$/, delay: /^\d+$/ }, 'nodelay')],
  ['limit_req_zone', params(1, { zone, rate: /^0*[1-9]\d*(?:r\/[sm])?$/ }, 'sync')],
  ['limit_conn_zone', params(1, { zone })],
  ['fastcgi_param', ifNotEmpty],
  ['uwsgi_param', ifNotEmpty],
  ['scgi_param', ifNotEmpty],
  ['gzip_buffers', buffers],
  ...['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc'].flatMap((name): readonly (readonly [string, Form])[] => [
    [`${name}_next_upstream`, next],
    [`${name}_cache_use_stale`, stale],
    [`${name}_cache_methods`, methods],
    [`${name}_cache_path`, cachePath],
    [`${name}_cache_valid`, valid],
    [`${name}_buffers`, buffers],
    [`${name}_ssl_protocols`, protocols],
  ]),
]);
