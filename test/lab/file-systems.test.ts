import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import type { VerifyDocument } from '../../src/planner/model/verification.ts';
import { hfsPlusImage } from '../support/hfs-plus.ts';
import { MAKE_ODD_TREE } from '../support/odd-tree.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

/** So that nothing comes from what the kernel remembers of them, but from the drives. */
const UNMOUNT = 'for name in mac flash stick; do ! mountpoint -q /run/d/$name || umount /run/d/$name; done';
/** HFS+ as udisks mounts it. */
const MOUNT = `${UNMOUNT}
mount -t hfsplus -o loop,uid=0,gid=0,nls=utf8 /run/mac.img /run/d/mac
mount -t f2fs -o loop /run/flash.img /run/d/flash
mount -t vfat -o loop,utf8 /run/stick.img /run/d/stick
`;

/** The volumes that `init` does not write, and what is copied there. A file of 4 GiB is for FAT alone, which lists it. */
const MORE = `
cat >>~/.config/nbkp/nbkp.toml <<END
filters = [{ exclude = "movie" }]
[volumes.mac]
path = "/run/d/mac"
snapshots.mode = "hard-link"
[volumes.stick]
path = "/run/d/stick"
[syncs.mac]
source = "photos"
destination = "mac:photos"
filters = [{ exclude = "movie" }]
[syncs.stick]
source = "photos"
destination = "stick:photos"
END
sed -i '/^policy.max-change/d' ~/.config/nbkp/nbkp.toml
`;

/** The kernel's zone, as timedatectl(1) sets it. The first call that names one moves the clock (settimeofday(2)). */
const zone = (minutesWest: number): string =>
  `perl -e 'for my $west (0, ${minutesWest}) { syscall(164, 0, pack("l2", $west, 0)) == 0 or die $! }'`;

const TOLD = {
  mac: ['entries-left-out', 'times-not-held'],
  photos: [],
  stick: ['entries-left-out', 'times-not-held'],
};

describeInLab('drives with FAT, HFS+ and F2FS', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await Machine.start();
  });
  afterAll(() => machine.stop());

  /** Files that each sync copied, when it told just what the table promises. */
  async function run(by: string): Promise<Record<string, number>> {
    const said = await machine.must(`export HOME=/home/ada ${by}; ${MOUNT} nbkp run --json || [ $? = 1 ]`);
    const { syncs, steps } = JSON.parse(said) as RunRecord;
    const told = (name: string) =>
      steps.flatMap(({ id, findings }) => (id === `transfer:${name}` ? findings.map(({ code }) => code) : []));
    expect(Object.fromEntries(syncs.map(({ name }) => [name, told(name)]))).toEqual(TOLD);
    return Object.fromEntries(syncs.map(({ name, files }) => [name, files]));
  }

  it('hold of a tree of every odd thing what the table promises, wherever their owner travels', async () => {
    writeFileSync(join(machine.folder, 'mac.img'), hfsPlusImage(8192, 'Mac'));
    writeFileSync(join(machine.folder, 'odd'), MAKE_ODD_TREE);
    await machine.must(`
      modprobe -a hfsplus f2fs vfat ext4
      mkdir -p /run/d/mac /run/d/flash /run/d/stick /home/ada; cp /run/lab/mac.img /run/mac.img
      truncate -s 64M /run/flash.img /run/ada.img; truncate -s 40M /run/stick.img
      mkfs.f2fs -q /run/flash.img >/dev/null; mkfs.vfat --mbr=n /run/stick.img >/dev/null; mkfs.ext4 -q /run/ada.img
      mount /run/ada.img /home/ada; export HOME=/home/ada; mkdir ~/Photos; cd ~/Photos; . /run/lab/odd; truncate -s 4G movie
      touch -d '2026-07-01 12:00:01' summer; touch -d '2026-12-31 12:00:03' winter
      ${MOUNT}
      nbkp init --to /run/d/flash --source ~/Photos --no-excludes --yes >/dev/null
      ${MORE}
      nbkp prepare --yes`);
    expect(await run('TZ=Europe/Paris')).toEqual({ mac: 23, photos: 27, stick: 13 });
    // A snapshot on HFS+ has a copy of its own of what is from 2150.
    expect(await run('TZ=America/Los_Angeles')).toEqual({ mac: 1, photos: 0, stick: 0 });

    const said = await machine.must(`export HOME=/home/ada; ${MOUNT} nbkp verify --json`);
    const verified = (JSON.parse(said) as VerifyDocument).syncs.map(({ name, counts }) => [name, counts]);
    // HFS+ gives a composed name back.
    expect(Object.fromEntries(verified)).toMatchObject({
      mac: { bad: 0, unknown: 1 },
      photos: { bad: 0, unknown: 0 },
      stick: { bad: 0, unknown: 0 },
    });

    const restored = await machine.must(`export HOME=/home/ada; cd /home/ada
      list() { (cd "$1" && find . -mindepth 1 ! -type d ! -name '.nbkp-*' ! -name movie -printf "$2" | sort); }
      for name in photos mac stick; do nbkp restore $name --to ~/back/$name --yes >/dev/null; done
      diff <(list Photos '%p %y %m %U %n %l %s %Ts\\n') <(list back/photos '%p %y %m %U %n %l %s %Ts\\n')
      gone='Readme|photos/b|bad|/far |\\xc3\\xbc |u\\xcc\\x88'
      kept() { list "$1" '%p %y %m %n %l %s %Ts\\n' | LC_ALL=C grep -avP "$gone"; }
      diff <(kept Photos) <(kept back/mac)
      diff <(cd Photos; cat key sea old far summer) <(cd back/stick; cat key sea old far summer)
      echo alike`);
    expect(restored).toBe('alike');

    // What the kernel takes for local time moves all times on FAT, as docs/file-systems.md says.
    // Unmounted before: times of files that were read are written then, as that time of the kernel's.
    await machine.must(`${UNMOUNT}; ${zone(300)}`);
    expect(await run('TZ=America/New_York')).toMatchObject({ mac: 1, photos: 0, stick: 11 });
    expect(await run('TZ=America/New_York')).toMatchObject({ mac: 1, photos: 0, stick: 0 });
  });
});
