import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

const README = readFileSync('README.md', 'utf8');
const dir = await makeTempDir();
const box = new Sandbox(join(dir.path, 'account'));
box.files({
  'home/Documents/Letters/one': '1',
  'home/Documents/2025-tax.pdf': 'tax',
  'usb/.keep': '',
});
const plain = new Terminal(box, { env: { LANG: 'C', LC_ALL: 'C', NO_COLOR: '1' } });

afterAll(async () => {
  plain.close();
  await dir.remove();
});

/** The spec of the page, for a drive that is a folder here. */
function specOf(page: string): string {
  const [, spec = ''] = /^```toml\n(version = 1\n[^]*?)^```$/m.exec(page) ?? [];
  return spec.replace('/media/ada/usb', join(box.root, 'usb')).replace(/^mount\.device-uuid.*\n/m, '');
}

/** The commands below "Then:", with the day that is today. */
function commandsOf(page: string): string[] {
  const [, script = ''] = /^Then:\n\n```sh\n([^]*?)^```$/m.exec(page) ?? [];
  const today = new Date().toISOString().slice(0, 10);
  return script
    .trim()
    .split('\n')
    .map((line) =>
      line
        .replace(/ +# .*/, '')
        .replace(/@\d{4}-\d\d-\d\d/, `@${today.slice(0, 4)}`)
        .replace('/tmp/restored', join(box.root, 'restored')),
    );
}

describe('README.md', () => {
  it('has a first backup that happens when it is typed at 80 columns, in ASCII and without colours', async () => {
    box.writeSpec(specOf(README));
    const commands = commandsOf(README);
    expect(commands.map((command) => command.split(' ')[1])).toEqual([
      ...['prepare', 'plan', 'apply', 'status', 'find', 'restore'],
    ]);
    for (const command of commands) {
      plain.run(command);
      const { code } = await plain.endsAfterYes();
      const rows = plain.rows({ colours: true });
      expect([command, code, rows.join('\n')]).toEqual([command, 0, expect.stringMatching(/^[ -~\n]*$/)]);
    }
    expect(readFileSync(join(box.root, 'restored/Letters/one'), 'utf8')).toBe('1');
  });

  it('has the same in pipes', () => {
    for (const words of [['plan'], ['status'], ['find', '*tax*'], ['history'], ['check'], ['snapshots', 'list']]) {
      const { code, stdout, stderr } = box.nbkpWith({ LANG: 'C' }, ...words);
      expect([words, code, stdout + stderr]).toEqual([words, 0, expect.stringMatching(/^[ -~\n]+$/)]);
      const long = stdout.split('\n').filter((line) => line.length > 100);
      expect([words, long]).toEqual([words, []]);
    }
  });
});
