import {
  attr,
  choice,
  count,
  format,
  integer,
  list,
  number,
  object,
  refused,
  split,
  stackFrom,
  string,
  union,
} from './types.js';

const port = object(
  {
    target: attr(count, 'The port inside the container.'),
    published: attr(
      split(union(string, integer({ cast: 'never' })), count),
      'The port on the host; a random one without it. docker compose also takes a range in quotes, such as `"8080-8090"`.',
    ),
    protocol: attr(choice({ tcp: 'TCP.', udp: 'UDP.', sctp: 'SCTP.' }), 'The transport protocol.', { default: 'tcp' }),
    mode: attr(
      choice({
        ingress: 'One port of the whole swarm, spread over all replicas.',
        host: 'A port of each node that runs a replica.',
      }),
      'How a swarm publishes the port.',
      { default: 'ingress' },
    ),
    host_ip: attr(
      { ...format('address'), pattern: { by: ['compose'], test: /./, says: 'not be empty' } },
      'The host address to listen on; all of them without it.',
      {
        stack: refused('Swarm always listens on all addresses; keep others out with a firewall.'),
      },
    ),
    name: attr(string, 'A name for people to read.', { compose: '2.25', stack: refused() }),
    app_protocol: attr(string, 'The application protocol that speaks on the port, such as `http`.', {
      compose: '2.25',
      stack: refused(),
    }),
  },
  { required: { compose: ['target'] } },
);

export const ports = list(union(format('port'), integer({ cast: 'never' }), stackFrom('3.2', port)), ['stack']);
export const expose = list(union(format('port'), split(integer({ cast: 'never' }), number({ cast: 'never' }))), [
  'stack',
]);
