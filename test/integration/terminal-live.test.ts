import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { isCopying, until } from '../support/running.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const subject = new Backup(join(dir.path, 'world'), { mode: 'none' });
let terminal: Terminal;

afterAll(() => dir.remove());
afterEach(() => terminal.close());

const COPYING = / \d+ %/;
const counts = (rows: readonly string[]): string[] => rows.filter((row) => row.includes('under way'));
const lanes = (rows: readonly string[]): string[] => rows.filter((row) => COPYING.test(row));

/** One file that takes its time. */
function slowly({ bandwidth = '1m', bytes = 60_000_000 } = {}): void {
  subject.respec({ mode: 'none', sync: `rsync.bandwidth = "${bandwidth}"` });
  subject.write({ slow: 's'.repeat(bytes) });
}

async function copying(command: string, bandwidth?: string): Promise<void> {
  slowly({ ...(bandwidth && { bandwidth }) });
  terminal.run(command);
  await until(() => isCopying(subject.destination, 'slow') && COPYING.test(terminal.screen()));
}

async function interrupted(): Promise<string[]> {
  terminal.press('C-c');
  expect((await terminal.ends()).code).toBe(130);
  return terminal.rows();
}

beforeEach(() => {
  for (const name of ['slow', '.rsync-partial'])
    rmSync(join(subject.destination, name), { recursive: true, force: true });
  terminal = new Terminal(subject.sandbox);
});

describe('live rows', () => {
  // tmux breaks rows anew, as VTE does; of its alternate screen, which stands for xterm here, it only shows less.
  it.each([
    ['breaks its rows anew', ''],
    ['cuts them off', 'tput smcup; '],
  ])('are there once, whatever the width of a terminal that %s', async (_what, before) => {
    await copying(`${before}seq 9; echo above; nbkp run --progress overall`);
    for (const columns of [60, 30, 100, 45]) {
      terminal.resize(columns);
      let last: string[] = [];
      await until(() => {
        const rows = terminal.rows();
        last = rows.slice(rows.lastIndexOf('above') + 1);
        return last.length === 2 && last.every((row) => row.length < columns);
      });
      expect([lanes(last), counts(last)]).toEqual([[last[0]], [last[1]]]);
    }
    const rows = await interrupted();
    expect([counts(rows), lanes(rows)]).toEqual([[], []]);
    expect(rows).toContain('above');
  });

  it('have the files that were copied above them with --progress full, and those alone with files', async () => {
    for (const [progress, below] of [
      ['full', 2],
      ['files', 1],
    ] as const) {
      rmSync(subject.destination, { recursive: true, force: true });
      subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
      subject.write({ a1: '1', a2: '2', a3: '3' });
      slowly();
      terminal.run(`nbkp run --progress ${progress}`);
      await until(() => counts(terminal.rows()).length === 1 && terminal.screen().includes('documents: a3'));
      const rows = terminal.rows();
      expect(rows.slice(0, 3)).toEqual(['documents: a1', 'documents: a2', 'documents: a3']);
      expect(rows).toHaveLength(3 + below);
      const ended = await interrupted();
      expect(ended.slice(0, 3)).toEqual(rows.slice(0, 3));
      expect(counts(ended)).toEqual([]);
    }
  });
});

describe('a transfer of more than 10 s', () => {
  it('has a bar with bytes of bytes, its rate and the time left, by sync and in all', async () => {
    await copying('LC_ALL=C NO_COLOR=1 nbkp apply --yes --progress overall', '2m');
    await terminal.shows(/^. \[#+-+\] .* of 57\.2 MiB, [\d.]+ MiB\/s, \d+ s left, 0 of 1 done/m);
    await terminal.shows(/^. documents {2}\[#+-+\] \d\d %, [\d.]+ MiB of 57\.2 MiB, [\d.]+ MiB\/s, \d+ s left/m);
    const screen = terminal.rows({ colours: true }).join('\n');
    // Neither colours nor signs beyond ASCII.
    expect(screen).toMatch(/^[ -~\n]*$/);
    terminal.resize(120);
    await terminal.shows(/^. \[#{3,}-+\] .* of 57\.2 MiB, .* left, 0 of 1 done, 1 under way, \d+ s$/m);
    expect(terminal.screen()).toMatch(/documents {2}\[#{3,}-+\] .* left$/m);
    await interrupted();
  });

  it('is told in lines where no row can be drawn anew', async () => {
    slowly({ bandwidth: '4m', bytes: 4_000_000 });
    terminal.run('TERM=dumb nbkp apply --yes');
    const { code, screen } = await terminal.ends();
    expect([code, screen]).toEqual([
      0,
      expect.stringContaining('documents: transfer begins\ndocuments: transfer done in'),
    ]);
    expect(terminal.rows({ colours: true }).join('\n')).not.toContain('\u001b');
  });
});
