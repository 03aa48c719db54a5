import { bytes, bytesOrNumber, sizeText } from './common.js';
import {
  attr,
  bool,
  format,
  ignored,
  integer,
  list,
  number,
  object,
  refused,
  split,
  string,
  union,
  type ObjectType,
} from './types.js';

const path = attr(format('path'), 'The device, such as `/dev/sda`.');
const weight = attr(integer({ cast: 'never', min: 0 }), 'The share of the device, from 10 to 1000.');
const closed = { extensions: { compose: false } };
const sizeOrCount = union(sizeText, integer({ cast: 'never' }));
const rates = (what: string) => list(object({ path, rate: attr(sizeOrCount, `The most ${what} per second.`) }, closed));
const operations = rates('operations');
const throughput = rates('bytes');

const blkio = object(
  {
    weight,
    weight_device: attr(list(object({ path, weight }, closed)), 'Shares of single devices.'),
    device_read_bps: attr(throughput, 'Limits how fast it reads from a device.'),
    device_read_iops: attr(operations, 'Limits how often it reads from a device.'),
    device_write_bps: attr(throughput, 'Limits how fast it writes to a device.'),
    device_write_iops: attr(operations, 'Limits how often it writes to a device.'),
  },
  closed,
);

const useLimits = (key: string) => refused(`Set \`deploy.resources.limits.${key}\`.`);
const useResources = refused('Set limits with `deploy.resources`.');
const readFromInteger = number({ from: 'integer' });

/** Resource keys of a service from before `deploy.resources`; a stack refuses all of them but `oom_score_adj`. */
export const resources: ObjectType['keys'] = {
  blkio_config: attr(blkio, 'Shares and limits for reading and writing block devices.', { stack: refused() }),
  cpu_count: attr(integer({ min: 0 }), 'How many CPUs are there, on Windows.', { stack: refused() }),
  cpu_percent: attr(integer({ from: 'number', min: 0, max: 100 }), 'The share of the CPUs in percent, on Windows.', {
    stack: refused(),
  }),
  cpu_period: attr(readFromInteger, "The period of the CPU scheduler's quota, in microseconds.", {
    stack: useLimits('cpus'),
  }),
  cpu_quota: attr(readFromInteger, 'CPU time in microseconds that each period grants.', { stack: useLimits('cpus') }),
  cpu_rt_period: attr(readFromInteger, 'The period of the real-time scheduler, in microseconds.', { stack: refused() }),
  cpu_rt_runtime: attr(readFromInteger, 'Real-time CPU time in microseconds that each period grants.', {
    stack: refused(),
  }),
  cpu_shares: attr(readFromInteger, 'The weight against other containers when CPUs are scarce.', {
    default: '1024',
    stack: useLimits('cpus'),
  }),
  cpus: attr(number(), 'CPU time in CPUs, such as `0.5`.', { stack: useLimits('cpus') }),
  cpuset: attr(string, 'The CPUs it may run on, such as `0-2,4`.', { stack: useLimits('cpus') }),
  mem_limit: attr(bytesOrNumber, 'The most memory it may use, such as `512m`.', { stack: useLimits('memory') }),
  mem_reservation: attr(bytes, 'Memory it is pushed back to when the host runs short.', {
    stack: refused('Set `deploy.resources.reservations.memory`.'),
  }),
  mem_swappiness: attr(sizeOrCount, 'How readily the kernel swaps it out, from 0 to 100.', { stack: refused() }),
  memswap_limit: attr(bytesOrNumber, 'Memory and swap together; -1 is no limit for swap.', { stack: useResources }),
  oom_kill_disable: attr(bool, 'Keeps the kernel from killing it when memory runs out.', { stack: refused() }),
  oom_score_adj: attr(
    split(integer({ min: -1000, max: 1000 }), integer()),
    'How readily the kernel kills it when memory runs out, from -1000 to 1000.',
    {
      stack: ignored('silently', undefined, '3.13'),
    },
  ),
  pids_limit: attr(readFromInteger, 'The largest number of processes; -1 is no limit.', { stack: useLimits('pids') }),
};
