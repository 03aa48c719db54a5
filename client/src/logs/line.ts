/** One line of one replica. */
export interface LogLine {
  /** The number its source has in the feed. */
  readonly source: number;
  /** Microseconds since 1970, by the clock of the Engine. */
  readonly time: number;
  readonly stderr: boolean;
  /** Without the line feed; what a terminal would take for colours is still in it. */
  readonly text: string;
}
