/**
 * Cuts rsync's standard output into lines and into states of its progress display, which overwrites itself with
 * carriage returns: minutes can pass without a line end, so only the last state is kept. rsync escapes both
 * characters in names. Bytes become characters one to one (latin1), so that no chunk ends within one.
 */
export class OutputLines {
  private rest = '';
  private readonly onLine: (line: string) => void;
  private readonly onState: (state: string) => void;

  constructor(onLine: (line: string) => void, onState: (state: string) => void = () => undefined) {
    this.onLine = onLine;
    this.onState = onState;
  }

  write(chunk: Buffer): void {
    const lines = (this.rest + chunk.toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.onLine(visible(line));
    const states = this.rest.split('\r');
    // The last one may be half a state, and then the one before it is the newest that is whole.
    for (const state of states.slice(-2)) this.onState(state);
    this.rest = states.at(-1) ?? '';
  }

  end(): void {
    if (this.rest !== '') this.onLine(visible(this.rest));
    this.rest = '';
  }
}

/** What a message leaves of the progress before it. */
function visible(line: string): string {
  return line.slice(line.lastIndexOf('\r') + 1);
}
