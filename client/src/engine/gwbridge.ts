/** The bridge through which tasks on overlay networks reach the outside, as the Engine itself makes it. */
const name = 'docker_gwbridge';
const options = {
  'com.docker.network.bridge.name': name,
  'com.docker.network.bridge.enable_icc': 'false',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
} as const;

/** Without a subnet the Engine chooses one, and refuses where none of its own is free. */
export function gwbridge(subnet: string | undefined): object {
  const ipam = subnet === undefined ? {} : { IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] } };
  return { Name: name, Driver: 'bridge', CheckDuplicate: true, Options: options, ...ipam };
}

/** The same for the terminal of another node. */
export const gwbridgeCommand = [
  'docker network create --driver=bridge --subnet=10.11.0.0/16',
  ...Object.entries(options).map(([key, value]) => `--opt=${key}=${value}`),
  name,
].join(' ');
