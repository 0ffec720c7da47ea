import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { KillAt } from '../support/kill-at.ts';
import { Sandbox } from '../support/sandbox.ts';
import { SpecScript } from '../support/spec-script.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree, treeOf } from '../support/tree.ts';

/** Of the commands of a script with a server. */
const STRIDE = 9;

let dir: TempDir;
let sandbox: Sandbox;

const at = (path: string): string => join(sandbox.root, path);
const snapshots = (): string[] => readdirSync(at('usb/documents/snapshots')).sort();
/** Counts what a script starts. */
const killer = (folder: string): KillAt =>
  new KillAt(folder, execFileSync('readlink', ['-f', '/usr/bin/dash'], { encoding: 'utf8' }).trim());
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
  const killing = killer(join(dir.path, 'killing'));
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
    if (snapshots().length > 2) expect(script.run(['dash']).code).toBe(0);
    expect(snapshots().length, `after ${number}`).toBe(2);
    expect(await copied(readlinkSync(at('usb/documents/latest')))).toEqual(
      await copied(`snapshots/${snapshots().at(-1) ?? ''}`),
    );
    expect(await copied(`snapshots/${snapshots().at(-1) ?? ''}`)).toEqual(await treeOf(at('laptop/documents')));
  }
});

describeWithNetwork('the script of a spec with a server', () => {
  let lab: LaptopAndServer;

  beforeAll(async () => {
    lab = await LaptopAndServer.start();
    mkdirSync(join(lab.laptop.home, 'documents'));
    growTree(join(lab.laptop.home, 'documents'));
    await lab.hub.must('mkdir ~/backups');
    lab.sandbox.writeSpec(`version = 1
[ssh.hub]
host = "hub.road"
[volumes.laptop]
path = "~"
[volumes.hub]
ssh = "hub"
path = "~/backups"
[syncs.documents]
source = "laptop:documents"
destination = "hub:documents"
snapshots = { mode = "hard-link", keep = { last = 2 } }
`);
    expect(lab.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
  });
  afterAll(() => lab.stop());

  // The same functions make the same good there, and each of these takes a connection or two: what is new is that something
  // of the killed one may go on at the server, which has the lock as long as it writes.
  it(`makes good, after kill -9 at every ${STRIDE}th of its commands, what the next one finds there`, async () => {
    const script = new SpecScript(new Sandbox(lab.laptop.folder, lab.laptop.enter));
    expect([script.run(['dash']).code, script.run(['dash']).code]).toEqual([0, 0]);
    const [documents, backups] = [join(lab.laptop.home, 'documents'), join(lab.hub.home, 'backups')];
    writeFileSync(join(documents, 'new'), 'new');
    execFileSync('cp', ['-a', backups, `${backups}-saved`]);
    const killing = killer(join(lab.laptop.folder, 'killing'));
    const run = (number: number) => script.runWith(killing.environment(number), ['dash']);
    expect(run(0).code).toBe(0);
    const total = killing.count();
    expect(total).toBeGreaterThan(2 * STRIDE);
    const named = (): string[] =>
      readdirSync(join(backups, 'documents/snapshots')).filter((name) => !name.startsWith('.'));
    for (let number = STRIDE; number <= total; number += STRIDE) {
      execFileSync('rm', ['-rf', backups]);
      execFileSync('cp', ['-a', `${backups}-saved`, backups]);
      run(number);
      for (const name of named()) expect(existsSync(join(backups, 'documents/snapshots', name, 'empty'))).toBe(true);
      await vi.waitFor(() => expect(script.run(['dash']), `after ${number}`).toMatchObject({ code: 0 }), {
        timeout: 120_000,
      });
      const left = ['', 'snapshots'].flatMap((folder) => readdirSync(join(backups, 'documents', folder)));
      expect(
        left.filter((name) => /^\.(?:nbkp-latest|partial|prune)/.test(name)),
        `after ${number}`,
      ).toEqual([]);
      expect(readlinkSync(join(backups, 'documents/latest'))).toBe(`snapshots/${named().sort().at(-1)}`);
      expect(await treeOf(join(backups, 'documents/latest/'))).toEqual(await treeOf(documents));
    }
  });
});
