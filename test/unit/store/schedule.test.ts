import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { presentFiles, removeFiles } from '../../../src/store/schedule.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
const at = (name: string): string => join(dir.path, name);

beforeEach(async () => {
  dir = await makeTempDir();
});

afterEach(() => dir.remove());

it('a file of a schedule that cannot be removed keeps none of the others, and one that is gone is no failure', () => {
  mkdirSync(at('nbkp.service'));
  for (const name of ['nbkp.timer', '90-nbkp.rules']) writeFileSync(at(name), '');
  const names = ['gone.timer', 'nbkp.service', 'nbkp.timer', '90-nbkp.rules'];
  const removed = removeFiles(names.map((name) => ({ path: at(name), text: '' })));
  expect(removed).toMatchObject({ ok: false, findings: [{ code: 'file-unwritable' }] });
  expect(removed.findings).toHaveLength(1);
  expect(removed.findings[0]?.message).toContain('nbkp.service');
  expect(readdirSync(dir.path)).toEqual(['nbkp.service']);
});

it('a folder of units that cannot be read is told as one', () => {
  writeFileSync(at('units'), '');
  expect(presentFiles('nbkp', [at('units'), at('missing')])).toMatchObject({
    ok: false,
    findings: [{ code: 'units-unreadable', message: expect.stringContaining(at('units')) as string }],
  });
});
