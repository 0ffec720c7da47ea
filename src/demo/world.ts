import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PICTURES = 60;
const DRIVES = ['red', 'blue'];

const pocket = (drive: string): string => `${drive} drive, in a pocket`;

/** A small home folder and two "drives" in a folder, for a story that may be played on any machine. */
export class DemoWorld {
  readonly root: string;
  readonly spec: string;
  readonly state: string;
  readonly home: string;
  readonly server: string;
  readonly #isOwn: boolean;

  /** @param isOwn the folder was made for this */
  private constructor(root: string, isOwn: boolean) {
    this.root = root;
    this.#isOwn = isOwn;
    this.spec = join(root, 'nbkp.toml');
    this.state = join(root, 'state');
    this.home = join(root, 'home');
    this.server = join(root, 'server');
  }

  /** In a temporary folder. */
  static temporary(): DemoWorld {
    return new DemoWorld(mkdtempSync(join(tmpdir(), 'nbkp-demo-')), true);
  }

  /**
   * In a folder that is empty, or is made. Null where something is in it.
   *
   * @throws an error of the system: it cannot be made, or is no folder
   */
  static at(folder: string): DemoWorld | null {
    const isOwn = !existsSync(folder);
    if (isOwn) mkdirSync(folder, { mode: 0o700 });
    else if (readdirSync(folder).length > 0) return null;
    return new DemoWorld(realpathSync(folder), isOwn);
  }

  /** Writes everything that the story begins with. */
  begin(specText: string): void {
    this.#write('home/Documents/letters/grandmother.txt', 'Dear grandmother,\nthe photographs are safe.\n');
    this.#write('home/Documents/budget.csv', 'month,spent\nJanuary,1200\n');
    this.#write('home/Documents/thesis.md', '# On losing data\n\n'.padEnd(40_000, 'It happens on a Sunday. '));
    for (let number = 1; number <= PICTURES; number += 1) this.#write(this.#picture(number), noise(number, 20_000));
    for (const drive of DRIVES) mkdirSync(join(this.root, 'drives', drive), { recursive: true });
    writeFileSync(this.spec, specText, { mode: 0o600, flag: 'wx' });
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

  /** Of a story that nobody wants to hear to its end. What others have put there meanwhile stays. */
  remove(): void {
    const own = ['drives', 'home', 'nbkp.toml', 'restored', 'server', 'state', ...DRIVES.map((drive) => pocket(drive))];
    for (const name of own) rmSync(join(this.root, name), { recursive: true, force: true });
    if (this.#isOwn && readdirSync(this.root).length === 0) rmdirSync(this.root);
  }

  #picture(number: number): string {
    return `home/Pictures/2026/img_${String(number).padStart(4, '0')}.jpg`;
  }

  #pocket(drive: string): string {
    return join(this.root, pocket(drive));
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
