/** A process that has ended, for whoever looks for a mistake: never what it was given or what it said. */
export interface TracedCommand {
  /** When it was started. */
  at: string;
  /** `local`, or the id of an SSH host. */
  host: string;
  argv: readonly string[];
  /** How it ended: its exit code, the signal that ended it, or why it could not be started. */
  end: number | string;
  milliseconds: number;
  /** Bytes of its standard output and standard error; null where already their number tells something of a secret. */
  bytes: { out: number; err: number } | null;
}
