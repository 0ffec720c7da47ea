import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasSystemd, lingers, presentFiles, removeFiles, writeFiles } from '../../../src/store/schedule.ts';
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

it('the files of a schedule are those of its name, in the folders that are there', () => {
  const own = ['nbkp.timer', 'nbkp.service', '90-nbkp.rules', 'nbkp-plugged-usb.service'];
  const foreign = ['nbkp-docs.timer', '90-nbkp-docs.rules', 'nbkp-plugged-usb.timer', 'x-nbkp-plugged-usb.service'];
  for (const name of [...own, ...foreign]) writeFileSync(at(name), `text of ${name}`);
  const found = presentFiles('nbkp', [dir.path, at('missing')]);
  if (!found.ok) throw new Error('they cannot be read');
  expect(found.value.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
    own.toSorted().map((name) => ({ path: at(name), text: `text of ${name}` })),
  );
});

it('the timer comes last, and what cannot be written keeps it from being written', () => {
  const files = ['a/nbkp.timer', 'a/nbkp.service', 'b/90-nbkp.rules'].map((name) => ({ path: at(name), text: name }));
  expect(writeFiles(files)).toMatchObject({ ok: true });
  for (const { path, text } of files) expect(readFileSync(path, 'utf8')).toBe(text);
  writeFileSync(at('c'), '');
  const refused = writeFiles(
    [...files, { path: at('c/x.service'), text: '' }].map((each) => ({ ...each, text: 'new' })),
  );
  expect(refused).toMatchObject({ ok: false, findings: [{ code: 'file-unwritable' }] });
  expect(readFileSync(at('a/nbkp.timer'), 'utf8')).toBe('a/nbkp.timer');
  expect(readFileSync(at('a/nbkp.service'), 'utf8')).toBe('new');
});

it('nobody lingers whom nobody has asked to', () => {
  expect(lingers('nobody-of-that-name')).toBe(false);
  expect(typeof hasSystemd()).toBe('boolean');
});
