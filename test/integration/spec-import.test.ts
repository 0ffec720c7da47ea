import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const OLD = '2026-03-06T14:30:00.000Z';
const at = (...parts: string[]): string => join(dir.path, ...parts);

const box = new Sandbox(dir.path);
rmSync(box.spec, { force: true });
box.files({
  'config.yaml': `volumes:
  laptop: {type: local, path: ${at('laptop')}}
  usb: {type: local, path: ${at('usb')}}
sync-endpoints:
  documents: {volume: laptop, subdir: Documents}
  copy: {volume: usb, subdir: documents, hard-link-snapshots: {enabled: true, max-snapshots: 5}}
syncs:
  documents: {source: documents, destination: copy}
`,
  // As the Python tool leaves them: empty sentinels, and a snapshot made by rsync -a.
  'laptop/.nbkp-vol': '',
  'laptop/Documents/.nbkp-src': '',
  'laptop/Documents/letter.txt': 'Dear reader',
  'usb/.nbkp-vol': '',
  'usb/documents/.nbkp-dst': '',
});
mkdirSync(at('usb/documents/snapshots', OLD), { recursive: true });
writeFileSync(at('usb/documents/snapshots', OLD, 'letter.txt'), 'Dear reader');
for (const copy of [at('laptop/Documents/letter.txt'), at('usb/documents/snapshots', OLD, 'letter.txt')]) {
  utimesSync(copy, 1_700_000_000, 1_700_000_000);
}
symlinkSync(`snapshots/${OLD}`, at('usb/documents/latest'));

describe('moving over from the Python tool', () => {
  it('writes a spec that is valid, and never over a file that is there', () => {
    const imported = box.nbkp('spec', 'import', at('config.yaml'), '--out', box.spec);
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining('nbkp plan --spec') as string });
    expect(imported.stderr).toContain('keep.last');
    expect(box.nbkp('spec', 'validate').code).toBe(0);
    const before = readFileSync(box.spec, 'utf8');
    const again = box.nbkp('spec', 'import', at('config.yaml'), '--out', box.spec);
    expect(again).toMatchObject({ code: 3, stderr: expect.stringContaining('file-exists') as string });
    expect(readFileSync(box.spec, 'utf8')).toBe(before);
  });

  it('takes over the snapshots that are there: the first run links and copies nothing', () => {
    const ran = box.nbkp('run', '--json');
    expect(ran.code, ran.stderr).toBe(0);
    const record = JSON.parse(ran.stdout) as RunRecord;
    expect(record.syncs.map(({ outcome }) => outcome)).toEqual(['succeeded']);
    const inode = (path: string): number => statSync(at('usb/documents', path, 'letter.txt')).ino;
    expect(inode('latest')).toBe(inode(`snapshots/${OLD}`));
    expect(readFileSync(at('usb/documents/latest/letter.txt'), 'utf8')).toBe('Dear reader');
  });

  it('answers in JSON that fits its schema, and prints nothing that is no TOML without --out', () => {
    const answer = box.nbkp('spec', 'import', at('config.yaml'), '--json');
    expect(schemaErrors('import', JSON.parse(answer.stdout))).toEqual([]);
    expect(box.nbkp('spec', 'import', at('config.yaml')).stdout).toBe(readFileSync(box.spec, 'utf8'));
  });

  it.each([
    ['that is not there', 'absent.yaml', 65, 'spec-unreadable'],
    ['of some other program', 'nbkp.toml', 65, 'import-foreign-file'],
  ])('refuses a file %s and writes nothing', (_, file, code, finding) => {
    const answer = box.nbkp('spec', 'import', at(file), '--out', at('new.toml'));
    expect(answer).toMatchObject({ code, stderr: expect.stringContaining(finding) as string });
    expect(existsSync(at('new.toml'))).toBe(false);
  });
});
