import { execFileSync } from 'node:child_process';
import { mkdirSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeExecutor, type Judge, type World } from 'nbkp/testkit';
import { makeBtrfs, type BtrfsMount } from '../../../test/support/btrfs.ts';
import { describeWithMounts } from '../../../test/support/requirements.ts';
import { treeOf } from '../../../test/support/tree.ts';
import { btrfsSend } from '../src/hook.ts';

const SENT = '2020-02-01T20:00:00.000Z';
const NEW = '2020-03-01T20:00:00.000Z';

/** Two snapshots at the source. The destination has received the first, or has nothing. */
function world(btrfs: () => BtrfsMount, past: 'sent' | 'nothing'): World {
  return {
    place: () => {
      const own = `${btrfs().path}/${past}`;
      mkdirSync(own, { recursive: true });
      return own;
    },
    prepared: true,
    spec: (root) => `version = 1
      volumes.hub.path = "${root}/hub"
      volumes.usb.path = "${root}/usb"
      [syncs.offsite]
      source = "hub:photos"
      destination = "usb:photos"
      transfer = "btrfs-send"
      snapshots.mode = "btrfs"`,
    make: (root) => {
      sh(MAKE, root, SENT, NEW);
      if (past === 'sent') sh(SEND, root, SENT);
      return judge(root, past);
    },
  };
}

const MAKE = `
  mkdir -p "$1"/hub/photos/snapshots "$1"/usb/photos/snapshots; cd "$1"/hub/photos
  btrfs -q subvolume create staging; mkdir -p staging/deep; echo one >staging/deep/1; echo two >staging/2
  btrfs -q subvolume snapshot -r staging snapshots/"$2"
  rm staging/2; echo three >"staging/3
3"; chmod 600 staging/deep/1; ln -s 3 staging/link
  btrfs -q subvolume snapshot -r staging snapshots/"$3"
  ln -s snapshots/"$3" latest; touch .nbkp-dst .nbkp-src ../.nbkp-vol ../../usb/.nbkp-vol ../../usb/photos/.nbkp-dst
  ln -s /dev/null ../../usb/photos/latest`;
const SEND = `cd "$1"; btrfs send -q hub/photos/snapshots/"$2" | btrfs receive -q usb/photos/snapshots
  ln -sfn snapshots/"$2" usb/photos/latest`;

function judge(root: string, past: 'sent' | 'nothing'): Judge {
  const [source, destination] = [`${root}/hub/photos`, `${root}/usb/photos`];
  const latest = (): string => readlinkSync(`${destination}/latest`);
  const whole = async (name: string): Promise<void> => {
    const [sent, kept] = [`${source}/snapshots/${name}`, `${destination}/snapshots/${name}`];
    expect(await treeOf(kept)).toEqual(await treeOf(sent));
    expect(sh('btrfs property get -ts "$1" ro', kept)).toBe('ro=true\n');
  };
  return {
    sound: async () => {
      const names = sh('ls "$1"/snapshots', destination)
        .split('\n')
        .filter((name) => name !== '');
      for (const name of names) await whole(name);
      if (past === 'sent') expect(names).toContain(SENT);
      expect([past === 'sent' ? `snapshots/${SENT}` : '/dev/null', `snapshots/${NEW}`]).toContain(latest());
    },
    finished: async () => {
      await whole(NEW);
      expect(latest()).toBe(`snapshots/${NEW}`);
      expect(sh('ls -A "$1"/snapshots', destination)).not.toContain('.partial-');
    },
  };
}

function sh(script: string, ...args: string[]): string {
  return execFileSync('sh', ['-ec', script, 'sh', ...args], { encoding: 'utf8' });
}

describeWithMounts('on btrfs', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs(600);
  });
  afterAll(() => btrfs.remove());

  const runner = { describe, it, beforeAll, afterAll };
  describeExecutor({ name: 'btrfs-send, incremental', executor: btrfsSend, world: world(() => btrfs, 'sent') }, runner);
  describeExecutor(
    { name: 'btrfs-send, the first time', executor: btrfsSend, world: world(() => btrfs, 'nothing') },
    runner,
  );
});
