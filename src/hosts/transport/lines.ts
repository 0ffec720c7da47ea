import { StringDecoder } from 'node:string_decoder';

const LONGEST_LINE = 4096;

/** Cuts a stream into lines. What of a line is beyond 4,096 characters is dropped, so that memory stays bounded. */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private line = '';
  private readonly onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.onLine = onLine;
  }

  write(chunk: Buffer): void {
    this.add(this.decoder.write(chunk));
  }

  /** Hands over a last line that has no end. */
  end(): void {
    this.add(this.decoder.end());
    if (this.line !== '') this.finish();
  }

  private add(text: string): void {
    text.split('\n').forEach((piece, index) => {
      if (index > 0) this.finish();
      this.append(piece);
    });
  }

  private append(text: string): void {
    this.line += text.slice(0, LONGEST_LINE - this.line.length);
  }

  private finish(): void {
    this.onLine(this.line);
    this.line = '';
  }
}

/** Cuts a text that comes in pieces, such as bytes as latin1. What has no end yet waits for the next piece. */
export function cutAt(end: string, onRecord: (record: string) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const records = (rest + piece).split(end);
    rest = records.pop() ?? '';
    for (const record of records) onRecord(record);
  };
}
