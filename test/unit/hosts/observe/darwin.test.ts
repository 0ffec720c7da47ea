import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountTable } from '../../../../src/hosts/observe/mounts.ts';
import { DARWIN } from '../../../../src/hosts/observe/systems/darwin.ts';
import { makeTempDir, type TempDir } from '../../../support/tempdir.ts';

/*
 * There is no macOS here: stand-ins answer in the words of its manuals. They show that the words are understood, not that macOS
 * says them.
 */
const MOUNT = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
/dev/disk4s1 on /Volumes/My "Stick" on (2) (msdos, local, nodev, nosuid, noowners)
`;
const STAND_INS = `
mount() { cat mount; }
pmset() { cat power; }
df() { shift 2; cat room; }
stat() {
  case $3 in
    / | /dev*) echo 11 ;;
    /System/Volumes/Data/home) echo 13 ;;
    */users | */volumes | /System/Volumes/Data) echo 12 ;;
    *Stick*) echo 14 ;;
  esac
}
`;

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
  for (const name of ['users', 'volumes']) mkdirSync(join(dir.path, name));
  const links = ['users', 'volumes', 'none'].map((name) => `${dir.path}/${name}\t${name}\n`);
  writeFileSync(join(dir.path, 'firmlinks'), links.join(''));
  writeFileSync(join(dir.path, 'mount'), MOUNT);
});
afterEach(() => dir.remove());

function said(question: string, ...shell: string[]): string {
  const functions = DARWIN.functions.replace('/usr/share/firmlinks', join(dir.path, 'firmlinks'));
  const [program = 'sh', ...words] = shell;
  return execFileSync(program, [...words, '-c', `${STAND_INS}\n${functions}\n${question}`], {
    cwd: dir.path,
    encoding: 'utf8',
  });
}

describe('macOS, as its manuals tell', () => {
  it.each([['dash'], ['bash', '--posix'], ['bash']])('has a mount table, under %s %s', (...shell) => {
    const table = mountTable(said('mount_lines', ...shell));
    expect(table.of('/etc')).toMatchObject({ target: '/', source: '/dev/disk3s1s1', fsType: 'apfs', options: ['ro'] });
    expect(table.of(`${dir.path}/users/ada`)).toEqual({
      target: `${dir.path}/users`,
      source: `/dev/disk3s5[${dir.path}/users]`,
      fsType: 'apfs',
      uuid: null,
      options: ['rw'],
    });
    expect(table.of('/System/Volumes/Data/home/x')).toMatchObject({ source: 'map auto_home', fsType: 'autofs' });
    expect(table.of('/Volumes/My "Stick" on (2)/docs')).toMatchObject({ source: '/dev/disk4s1', fsType: 'vfat' });
    expect(table.of('/Volumes/My')).toMatchObject({ target: '/' });
    const [stick, ...others] = table.below('/Volumes');
    expect([stick?.device, others]).toEqual(['14', []]);
  });

  it('tells room from what df(1) says, whatever the name of a file system is', () => {
    writeFileSync(
      join(dir.path, 'room'),
      `Filesystem     1024-blocks      Used Available Capacity  Mounted on
devfs                  190       190         0   100%    /dev
map auto_home 3            0         0         0   100%    /System/Volumes/Data/home
/dev/disk3s5     239362496 190000000  41000000    83%    /System/Volumes/Data
`,
    );
    expect(said('room_lines x').trim().split('\n')).toEqual([
      '0 190 0 0 1024 devfs',
      '0 0 0 0 1024 map auto_home 3',
      '41000000 239362496 0 0 1024 /dev/disk3s5',
    ]);
  });

  it.each([
    ["Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t97%; charging; 0:40 remaining present: true", 'P'],
    ["Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t63%; discharging", 'B'],
  ])('tells battery from power in %j', (text, letter) => {
    writeFileSync(join(dir.path, 'power'), text);
    expect(said('power; echo "$conditions"')).toBe(`${letter}\n`);
  });
});
