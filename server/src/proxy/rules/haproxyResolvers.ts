import { insertText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { paramsFrom, readParams } from '../haproxy/model.js';
import { isProxySection, type Line } from '../haproxy/parse.js';
import type { Finding, HaproxyRule } from '../rule.js';

export const haproxyResolvers: HaproxyRule = {
  id: 'haproxy-resolvers',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: '`resolvers` names a section that exists, and its name servers are addresses with a port.',
    why: "HAProxy refuses the file otherwise. Docker's own DNS is `nameserver docker 127.0.0.11:53`.",
    bad: 'resolvers docker\n  nameserver dns 127.0.0.11\n\nbackend api\n  server-template api 3 api:8000 resolvers docker\n',
    good: 'resolvers docker\n  nameserver dns 127.0.0.11:53\n\nbackend api\n  server-template api 3 api:8000 resolvers docker\n',
    tool: "'nameserver dns' : missing port specification in '127.0.0.11'",
  },
  *check({ file, model }, { siblings }) {
    const names = new Set(
      [model, ...siblings.map((sibling) => sibling.model)].flatMap((one) =>
        one.resolvers.flatMap(({ name }) => (name === undefined ? [] : [name])),
      ),
    );
    for (const section of file.sections) {
      if (section.kind === 'resolvers') {
        for (const line of section.lines) yield* checkLine(line);
        if (
          !section.lines.some(({ keyword }) => keyword.value === 'nameserver' || keyword.value === 'parse-resolv-conf')
        ) {
          yield {
            at: section.name ?? section.header.keyword,
            message: `\`${section.name?.value ?? 'resolvers'}\` has no name server: names are never looked up.`,
            severity: 'warning',
          };
        }
      } else if (isProxySection(section)) {
        for (const line of section.lines) {
          const skip = paramsFrom[line.keyword.value];
          if (skip === undefined) continue;
          for (const param of readParams(line.args.slice(skip))) {
            const name = param.name === 'resolvers' ? param.value : undefined;
            if (name === undefined || names.has(name) || name === 'default' || name.includes('$')) continue;
            const meant = closest(name, names);
            yield {
              at: param.at,
              message: `No section \`resolvers ${name}\` exists: HAProxy refuses the file.${didYouMean(meant)}`,
            };
          }
        }
      }
    }
  },
};

function* checkLine(line: Line): Generator<Finding> {
  const [first, second] = line.args;
  if (line.keyword.value === 'nameserver') {
    if (first === undefined || second === undefined) {
      yield {
        at: line.keyword,
        message: '`nameserver` needs a name and an address with a port: HAProxy refuses the file.',
      };
    } else if (!second.value.includes('$') && !second.value.includes('@') && !/:\d+$/.test(second.value)) {
      const end = second.end - (second.quote ? 1 : 0);
      yield {
        at: second,
        message: `\`${second.value}\` has no port: HAProxy refuses the file.`,
        fixes: insertText(end, ':53', 'Add `:53`'),
      };
    } else if (
      /^[a-z]/i.test(second.value) &&
      !second.value.includes('@') &&
      !second.value.includes('$') &&
      !second.value.startsWith('unix')
    ) {
      yield {
        at: second,
        message: `\`${second.value}\` is no IP address: a name server has no name yet, and HAProxy refuses the file.`,
      };
    }
  } else if (line.keyword.value === 'hold' && first && !events.has(first.value)) {
    yield { at: first, message: `\`hold\` knows no \`${first.value}\`: HAProxy refuses the file.` };
  } else if (line.keyword.value === 'timeout' && first && first.value !== 'resolve' && first.value !== 'retry') {
    yield {
      at: first,
      message: `\`timeout\` of a resolver is \`resolve\` or \`retry\`, not \`${first.value}\`: HAProxy refuses the file.`,
    };
  }
}

const events: ReadonlySet<string> = new Set(['nx', 'timeout', 'refused', 'other', 'valid', 'obsolete']);
