import { anyName, driverOptions, labels, namePattern } from './common.js';
import { endpointOptions, networkOptions } from './drivers.js';
import { externally } from './external.js';
import {
  attr,
  bool,
  boolean,
  format,
  ignored,
  list,
  map,
  nothing,
  number,
  object,
  oneOf,
  refused,
  split,
  string,
  union,
} from './types.js';

const endpoint = object({
  aliases: attr(list(string, ['stack']), 'More names for the service on this network.'),
  ipv4_address: attr(format('address'), "A fixed IPv4 address; the network's `ipam` needs a subnet that holds it.", {
    stack: ignored('silently', 'Swarm gives every task an address of its own; reach the service by its name.'),
  }),
  ipv6_address: attr(format('address'), "A fixed IPv6 address; the network's `ipam` needs a subnet that holds it.", {
    stack: ignored('silently', 'Swarm gives every task an address of its own; reach the service by its name.'),
  }),
  link_local_ips: attr(list(format('address'), ['stack']), 'Link-local addresses.', { stack: refused() }),
  mac_address: attr(format('mac'), 'The MAC address on this network.', { compose: '2.23', stack: refused() }),
  driver_opts: attr(driverOptions(endpointOptions), "Options for the network's driver.", {
    compose: '2.27',
    stack: '3.13',
  }),
  priority: attr(number({ cast: 'never' }), 'Networks are connected in descending order of it.', {
    default: '0',
    stack: refused(),
  }),
  gw_priority: attr(
    number({ cast: 'never' }),
    'The network with the highest number becomes the default gateway. Needs Engine 28.',
    {
      default: '0',
      compose: '2.33',
      stack: refused(),
    },
  ),
  interface_name: attr(string, 'The name of the interface inside the container. Needs Engine 28.1.', {
    compose: '2.36',
    stack: refused(),
  }),
});

export const serviceNetworks = union(
  list(format('network'), ['compose', 'stack']),
  map('a network', union(nothing, endpoint), { keys: namePattern }),
);

const pool = object({
  subnet: attr(format('cidr'), 'The subnet in CIDR form, such as `172.28.0.0/16`.'),
  ip_range: attr(format('cidr'), 'The part of the subnet to hand out addresses from.', { stack: refused() }),
  gateway: attr(format('address'), 'The address of the gateway.', { stack: refused() }),
  aux_addresses: attr(map('a host name', string), 'Addresses that are taken and must not be handed out.', {
    stack: refused(),
  }),
});

const ipam = object({
  driver: attr(string, 'The driver that hands out addresses.', { default: 'default' }),
  config: attr(list(pool), 'The address pools.'),
  options: attr(map('an option', string, { keys: anyName }), "The driver's options.", { stack: refused() }),
});

const overlay = { value: 'overlay', doc: 'A network across the nodes of a swarm.' };
const drivers = [
  { value: 'bridge', doc: 'A network inside one host; a stack cannot use it.' },
  overlay,
  { value: 'host', doc: "The host's own network." },
  { value: 'macvlan', doc: 'Containers appear as devices of the physical network.' },
  { value: 'ipvlan', doc: "Like macvlan, with the host's MAC address." },
  { value: 'none', doc: 'No network.' },
];

export const networks = map(
  'a network',
  union(
    nothing,
    object(
      {
        name: attr(string, 'The name the Engine knows it by; without one it gets the project or stack name in front.', {
          stack: '3.5',
        }),
        external: attr(
          externally({ open: false }),
          'The network exists already and is not created. A stack needs one of swarm scope.',
          { default: 'false' },
        ),
        driver: attr(
          split(oneOf(drivers), oneOf([...drivers].sort((a, b) => Number(b === overlay) - Number(a === overlay)))),
          'The driver: `bridge` unless said otherwise, `overlay` in a stack.',
        ),
        driver_opts: attr(driverOptions(networkOptions), "The driver's options."),
        attachable: attr(bool, 'Whether containers outside of any stack may join an overlay network.', {
          default: 'false',
          stack: '3.2',
        }),
        internal: attr(bool, 'Cuts the network off from the outside.', { default: 'false' }),
        enable_ipv4: attr(boolean('compose'), 'Whether addresses are IPv4.', {
          default: 'true',
          compose: '2.33',
          stack: refused(),
        }),
        enable_ipv6: attr(boolean('compose'), 'Whether addresses are IPv6 too.', {
          default: 'false',
          stack: refused(),
        }),
        ipam: attr(ipam, 'How addresses are handed out.'),
        labels: attr(labels, 'Labels of the network.'),
      },
      { extensions: { stack: '3.7' }, common: ['driver', 'external'] },
    ),
  ),
);
