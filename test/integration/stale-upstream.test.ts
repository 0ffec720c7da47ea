import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());
const box = new Sandbox(dir.path);
const at = (name: string): string => join(dir.path, name);

it('says in summary and record that a chain copied old data, since what fills it was not here', () => {
  box.files({ 'stick/letter': 'Dear reader', 'hub/.keep': '', 'usb/.keep': '' });
  box.writeSpec(`version = 1
volumes.stick.path = "${at('stick')}"
volumes.hub.path = "${at('hub')}"
volumes.usb.path = "${at('usb')}"
[syncs.first]
source = "stick"
destination = "hub:copy"
snapshots.mode = "hard-link"
[syncs.second]
source = "hub:copy"
destination = "usb:copy"
`);
  expect(box.nbkp('prepare', '--yes').code).toBe(0);
  const fresh = box.nbkp('run', '--json');
  expect(fresh.code, fresh.stderr).toBe(0);
  expect(fresh.stdout).not.toContain('stale-upstream');
  renameSync(at('stick'), at('away'));
  const told = box.nbkp('run');
  expect(told.code, told.stderr).toBe(0);
  expect(told.stdout).toMatch(/second \(succeeded\)\n +warning\[stale-upstream\]: second copies what first left/);
  const record = JSON.parse(box.nbkp('run', '--json').stdout) as RunRecord;
  expect(record.syncs.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['first', 'skipped'],
    ['second', 'succeeded'],
  ]);
  expect(record.findings).toContainEqual(expect.objectContaining({ code: 'stale-upstream', sync: 'second' }));
});
