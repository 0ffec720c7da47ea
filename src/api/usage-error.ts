/** Thrown for names and values that cannot be meant so: a mistake of whoever asks, not of the spec. Exit code 64. */
export class UsageError extends Error {
  /** What to ask for instead. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}
