import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/new-drive.md', import.meta.url)), 'utf8');

/** Headings of the page whose commands are for one kind of drive alone. */
const SECTIONS = {
  ext4: ['ext4', 'ext4 and btrfs', 'Encrypted', 'Every drive'],
  btrfs: ['btrfs', 'ext4 and btrfs', 'Encrypted', 'Every drive'],
  exFAT: ['exFAT', 'Every drive'],
};

/** The commands of the page for a kind of drive, in order; those of its last section are alike for all. */
function commandsFor(kind: keyof typeof SECTIONS): string[] {
  const [unplugging = '', ...sections] = PAGE.split(/^(?=##)/m).toReversed();
  const parts = [...sections.toReversed(), ...(kind === 'ext4' ? [unplugging] : [])];
  return parts.flatMap((part) => {
    const [, only] = /^### (.*)$/m.exec(part) ?? [];
    if (only !== undefined && !SECTIONS[kind].includes(only)) return [];
    return [...part.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
  });
}

/**
 * What a person answers. Everything else is real, but for: root needs no sudo; keys that are made fast; and exFAT, which the
 * kernel of the lab has only through FUSE.
 */
const PERSON = `
export USER=root HOME=/home/ada
sudo() { "$@"; }
cryptsetup() {
  case $1 in
    luksFormat) printf %s secret | command cryptsetup -q --pbkdf pbkdf2 --pbkdf-force-iterations 1000 "$@" - ;;
    open) printf %s secret | command cryptsetup "$@" ;;
    *) command cryptsetup "$@" ;;
  esac
}
udisksctl() {
  case $1 in
    unlock) printf %s secret | command udisksctl "$@" --key-file /dev/stdin --no-user-interaction ;;
    mount) until_udisks_knows "$3" && command udisksctl "$@" ;;
    *) command udisksctl "$@" ;;
  esac
}
install() { echo secret | command install "$@"; }
nbkp() {
  case $1 in
    init) command nbkp "$@" --source ~/Documents --no-excludes --yes ;;
    prepare | apply) command nbkp "$@" --yes ;;
    volumes) command nbkp "$@" --yes ;;
    *) command nbkp "$@" ;;
  esac
}
modprobe fuse
[ -e /usr/sbin/mount.exfat ] || ln -s mount.exfat-fuse /usr/sbin/mount.exfat
`;

describeInLab('docs/new-drive.md', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await Machine.start();
    await machine.must('mkdir -p /home/ada/Documents; echo dear >/home/ada/Documents/letter');
  });
  afterAll(() => machine.stop());

  it.each(['ext4', 'btrfs', 'exFAT'] as const)('leads from a blank drive to a backup: %s', async (kind) => {
    const commands = commandsFor(kind);
    expect(commands.at(-1)).toBe(kind === 'ext4' ? 'nbkp run' : 'nbkp apply');
    const device = await machine.must(`rm -rf /home/ada/.config; make_drive ${kind} 300M; plug ${kind}`);
    // A person types slowly: udev has told everybody about a drive by then.
    const typed = commands.map((line) => `${line.replaceAll('/dev/sdX', device)}\nudevadm settle\n`);
    const shown = await machine.must(`${PERSON}${typed.join('')}`);
    const spec = await machine.must('cat /home/ada/.config/nbkp/nbkp.toml');
    // What is unlocked is named by its container: otherwise it would stay unlocked, and unsafe to unplug.
    const uuid = await machine.must(`blkid -p -s UUID -o value ${device}1`);
    expect(spec).toContain(`device-uuid = "${uuid}"`);
    expect(spec.includes('type = "luks"')).toBe(kind !== 'exFAT');
    if (kind === 'ext4') {
      expect(shown).toContain('closed: safe to unplug');
      expect(await machine.must('ls /dev/mapper')).toBe('control');
      await machine.must(
        `printf secret | udisksctl unlock -b ${device}1 --key-file /dev/stdin; udisksctl mount -b /dev/dm-0`,
      );
    }
    // A run more has a snapshot more.
    const found = 'find /media/root/Backup/backups -name letter -not -path "*/staging/*"';
    const copies = await machine.must(`${found} | wc -l; cat "$(${found} | head -1)"
      umount /media/root/Backup; ! [ -b /dev/dm-0 ] || udisksctl lock -b ${device}1 >/dev/null; unplug ${kind}`);
    expect(copies).toBe(`${kind === 'ext4' ? 2 : 1}\ndear`);
  });
});
