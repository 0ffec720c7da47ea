import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import type { Backup } from '../support/backup.ts';
import { processesAbout, until } from '../support/running.ts';
import type { Answer } from '../support/sandbox.ts';
import { stateOf, treeOf } from '../support/tree.ts';

/** Exit codes that are documented, for a run that something happens to. */
const CODES = [0, 1, 3, 4, 75, 130, 143];

/** What has to hold whatever happens to a run. */
export class Laws {
  /** All that was ever seen under the name of a snapshot. */
  readonly #snapshots = new Map<string, string[]>();
  #copy: string[] = [];
  #source: string[] = [];

  constructor(private readonly subject: Backup) {}

  /** To be called when nothing runs, before a fault and after a run that went well. */
  async remember(): Promise<void> {
    const { subject } = this;
    for (const name of subject.snapshots()) this.#snapshots.set(name, await treeOf(subject.snapshot(name)));
    this.#copy = subject.mode === 'none' ? await treeOf(subject.destination) : [];
    this.#source = await this.#stateOfSource();
  }

  /** The source is as it was, each name in `snapshots/` is that of a whole snapshot, `latest` names one; of a bare copy nothing is there that nobody wrote. */
  async holdAfterFault(): Promise<void> {
    const { subject } = this;
    await until(() => processesAbout(`${subject.destination}/`).length === 0);
    expect(await this.#stateOfSource()).toEqual(this.#source);
    const source = await treeOf(subject.source);
    if (subject.mode === 'none') {
      const allowed = new Set([...this.#copy, ...source]);
      // Pieces of files lie in folders of their own, or under the names that rsync gives them.
      const found = (await treeOf(subject.destination)).filter(
        (line) => !/\.rsync-partial|(^|\/)\.[^/\t]*\.[A-Za-z0-9]{6}(\t|$)/.test(line),
      );
      expect(
        found.map(withoutFolderTime).filter((line) => ![...allowed].map(withoutFolderTime).includes(line)),
      ).toEqual([]);
      return;
    }
    const names = subject.snapshots();
    for (const name of names) {
      expect([name, await treeOf(subject.snapshot(name))]).toEqual([name, this.#snapshots.get(name) ?? source]);
    }
    expect(names.map((name) => `snapshots/${name}`)).toContain(subject.latest());
  }

  /** Without the mark, which a run may fill, and of the folder itself without its times: a campaign moves it. */
  async #stateOfSource(): Promise<string[]> {
    const root = /^(\td \S+ \S+) \S+ \S+/;
    const lines = await stateOf(this.subject.source);
    return lines.filter((line) => !line.startsWith('.nbkp-src')).map((line) => line.replace(root, '$1'));
  }

  /** The next run made the copy equal to the source, older snapshots are as they were, and nothing is left of what happened. */
  async holdAtTheEnd(): Promise<void> {
    const { subject } = this;
    await this.holdAfterFault();
    expect(await treeOf(subject.copy())).toEqual(await treeOf(subject.source));
    const left = [...subject.entries(), ...readdirSync(subject.destination)];
    expect(left.filter((name) => /^\.(partial|prune|nbkp-latest|rsync-partial)/.test(name))).toEqual([]);
  }
}

/** A folder into which something was written has a new time until rsync is done with it. */
function withoutFolderTime(line: string): string {
  return line.replace(/\td ([^ ]* [^ ]*) [^ ]*/, '\td $1');
}

/**
 * Whatever happens, the command ends with a code that is documented, and with words instead of a stack trace. A signal ends
 * it outright only as long as it has begun nothing.
 */
export function expectOrderly({ code, signal, stdout, stderr }: Answer, sent: string | null = null): void {
  const said = `${stdout}${stderr}`;
  if (code === null) expect(signal, said).toBe(sent);
  else expect(CODES, said).toContain(code);
  expect(said).not.toMatch(/\n\s+at .*:\d+:\d+|is a bug/);
}
