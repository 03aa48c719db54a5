import type { ReplicaDetails, ReplicaUsage } from '../engine/engine.js';

/** What changes by the minute, and is therefore asked for when somebody looks: Markdown for a tooltip. */
export function usageText(details: ReplicaDetails, usage: ReplicaUsage, now: number): string {
  const lines = [
    ...(details.startedAt === undefined ? [] : [`Up ${duration(now - details.startedAt)}`]),
    `CPU ${usage.cpuPercent.toFixed(1)} %, memory ${bytes(usage.memoryBytes)} of ${bytes(usage.memoryLimitBytes)}`,
    ...(details.restarts > 0 ? [`Restarted ${details.restarts} times`] : []),
  ];
  return lines.join('\n\n');
}

/** The two largest units: `3 h 20 min`. */
export function duration(milliseconds: number): string {
  let seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts: string[] = [];
  for (const [name, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let size = count;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit] ?? ''}`;
}
