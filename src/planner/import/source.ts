import type { Finding } from '../model/finding.ts';
import { positionAt, type Remark, type SpecDocument } from '../spec/document.ts';

/** The file that is imported, as what findings are about. */
export class Source {
  readonly findings: Finding[] = [];
  readonly #file: Pick<SpecDocument, 'path' | 'lines' | 'lineStarts'>;
  readonly #repeated = new Map<string, { remark: Remark; offsets: number[] }>();

  constructor(file: Pick<SpecDocument, 'path' | 'lines' | 'lineStarts'>) {
    this.#file = file;
  }

  /** The same file, for what nobody is told. */
  elsewhere(): Source {
    return new Source(this.#file);
  }

  /** A finding at an offset of the file. Severity `error` unless the remark says otherwise. */
  finding(offset: number, remark: Remark): Finding {
    const location = positionAt(this.#file, offset);
    return { severity: 'error', ...remark, location, excerpt: this.#file.lines[location.line - 1] ?? '' };
  }

  remark(offset: number, remark: Remark): void {
    this.findings.push(this.finding(offset, remark));
  }

  /** For what holds at many places in the same words: one finding at the first, which names the lines of the others. */
  remarkOnce(offset: number, remark: Remark): void {
    const known = this.#repeated.get(remark.message);
    if (known === undefined) this.#repeated.set(remark.message, { remark, offsets: [offset] });
    else known.offsets.push(offset);
  }

  /** All findings, in the order of the file. */
  all(): Finding[] {
    const repeated = [...this.#repeated.values()].map(({ remark, offsets: [first = 0, ...others] }) => {
      const lineOf = (offset: number): number => positionAt(this.#file, offset).line;
      const lines = [...new Set(others.map(lineOf))].filter((line) => line !== lineOf(first));
      const also = lines.length === 0 ? '' : ` Also in line ${lines.join(', ')}.`;
      return this.finding(first, { ...remark, message: remark.message + also });
    });
    return [...this.findings, ...repeated].sort(
      (a, b) =>
        (a.location?.line ?? 0) - (b.location?.line ?? 0) || (a.location?.column ?? 0) - (b.location?.column ?? 0),
    );
  }
}
