import {
  begun,
  condition,
  ignored,
  judged,
  maybe,
  number,
  oneOf,
  options,
  rest,
  time,
  word,
  type Part,
} from './shapeParts.js';
import { bindKeywords } from './words.js';

/** The shapes of lines whose words HAProxy checks, by what begins them: `mode`, `stats uri`. */
export function shapeOf(section: string, line: string): readonly Part[] | undefined {
  return shapes[section]?.[line];
}

const facilities =
  'kern user mail daemon auth syslog lpr news uucp cron auth2 ftp ntp audit alert cron2 local0 local1 local2 local3 local4 local5 local6 local7';
const level = oneOf('emerg alert crit err warning notice info debug');

/** `log ADDRESS [len N] [format F] [sample R] [profile P] FACILITY [LEVEL [LEAST]]`. */
const globalLog: Part = (words, start) => {
  const [first] = words;
  if (first === undefined) return { message: 'an address is missing' };
  let index = start + 1;
  const values: Readonly<Record<string, Part>> = {
    len: begun,
    format: oneOf('local rfc3164 rfc5424 priority short timed iso raw'),
    sample: word,
    profile: word,
  };
  for (let part = values[words[index]?.value ?? '']; part; part = values[words[index]?.value ?? '']) {
    const next = part(words, index + 1);
    if (typeof next !== 'number') return next;
    index = next;
  }
  for (const part of [oneOf(facilities), maybe(level), maybe(level)]) {
    const next = part(words, index);
    if (typeof next !== 'number') return next;
    index = next;
  }
  return index;
};

/** The same, or `log global`. */
const log: Part = (words, index) => (words.length === 1 && words[0]?.value === 'global' ? 1 : globalLog(words, index));

const tls = ['sslv3', 'tlsv10', 'tlsv11', 'tlsv12', 'tlsv13']
  .flatMap((name) => [`no-${name}`, `force-${name}`])
  .join(' ');
const bindValues: Readonly<Record<string, string>> = { mode: 'octal', level: 'level' };
const bindParams = options(
  Array.from(bindKeywords, ([name, count]) => (count > 0 ? `${name}=${bindValues[name] ?? 'word'}` : name)).join(' '),
);

const plainOptions =
  'abortonclose allbackups checkcache clitcpka contstats dontlognull http-buffer-request http-ignore-probes idle-close-on-response ' +
  'prefer-last-server logasap nolinger persist srvtcpka splice-request splice-response splice-auto dontlog-normal ' +
  'log-separate-errors log-health-checks socket-stats tcp-smart-accept tcp-smart-connect independent-streams ' +
  'http-use-proxy-header http-pretend-keepalive http-no-delay httpclose http-server-close http-keep-alive tcplog ssl-hello-chk';

const answer = options(
  'status=word deny_status=word content-type=word errorfile=word errorfiles=word default-errorfiles string=word lf-string=word ' +
    'file=word lf-file=word hdr=word+word',
);
const redirect = options(
  'location=word prefix=word scheme=word code=word drop-query append-slash ignore-empty keep-query set-cookie=word ' +
    'set-cookie-fmt=word clear-cookie=word',
);

const inProxies: Readonly<Record<string, readonly Part[]>> = {
  mode: [oneOf('tcp http health log spop haterm')],
  maxconn: [begun],
  backlog: [begun],
  fullconn: [begun],
  retries: [begun],
  default_backend: [word],
  use_backend: [word, condition],
  'use-server': [word, condition],
  log: [log],
  'log-tag': [word],
  'http-reuse': [oneOf('never safe aggressive always')],
  'monitor-uri': [word],
  cookie: [
    word,
    options(
      'rewrite insert prefix indirect nocache postonly preserve httponly secure dynamic domain=word maxidle=time maxlife=time attr=word',
    ),
  ],
  compression: [oneOf('algo type offload direction algo-req algo-res type-req type-res minsize-req minsize-res'), rest],
  'compression algo': [oneOf('identity gzip deflate raw-deflate'), options('identity gzip deflate raw-deflate')],
  errorfile: [oneOf('200 400 401 403 404 405 407 408 410 413 414 421 422 425 429 431 500 501 502 503 504'), word],
  stats: [
    oneOf(
      'admin uri realm auth scope enable hide-version show-node show-desc show-legends show-modules refresh http-request',
    ),
    rest,
  ],
  'stats admin': [condition],
  'stats uri': [word, ignored],
  'stats realm': [word, ignored],
  'stats auth': [word, ignored],
  'stats refresh': [time, ignored],
  stick: [oneOf('on match store-request store-response'), rest],
  'stick on': [word, rest],
  'tcp-request inspect-delay': [time, ignored],
  option: [word, rest],
  'option forwardfor': [options('except=word header=word if-none')],
  'option httplog': [maybe(oneOf('clf'))],
  ...Object.fromEntries(plainOptions.split(' ').map((name) => [`option ${name}`, []])),
  ...Object.fromEntries(
    'check client client-fin client-hs connect http-keep-alive http-request queue server server-fin tarpit tunnel'
      .split(' ')
      .map((name) => [`timeout ${name}`, [judged]]),
  ),
  timeout: [word, rest],
  redirect: [redirect, condition],
  'http-request redirect': [redirect, condition],
  'http-response redirect': [redirect, condition],
  'http-request auth': [options('realm=word'), condition],
  'http-request allow': [condition],
  'http-request deny': [answer, condition],
  'http-request tarpit': [answer, condition],
  'http-response deny': [answer, condition],
  ...Object.fromEntries(
    ['http-request', 'http-response', 'http-after-response'].flatMap((rules) =>
      ['set-header', 'add-header'].map((action) => [`${rules} ${action}`, [word, word, condition]]),
    ),
  ),
  'http-check send': [
    options('meth=word uri=word uri-lf=word ver=word hdr=word+word body=word body-lf=word comment=word'),
  ],
  'stick-table': [
    options(
      'type=word len=number size=size expire=time nopurge peers=word srvkey=word store=word write-to=word recv-only brates-factor=number',
    ),
  ],
  'tcp-request': [oneOf('inspect-delay connection session content'), rest],
  'tcp-response': [oneOf('inspect-delay content'), rest],
  bind: [judged, bindParams],
};

/** By the kind of a section, `proxy` for all that hold servers and rules; then by what begins a line. */
const shapes: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
  proxy: inProxies,
  global: {
    maxconn: [begun],
    nbthread: [begun],
    daemon: [],
    pidfile: [word],
    user: [word],
    group: [word],
    log: [globalLog],
    'log-tag': [word],
    stats: [oneOf('socket maxconn bind-process timeout calculate-max-counters'), rest],
    'stats socket': [word, bindParams],
    'stats timeout': [time],
    'ssl-default-bind-ciphers': [word],
    'ssl-default-bind-ciphersuites': [word],
    'ssl-default-server-ciphers': [word],
    'ssl-default-server-ciphersuites': [word],
    'ssl-default-bind-options': [
      word,
      (words) =>
        options(
          `${tls} no-tls-tickets tls-tickets prefer-client-ciphers strict-sni no-strict-sni ssl-min-ver=word ssl-max-ver=word`,
        )(words, 0),
    ],
    'ssl-default-server-options': [
      word,
      (words) =>
        options(`${tls} no-tls-tickets tls-tickets renegotiate no-renegotiate ssl-min-ver=word ssl-max-ver=word`)(
          words,
          0,
        ),
    ],
    'tune.ssl.default-dh-param': [begun],
    'spread-checks': [begun],
    'hard-stop-after': [time],
  },
  resolvers: {
    nameserver: [word, word, ignored],
    hold: [oneOf('nx other refused timeout valid obsolete'), time, ignored],
    timeout: [oneOf('resolve retry'), time, ignored],
    resolve_retries: [begun, ignored],
    accepted_payload_size: [begun, ignored],
    'parse-resolv-conf': [ignored],
  },
  mailers: { mailer: [word, word, ignored] },
  userlist: {
    user: [word, options('password=lax insecure-password=lax groups=lax')],
    group: [word, options('users=lax')],
  },
  cache: {
    'total-max-size': [number],
    'max-object-size': [number],
    'max-age': [number],
  },
};
