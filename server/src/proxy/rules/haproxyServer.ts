import { insertText, replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { isPort } from '../address.js';
import { closest } from '../closest.js';
import { readParams, serverKeywords, templateSlots } from '../haproxy/model.js';
import { proxyLines, type Line } from '../haproxy/parse.js';
import type { Word } from '../word.js';
import type { Finding, HaproxyRule } from '../rule.js';

export const haproxyServer: HaproxyRule = {
  id: 'haproxy-server',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'A server has a name, an address and parameters that HAProxy knows.',
    why: 'HAProxy refuses other lines. Parameters stand apart from their values: `weight 10`, not `weight=10`; and the name comes before the address.',
    bad: 'backend api\n  server api1 api:8000 weight=10\n',
    good: 'backend api\n  server api1 api:8000 weight 10\n',
    tool: "unknown keyword 'weight=10'",
  },
  *check({ file }) {
    for (const line of proxyLines(file)) {
      if (line.keyword.value === 'server') yield* checkServer(line);
      else if (line.keyword.value === 'server-template') yield* checkTemplate(line);
      else if (line.keyword.value === 'default-server') yield* checkParams(line.args);
    }
  },
};

function* checkServer(line: Line): Generator<Finding> {
  const [name, address, ...params] = line.args;
  if (name === undefined || address === undefined) {
    const isAddress = name?.value.includes(':') === true || name?.value.includes('.') === true;
    const suggested = name?.value.replace(/:.*$/, '').replace(/[^\w-]/g, '-') ?? '';
    yield {
      at: name ?? line.keyword,
      message: '`server` needs a name and then an address: HAProxy refuses the file.',
      fixes: name && isAddress ? insertText(name.start, `${suggested} `, `Name the server \`${suggested}\``) : [],
    };
    return;
  }
  if (name.value.includes(':') && !address.value.includes(':') && serverKeywords.has(address.value)) {
    yield {
      at: name,
      message: `\`${name.value}\` is taken for the server's name and \`${address.value}\` for its address: the name is missing.`,
      severity: 'warning',
    };
  }
  yield* checkName(name);
  yield* checkPort(address);
  yield* checkParams(params);
}

function* checkTemplate(line: Line): Generator<Finding> {
  const [prefix, count, address, ...params] = line.args;
  if (prefix === undefined || count === undefined || address === undefined) {
    yield {
      at: line.keyword,
      message: '`server-template` needs a prefix, a number or range, and an address: HAProxy refuses the file.',
    };
    return;
  }
  if (/^\d+(?:-\d*)?$/.test(count.value) && templateSlots(count.value) === undefined) {
    yield {
      at: count,
      message: `\`${count.value}\` is no number and no range such as \`1-10\`: HAProxy refuses the file.`,
    };
  } else if (templateSlots(count.value) === undefined && !count.value.includes('$')) {
    yield {
      at: count,
      message: `\`${count.value}\` is no number and no range: it is read as ${parseInt(count.value, 10) || 0}.`,
      severity: 'warning',
    };
  }
  yield* checkName(prefix);
  yield* checkPort(address);
  yield* checkParams(params);
}

function* checkName(name: Word): Generator<Finding> {
  const wrong = /[^\w.:-]/.exec(name.value)?.[0];
  if (wrong === undefined || name.value.includes('$')) return;
  yield { at: name, message: `A server's name may not have \`${wrong}\` in it: HAProxy refuses the file.` };
}

/** Values that HAProxy reads, by the name of the parameter, with what they are. */
const values: Readonly<Record<string, readonly [pattern: RegExp, what: string]>> = {
  ...Object.fromEntries(
    ['inter', 'fastinter', 'downinter', 'slowstart', 'agent-inter'].map((name) => [
      name,
      [/^\d/, 'a time such as `2s`'],
    ]),
  ),
  rise: [/^0*[1-9]/, 'a number above 0'],
  fall: [/^0*[1-9]/, 'a number above 0'],
  'resolve-prefer': [/^ipv[46]$/, '`ipv4` or `ipv6`'],
};

function* checkPort(address: Word): Generator<Finding> {
  const port = /^(?:[^:[\]/]+|\[[^\]]*\]):([^:]*)$/.exec(address.value.replace(/^\w+@/, ''))?.[1];
  if (port === undefined || port.includes('$') || port === '' || address.value.startsWith('/')) return;
  if (isPort(port) || /^[+-]\d+$/.test(port) || port === '0') return;
  const lenient = /^\d/.test(port);
  yield {
    at: address,
    message: lenient
      ? `\`${port}\` is no port: HAProxy reads ${parseInt(port, 10)}, or refuses the file.`
      : `\`${port}\` is no port: HAProxy refuses the file.`,
    ...(lenient && { severity: 'warning' }),
  };
}

function* checkParams(words: readonly Word[]): Generator<Finding> {
  for (const param of readParams(words)) {
    const arity = serverKeywords.get(param.name);
    if (arity === undefined) {
      if (param.name.includes('$')) continue;
      const [, name = '', value] = /^([\w-]+)=(.+)$/.exec(param.name) ?? [];
      const meant = serverKeywords.has(name) ? `${name} ${value ?? ''}` : closest(param.name, serverKeywords.keys());
      yield {
        at: param.at,
        message: `A server has no parameter \`${param.name}\`: HAProxy refuses the file.${didYouMean(meant)}`,
        fixes: meant ? replaceText(param.at, meant) : [],
      };
      return; // what follows may be its value
    }
    if (arity === 'any') return; // `source … usesrc …` reads on in its own way
    if (arity === 1 && param.value === undefined) {
      yield { at: param.at, message: `\`${param.name}\` needs a value.`, severity: 'warning' }; // some releases read nothing as 0
    } else if (param.value !== undefined && values[param.name]?.[0].test(param.value) === false) {
      if (param.value.includes('$')) continue;
      yield {
        at: param.at,
        message: `\`${param.name}\` needs ${values[param.name]?.[1] ?? ''}, not \`${param.value}\`: HAProxy refuses the file.`,
      };
    } else if (param.name === 'weight' && param.value !== undefined && !param.value.includes('$')) {
      const number = parseInt(param.value, 10) || 0;
      if (number < 0 || number > 256) {
        yield {
          at: param.at,
          message: `The weight \`${param.value}\` is not from 0 to 256: HAProxy refuses the file.`,
        };
      } else if (!/^\d+$/.test(param.value)) {
        yield { at: param.at, message: `The weight \`${param.value}\` is read as ${number}.`, severity: 'warning' };
      }
    } else if (param.name === 'init-addr' && param.value !== undefined) {
      const wrong = param.value.split(',').find((way) => !/^(last|libc|none|[\d.]+|[\da-f]*:[\da-f:]+)$/i.test(way));
      if (wrong !== undefined && !wrong.includes('$')) {
        yield {
          at: param.at,
          message: `\`init-addr\` knows \`last\`, \`libc\`, \`none\` and addresses, not \`${wrong}\`: HAProxy refuses the file.`,
        };
      }
    }
  }
}
