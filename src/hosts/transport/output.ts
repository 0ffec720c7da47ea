import { LineSplitter } from './lines.ts';
import type { RunOptions } from './transport.ts';

const STDOUT_LIMIT = 64 * 1024 * 1024;
const STDERR_LINES = 50;

/** What a process wrote, within the bounds that `ProcessResult` promises. */
export class Output {
  /** What has come in on each stream, kept or not. */
  readonly bytes = { out: 0, err: 0 };
  readonly stderr: string[] = [];
  private readonly chunks: Buffer[] = [];
  private collected = 0;
  private readonly options: RunOptions;
  private readonly lines = new LineSplitter((line) => this.addLine(line));

  constructor(options: RunOptions) {
    this.options = options;
  }

  /** Bytes that have come in on both streams. */
  get received(): number {
    return this.bytes.out + this.bytes.err;
  }

  addStdout(chunk: Buffer): void {
    this.bytes.out += chunk.length;
    if (this.options.sink !== undefined) return;
    if (this.options.onStdout !== undefined) return this.options.onStdout(chunk);
    const kept = chunk.subarray(0, STDOUT_LIMIT - this.collected);
    this.collected += kept.length;
    this.chunks.push(kept);
  }

  addStderr(chunk: Buffer): void {
    this.bytes.err += chunk.length;
    this.lines.write(chunk);
  }

  end(): Buffer {
    this.lines.end();
    return Buffer.concat(this.chunks);
  }

  private addLine(line: string): void {
    this.stderr.push(line);
    if (this.stderr.length > STDERR_LINES) this.stderr.shift();
    this.options.onStderrLine?.(line);
  }
}
