import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PAGE = fileURLToPath(new URL('../../man/nbkp.1', import.meta.url));
const manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../oclif.manifest.json', import.meta.url)), 'utf8'),
) as { commands: Record<string, { hidden?: boolean }> };

describe('the manual page', () => {
  it('has nothing that mandoc warns of', () => {
    const { stdout, stderr } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', PAGE], { encoding: 'utf8' });
    const known = /missing date|cannot parse date/;
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !known.test(line))).toEqual([]);
  });

  it('has every command, with what has to be typed as it has to be typed', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'utf8', PAGE], { encoding: 'utf8' });
    const text = stdout.replace(/.\u0008/g, '');
    const visible = Object.entries(manifest.commands).filter(([, { hidden }]) => hidden !== true);
    for (const [id] of visible) expect(text).toContain(`nbkp ${id.replaceAll(':', ' ')}`);
    expect(text).toContain('--allow-destructive');
  });
});
