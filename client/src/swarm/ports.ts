import type { PortSpec } from '../engine/swarmSpec.js';

/** `8080:80/tcp host`; without a published port, Swarm chooses one: `80/tcp ingress`. */
export function portText({ PublishedPort, TargetPort, Protocol, PublishMode }: PortSpec): string {
  const published = PublishedPort ? `${PublishedPort}:` : '';
  return `${published}${TargetPort ?? ''}/${Protocol ?? 'tcp'} ${PublishMode ?? 'ingress'}`;
}

const pattern = /^(?:(\d{1,5}):)?(\d{1,5})(?:\/(tcp|udp|sctp))?(?:\s+(ingress|host))?$/;

/** Ports as `portText` writes them, with commas between them; protocol and mode may be left out. Wrong ones are left out. */
export function parsePorts(text: string): readonly PortSpec[] {
  return parts(text).flatMap((part) => {
    const [, published, target, protocol = 'tcp', mode = 'ingress'] = pattern.exec(part) ?? [];
    if (target === undefined) return [];
    return {
      Protocol: protocol,
      TargetPort: Number(target),
      ...(published !== undefined && { PublishedPort: Number(published) }),
      PublishMode: mode,
    };
  });
}

/** What Swarm would refuse, in a sentence. */
export function checkPorts(text: string, endpointMode: string): string | undefined {
  const wrong = parts(text).find((part) => !pattern.test(part));
  if (wrong !== undefined) return `"${wrong}" is no port: write it as in 8080:80, or 53:53/udp host.`;
  const ports = parsePorts(text);
  const numbers = ports.flatMap(({ PublishedPort = 1, TargetPort = 0 }) => [PublishedPort, TargetPort]);
  if (numbers.some((number) => number < 1 || number > 65535)) return 'Ports go from 1 to 65535.';
  const published = ports.flatMap((port) => (port.PublishedPort ? `${port.PublishedPort}/${port.Protocol}` : []));
  const twice = published.find((port, index) => published.indexOf(port) !== index);
  if (twice !== undefined) return `${twice} is published twice.`;
  return endpointMode === 'dnsrr' && ports.some(({ PublishMode }) => PublishMode === 'ingress')
    ? 'The service has no virtual address (dnsrr), which the routing mesh needs: publish with the mode host.'
    : undefined;
}

function parts(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
