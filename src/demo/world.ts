import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PICTURES = 60;

/** A small home folder and two "drives" in a temporary folder, for a story that may be played on any machine. */
export class DemoWorld {
  readonly root = mkdtempSync(join(tmpdir(), 'nbkp-demo-'));
  readonly spec = join(this.root, 'nbkp.toml');
  readonly state = join(this.root, 'state');
  readonly home = join(this.root, 'home');
  readonly restored = join(this.root, 'restored');

  /** Writes everything that the story begins with. */
  begin(specText: string): void {
    this.#write('home/Documents/letters/grandmother.txt', 'Dear grandmother,\nthe photographs are safe.\n');
    this.#write('home/Documents/budget.csv', 'month,spent\nJanuary,1200\n');
    this.#write('home/Documents/thesis.md', '# On losing data\n\n'.padEnd(40_000, 'It happens on a Sunday. '));
    for (let number = 1; number <= PICTURES; number += 1) this.#write(this.#picture(number), noise(number, 20_000));
    for (const drive of ['red', 'blue']) mkdirSync(join(this.root, 'drives', drive), { recursive: true });
    writeFileSync(this.spec, specText, { mode: 0o600 });
  }

  /** A day's work: one file edited, one new, one gone. */
  work(): void {
    appendFileSync(join(this.home, 'Documents/budget.csv'), 'February,900\n');
    this.#write('home/Documents/letters/bank.txt', 'Dear bank,\nplease find enclosed nothing.\n');
    rmSync(join(this.home, 'Documents/letters/grandmother.txt'));
  }

  workMore(): void {
    appendFileSync(join(this.home, 'Documents/budget.csv'), 'March,4000\n');
  }

  pull(drive: string): void {
    renameSync(join(this.root, 'drives', drive), this.#pocket(drive));
  }

  plug(drive: string): void {
    renameSync(this.#pocket(drive), join(this.root, 'drives', drive));
  }

  /** What a mistake in a file manager does. */
  loseMostPictures(): void {
    for (let number = 1; number <= PICTURES - 5; number += 1) rmSync(join(this.root, this.#picture(number)));
  }

  /** Of a story that nobody wants to hear to its end. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #picture(number: number): string {
    return `home/Pictures/2026/img_${String(number).padStart(4, '0')}.jpg`;
  }

  #pocket(drive: string): string {
    return join(this.root, `${drive} drive, in a pocket`);
  }

  #write(path: string, content: string | Buffer): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    utimesSync(full, SOME_DAY, SOME_DAY);
  }
}

/** Seconds since 1970: files that were not made just now look more like files. */
const SOME_DAY = Date.UTC(2026, 0, 31, 18) / 1000;

/** Bytes that look like a photograph to rsync: the same each time, and not compressible. */
function noise(seed: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let index = 0; index < size; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}
