import { mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { InstalledNbkp } from '../support/installed-nbkp.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { treeOf } from '../support/tree.ts';

const packageOf = (name: string): string => fileURLToPath(new URL(`../../packages/${name}`, import.meta.url));

let dir: TempDir;
let installed: InstalledNbkp;

beforeAll(async () => {
  dir = await makeTempDir();
  installed = new InstalledNbkp(dir.path);
  for (const name of ['notify', 'btrfs-send']) succeed('plugins', 'install', installed.pack(packageOf(name)));
  mkdirSync(join(dir.path, 'laptop/photos'), { recursive: true });
  writeFileSync(join(dir.path, 'laptop/photos/1.jpg'), 'one');
});
afterAll(() => dir.remove());

function succeed(...words: string[]): string {
  const { status, stdout, stderr } = installed.nbkp(...words);
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}

const spec = (...lines: string[]): void =>
  writeFileSync(
    join(dir.path, 'nbkp.toml'),
    ['version = 1', `volumes.laptop.path = "${dir.path}/laptop"`, ...lines].join('\n'),
  );

describe('executors that are packed and installed into the packed nbkp', () => {
  it('are listed with where they come from', () => {
    const list = succeed('executors');
    expect(list).toContain('nbkp-notify@1.0.0');
    expect(list).toContain('nbkp-btrfs-send@1.0.0');
  });

  it('are part of the schema that editors complete by', () => {
    expect(JSON.stringify(JSON.parse(succeed('spec', 'schema')))).toMatch(
      /healthchecks.*compressed-data|compressed-data.*healthchecks/,
    );
  });

  it('tell how a run went', () => {
    mkdirSync(join(dir.path, 'usb'));
    spec(
      `volumes.usb.path = "${dir.path}/usb"`,
      'syncs.photos = { source = "laptop:photos", destination = "usb:photos" }',
      // A port on which nothing listens: what comes of it is a warning of the step, and the run is what it is.
      '[[notify.to]]\nkind = "webhook"\nurl = "http://127.0.0.1:1/"\non = ["success"]',
    );
    succeed('prepare', '--yes');
    expect(succeed('run')).toContain('nothing listens there');
  });
});

describeWithMounts('btrfs-send, packed and installed into the packed nbkp', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());

  it('replicates snapshots', async () => {
    const [hub, usb] = ['hub', 'usb'].map((name) => join(btrfs.path, name));
    for (const folder of [hub, usb]) mkdirSync(folder ?? '');
    spec(
      `volumes.hub.path = "${hub ?? ''}"\nvolumes.usb.path = "${usb ?? ''}"`,
      'syncs.photos = { source = "laptop:photos", destination = "hub:photos", snapshots.mode = "btrfs" }',
      '[syncs.offsite]\nsource = "hub:photos"\ndestination = "usb:photos"\ntransfer = "btrfs-send"\nsnapshots.mode = "btrfs"',
    );
    succeed('prepare', '--yes');
    succeed('run');
    const [sent, kept] = [hub, usb].map((folder = '') =>
      join(folder, 'photos', readlinkSync(join(folder, 'photos/latest'))),
    );
    expect(await treeOf(kept ?? '')).toEqual(await treeOf(sent ?? ''));
  });
});
