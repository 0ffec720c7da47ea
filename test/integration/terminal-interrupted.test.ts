import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { freeze, isCopying, processesAbout, until } from '../support/running.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
subject.write({ file: '1' });
subject.run(0);
const terminal = new Terminal(subject.sandbox);

afterAll(async () => {
  terminal.close();
  await dir.remove();
});

describe('Ctrl-C in the middle of a transfer', () => {
  it.each([
    [1, 'It goes on from here with: nbkp apply'],
    [2, 'nbkp recover'],
    [3, 'nbkp recover'],
  ])('pressed %i times gives the prompt back below a whole message, and nothing goes on', async (times, message) => {
    subject.write({ [`z${times}`]: 'z'.repeat(8_000_000) });
    subject.respec({ mode: 'hard-link', sync: 'rsync.bandwidth = "1m"' });
    terminal.run('nbkp apply --yes');
    await until(() => isCopying(subject.destination, `z${times}`) && /transfer \d+ %/.test(terminal.screen()));
    // What hangs does not end gently, so that there is time for a second one; two that are pending at once would be one.
    if (times > 1) freeze(`${subject.destination}/`);
    terminal.press('C-c');
    if (times > 1) await terminal.shows('ending gently');
    for (let press = 1; press < times; press += 1) terminal.press('C-c');
    const { code, screen } = await terminal.ends();
    expect([code, screen.replaceAll(/\s+/g, ' ')]).toEqual([130, expect.stringContaining(message)]);
    expect(screen).not.toContain('bug');
    await until(() => processesAbout(subject.destination).length === 0);
  });
});
