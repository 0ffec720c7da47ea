import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KillAt } from '../support/kill-at.ts';
import { Sandbox } from '../support/sandbox.ts';
import { SpecScript } from '../support/spec-script.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree, treeOf } from '../support/tree.ts';

let dir: TempDir;
let sandbox: Sandbox;

const at = (path: string): string => join(sandbox.root, path);
const snapshots = (): string[] => readdirSync(at('usb/documents/snapshots')).sort();
const copied = (name: string): Promise<string[]> => treeOf(at(`usb/documents/${name}`));

beforeAll(async () => {
  dir = await makeTempDir();
  sandbox = new Sandbox(join(dir.path, 'world'));
  for (const folder of ['laptop/documents', 'usb']) mkdirSync(at(folder), { recursive: true });
  sandbox.writeSpec(`version = 1
[volumes.laptop]
path = "${sandbox.root}/laptop"
[volumes.usb]
path = "${sandbox.root}/usb"
[syncs.documents]
source = "laptop:documents"
destination = "usb:documents"
snapshots = { mode = "hard-link", keep = { last = 2 } }
`);
  growTree(at('laptop/documents'));
  expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
});
afterAll(() => dir.remove());

it('makes good, after kill -9 at any of its commands, what the next one finds', { timeout: 600_000 }, async () => {
  const script = new SpecScript(sandbox);
  expect(script.run(['dash']).code).toBe(0);
  expect(script.run(['dash']).code).toBe(0);
  sandbox.files({ 'laptop/documents/new': 'new' });
  sandbox.save();
  const killing = new KillAt(
    join(dir.path, 'killing'),
    execFileSync('readlink', ['-f', '/usr/bin/dash'], { encoding: 'utf8' }).trim(),
  );
  const run = (number: number) => script.runWith(killing.environment(number), ['dash']);
  expect(run(0).code).toBe(0);
  const total = killing.count();
  expect(total).toBeGreaterThan(8);
  for (let number = 1; number <= total; number += 1) {
    sandbox.reset();
    run(number);
    for (const name of snapshots().filter((each) => !each.startsWith('.'))) {
      // Whatever bears a name is whole.
      expect(existsSync(at(`usb/documents/snapshots/${name}/empty`)), `${name} after ${number}`).toBe(true);
    }
    const next = script.run(['dash']);
    expect(next, `after ${number}`).toMatchObject({ code: 0 });
    const left = [...readdirSync(at('usb/documents')), ...snapshots()];
    expect(
      left.filter((name) => /^\.(?:nbkp-latest|partial|prune)/.test(name)),
      `after ${number}`,
    ).toEqual([]);
    // One that had its name, and that latest did not name yet, counts from the next run on.
    expect(script.run(['dash']).code).toBe(0);
    expect(snapshots().length, `after ${number}`).toBe(2);
    expect(await copied(readlinkSync(at('usb/documents/latest')))).toEqual(
      await copied(`snapshots/${snapshots().at(-1) ?? ''}`),
    );
    expect(await copied(`snapshots/${snapshots().at(-1) ?? ''}`)).toEqual(await treeOf(at('laptop/documents')));
  }
});
