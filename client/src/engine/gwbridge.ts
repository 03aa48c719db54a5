/** As the Engine itself makes it: bridge through which tasks on overlay networks reach the outside. */
export const gwbridge = {
  Name: 'docker_gwbridge',
  Driver: 'bridge',
  CheckDuplicate: true,
  Options: {
    'com.docker.network.bridge.name': 'docker_gwbridge',
    'com.docker.network.bridge.enable_icc': 'false',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
  },
} as const;

/** The same for the terminal of another node. */
export const gwbridgeCommand = [
  'docker network create --driver=bridge',
  ...Object.entries(gwbridge.Options).map(([key, value]) => `--opt=${key}=${value}`),
  gwbridge.Name,
].join(' ');
