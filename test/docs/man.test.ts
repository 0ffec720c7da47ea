import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Command {
  hidden?: boolean;
  exitCodes: [code: number, meaning: string][];
  args: Record<string, { label: string }>;
  flags: Record<string, { summary?: string; allowNo?: boolean; char?: string }>;
}

const PAGE = fileURLToPath(new URL('../../man/nbkp.1', import.meta.url));
const SPEC_PAGE = fileURLToPath(new URL('../../man/nbkp.toml.5', import.meta.url));
const manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../oclif.manifest.json', import.meta.url)), 'utf8'),
) as { commands: Record<string, Command> };

describe('the manual page', () => {
  it.each([PAGE, SPEC_PAGE])('has nothing that mandoc warns of: %s', (page) => {
    const { stdout, stderr } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', page], { encoding: 'utf8' });
    const known = /missing date|cannot parse date/;
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !known.test(line))).toEqual([]);
  });

  it('names in the exit codes of a command only flags that it has', () => {
    for (const [id, { exitCodes, flags }] of Object.entries(manifest.commands)) {
      const named = exitCodes.flatMap(([, meaning]) =>
        [...meaning.matchAll(/--([a-z-]+)/g)].map(([, flag = '']) => flag),
      );
      expect([id, named.filter((flag) => !(flag in flags))]).toEqual([id, []]);
    }
  });

  it('says what each flag is that can be given with no- before it, and what holds without it', () => {
    for (const [id, { flags }] of Object.entries(manifest.commands)) {
      for (const flag of Object.values(flags).filter(({ allowNo }) => allowNo === true))
        expect([id, flag.summary]).toEqual([id, expect.stringMatching(/default|Without it/)]);
    }
  });

  it('has arguments as they are typed', () => {
    expect(manifest.commands['restore']?.args['sync']).toMatchObject({ label: 'SYNC[@SNAPSHOT]' });
    expect(spawnSync('mandoc', ['-T', 'utf8', PAGE], { encoding: 'utf8' }).stdout.replace(/.\u0008/g, '')).toContain(
      '$ nbkp restore [SYNC[@SNAPSHOT]] [PATH...] --to=DIR [FLAGS]',
    );
  });

  it('has exit codes and variables, and no letter with two meanings', () => {
    const text = spawnSync('mandoc', ['-T', 'utf8', PAGE], { encoding: 'utf8' }).stdout.replace(/.\u0008/g, '');
    expect(text).toMatch(/EXIT STATUS\n +0 +done.* 130 .*ENVIRONMENT\n +NBKP_SPEC.*NO_COLOR.*FORCE_COLOR/s);
    const reserved = { c: 'spec', q: 'quiet', v: 'verbose', n: 'dry-run', y: 'yes', s: 'only' } as Record<
      string,
      string
    >;
    for (const [id, { flags }] of Object.entries(manifest.commands)) {
      for (const [name, { char = '' }] of Object.entries(flags)) {
        expect([id, char, reserved[char] ?? name]).toEqual([id, char, name]);
      }
    }
  });

  it('has every command, with what has to be typed as it has to be typed', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'utf8', PAGE], { encoding: 'utf8' });
    const text = stdout.replace(/.\u0008/g, '');
    const visible = Object.entries(manifest.commands).filter(([, { hidden }]) => hidden !== true);
    for (const [id] of visible) expect(text).toContain(`nbkp ${id.replaceAll(':', ' ')}`);
    expect(text).toContain('--allow-destructive');
  });

  it('has every key of the spec, with what it is for', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'utf8', SPEC_PAGE], { encoding: 'utf8' });
    const text = stdout.replace(/.\u0008/g, '');
    const { properties, definitions } = JSON.parse(
      readFileSync(fileURLToPath(new URL('../../schemas/spec.schema.json', import.meta.url)), 'utf8'),
    ) as Record<'properties' | 'definitions', Record<string, { properties?: object }>>;
    const tables = [{ properties }, ...Object.values(definitions)].filter((each) => each.properties !== undefined);
    const keys = tables.flatMap((table) => Object.keys(table.properties ?? {}));
    const missing = keys.filter((key) => !new RegExp(`^ +${key}(?: |$)`, 'm').test(text));
    expect(missing).toEqual([]);
    expect(text).toContain('Where to copy from: VOLUME or VOLUME:SUBDIR.');
  });
});
