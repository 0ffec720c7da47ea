import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox, type Answer } from './sandbox.ts';
import { wholeTreeOf } from './tree.ts';
import type { Mode } from './transfer.ts';

export interface BackupOptions {
  mode: Mode;
  /** The destination volume's folder; default a new one in the sandbox. */
  drive?: string;
  /** Lines of TOML: of `[volumes.usb]`, of `[syncs.documents]`, and whatever else the spec holds. */
  volume?: string;
  sync?: string;
  more?: string;
  /** What stands before each command; default nothing. */
  through?: readonly string[];
}

/** A person's documents, a drive, and one sync between them that the real command runs. It is prepared already. */
export class Backup {
  readonly sandbox: Sandbox;
  readonly source: string;
  readonly drive: string;
  readonly destination: string;
  readonly mode: Mode;
  #restores = 0;

  constructor(root: string, options: BackupOptions) {
    this.sandbox = new Sandbox(root, options.through);
    this.mode = options.mode;
    this.source = join(root, 'laptop', 'Documents');
    this.drive = options.drive ?? join(root, 'usb');
    this.destination = join(this.drive, 'documents');
    mkdirSync(this.source, { recursive: true });
    mkdirSync(this.drive, { recursive: true });
    this.respec(options);
    const prepared = this.expectCode(0, this.sandbox.nbkp('prepare', '--yes'));
    // A server that does not answer is an absent one.
    if (!existsSync(this.destination)) throw new Error(`not prepared: ${prepared.stdout}${prepared.stderr}`);
  }

  /** Writes the spec anew. */
  respec({ mode, volume = '', sync = '', more = '' }: BackupOptions): void {
    this.sandbox.writeSpec(`version = 1
[volumes.laptop]
path = ${JSON.stringify(join(this.sandbox.root, 'laptop'))}
[volumes.usb]
path = ${JSON.stringify(this.drive)}
${volume}
[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
snapshots.mode = "${mode}"
${sync}
${more}
`);
  }

  /** Writes files into the source. */
  write(content: Record<string, string>): void {
    for (const [path, text] of Object.entries(content)) {
      const full = join(this.source, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
  }

  /** Writes `f0`, `f1`, … into the source. */
  many(count: number, text = 'x'): void {
    this.write(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, `${text}${index}`])));
  }

  /** Removes all that is in the source but its sentinel. */
  emptySource(): void {
    // Node cannot remove what has a name that is not UTF-8.
    execFileSync('find', [this.source, '-mindepth', '1', '!', '-name', '.nbkp-src', '-delete']);
  }

  /** Runs the backup and returns its record. */
  run(code: number, ...args: string[]): RunRecord {
    return this.recordOf(code, this.sandbox.nbkp('run', '--json', ...args));
  }

  /** Of a run that was started and has ended. */
  recordOf(code: number, answer: Answer): RunRecord {
    return JSON.parse(this.expectCode(code, answer).stdout) as RunRecord;
  }

  plan(...args: string[]): Plan {
    return JSON.parse(this.sandbox.nbkp('plan', '--json', ...args).stdout) as Plan;
  }

  /** Fails with all that the command said when it ended otherwise. */
  expectCode(code: number, answer: Answer): Answer {
    if (answer.code === code) return answer;
    throw new Error(
      `exit code ${answer.code ?? answer.signal ?? '?'} instead of ${code}\n${answer.stdout}${answer.stderr}`,
    );
  }

  /** Names in `snapshots/` that are those of snapshots, sorted. */
  snapshots(): string[] {
    return this.entries().filter((name) => !name.startsWith('.'));
  }

  /** All names in `snapshots/`, sorted. */
  entries(): string[] {
    const folder = join(this.destination, 'snapshots');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  latest(): string {
    return readlinkSync(join(this.destination, 'latest'));
  }

  snapshot(name: string): string {
    return join(this.destination, 'snapshots', name);
  }

  /** Where the newest complete copy is. */
  copy(): string {
    return realpathSync(this.mode === 'none' ? this.destination : join(this.destination, 'latest'));
  }

  /** Restores into a new folder and returns its path. */
  restore(sync = 'documents', ...args: string[]): string {
    this.#restores += 1;
    const to = join(this.sandbox.root, `restored-${this.#restores}`);
    this.expectCode(0, this.sandbox.nbkp('restore', sync, ...args, '--to', to, '--yes'));
    return to;
  }

  /** A backup that was not restored is not a backup: the source's tree, and what came back of it. */
  async roundTrip(): Promise<{ source: string[]; restored: string[] }> {
    const restored = this.restore();
    return { source: await wholeTreeOf(this.source), restored: await wholeTreeOf(restored) };
  }

  /** Content of a file of the source, and so on; paths count from the root of the sandbox. */
  read(path: string): string {
    return readFileSync(join(this.sandbox.root, path), 'utf8');
  }
}
