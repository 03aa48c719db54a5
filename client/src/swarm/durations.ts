const units: Readonly<Record<string, number>> = { h: 3.6e12, m: 6e10, s: 1e9, ms: 1e6, us: 1e3, µs: 1e3, ns: 1 };

/** Nanoseconds of a duration as Go prints it: `1m30s`; 0 for nothing. */
export function nanoseconds(duration: string): number {
  const parts = duration.matchAll(/([\d.]+)(ms|us|µs|ns|h|m|s)/g);
  return Math.round([...parts].reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0));
}

/** `90 s`; what is shorter than a second in milliseconds. */
export function durationText(duration: number): string {
  return duration < 1e9 ? `${duration / 1e6} ms` : `${duration / 1e9} s`;
}

export function checkDuration(text: string): string | undefined {
  return /^(\d+(\.\d+)?(ms|us|µs|ns|h|m|s))+$/.test(text) ? undefined : 'A duration is written as in 5s or 1m30s.';
}
