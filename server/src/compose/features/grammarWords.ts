import { describeBytes, parseBytes } from '../model/bytes.js';
import { parseConstraint, type Constraint } from '../model/constraint.js';
import { describeDuration, parseDuration } from '../model/duration.js';
import { parseMount } from '../model/mount.js';
import { expandPort, parsePort, type PublishedPort } from '../model/port.js';
import type { Target } from '../target.js';

/** What a value of a format says, in a sentence; undefined where there is nothing to add. `published`: a port that is of the host. */
export function grammarWords(format: string, text: string, target: Target, published: boolean): string | undefined {
  switch (format) {
    case 'duration': {
      const { value } = parseDuration(text, target);
      return value && sentence(describeDuration(value));
    }
    case 'bytes': {
      const { value } = parseBytes(text);
      return value === undefined ? undefined : `${describeBytes(value)} (${value.toLocaleString('en')} bytes).`;
    }
    case 'constraint': {
      const { value } = parseConstraint(text);
      return value && constraintWords(value);
    }
    case 'port': {
      const { value } = parsePort(text, target);
      return value && published
        ? expandPort(value, target)
            .slice(0, 8)
            .map((port) => portWords(port, target))
            .join('\n\n')
        : undefined;
    }
    case 'volume': {
      const { value } = parseMount(text, target);
      if (!value) return undefined;
      const what =
        value.source === undefined
          ? 'A volume without a name'
          : value.type === 'bind'
            ? `\`${value.source}\` of the host`
            : `Volume \`${value.source}\``;
      const readOnly = value.readOnly ? ', read-only' : '';
      return `${what} as \`${value.target}\` in the container${readOnly}.`;
    }
    default:
      return undefined;
  }
}

function constraintWords({ key, operator, value }: Constraint): string | undefined {
  const lower = key.toLowerCase();
  const label = /^(node|engine)\.labels\.(.+)$/i.exec(key);
  const what = label
    ? `label \`${label[2] ?? ''}\`${label[1]?.toLowerCase() === 'engine' ? ' of the Engine' : ''}`
    : nodeFacts[lower];
  return what && `${operator === '==' ? 'Only' : 'Not'} on nodes whose ${what} is \`${value}\`.`;
}

const nodeFacts: Readonly<Record<string, string>> = {
  'node.id': 'id',
  'node.hostname': 'host name',
  'node.ip': 'address',
  'node.role': 'role',
  'node.platform.os': 'operating system',
  'node.platform.arch': 'processor architecture',
};

function portWords({ ip, published, target, protocol }: PublishedPort, tool: Target): string {
  // A swarm publishes on every address, whatever is asked for.
  const host = tool === 'stack' ? 'every node' : 'the host';
  const where = ip && tool === 'compose' ? ` of \`${ip}\`` : ` of every address of ${host}`;
  const from = !published
    ? `A free port of ${host}`
    : published.first === published.last
      ? `Port ${published.first}${where}`
      : `A free port from ${published.first} to ${published.last}${where}`;
  return `${from} leads to port ${target} of the container (${protocol.toUpperCase()}).`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
