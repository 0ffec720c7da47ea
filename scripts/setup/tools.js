const THE_LAB = { neededBy: 'the tests of drives in the lab', lab: true };
const FILE_SYSTEMS = { neededBy: 'the tests of file systems' };
const A_NETWORK = { neededBy: 'the tests over SSH and those in the lab', network: true };

/*
 * The programs that nbkp and its tests run, by Debian package: the command that proves that it is there, and what
 * cannot be done without it.
 */
export const TOOLS = [
  {
    package: 'rsync',
    proof: ['rsync', '--version'],
    neededBy: 'the demo and every test that makes a backup',
    demo: true,
  },
  {
    package: 'util-linux',
    proof: ['flock', '--version'],
    neededBy: 'the demo and every test that makes a backup',
    demo: true,
  },
  { package: 'mount', proof: ['losetup', '--version'], neededBy: 'the tests that mount a file system of their own' },
  { package: 'btrfs-progs', proof: ['mkfs.btrfs', '--version'], neededBy: 'the tests of btrfs snapshots' },
  { package: 'xfsprogs', proof: ['mkfs.xfs', '-V'], ...FILE_SYSTEMS },
  { package: 'exfatprogs', proof: ['sh', '-c', 'command -v mkfs.exfat'], ...FILE_SYSTEMS, lab: true },
  { package: 'exfat-fuse', proof: ['test', '-x', '/usr/sbin/mount.exfat-fuse'], ...FILE_SYSTEMS, lab: true },
  { package: 'sshfs', proof: ['sshfs', '--version'], ...FILE_SYSTEMS },
  {
    package: 'openssh-sftp-server',
    proof: ['test', '-x', '/usr/lib/openssh/sftp-server'],
    ...FILE_SYSTEMS,
  },
  { package: 'ntfs-3g', proof: ['ntfs-3g', '--version'], ...FILE_SYSTEMS },
  { package: 'busybox', proof: ['busybox', 'true'], neededBy: 'the tests that look at a machine with a small shell' },
  { package: 'shellcheck', proof: ['shellcheck', '--version'], neededBy: 'the tests of plans as scripts' },
  {
    package: 'acl',
    proof: ['setfacl', '--version'],
    neededBy: 'the tests of who else can write to a file, and of restores',
  },
  { package: 'attr', proof: ['setfattr', '--version'], neededBy: 'the tests of restores' },
  { package: 'zsh', proof: ['zsh', '--version'], neededBy: 'the tests of completion' },
  { package: 'fish', proof: ['fish', '--version'], neededBy: 'the tests of completion' },
  { package: 'tmux', proof: ['tmux', '-V'], neededBy: 'the tests of keys and questions on a terminal' },
  { package: 'less', proof: ['less', '--version'], neededBy: 'the tests of questions on a terminal' },
  { package: 'msmtp', proof: ['msmtp', '--version'], neededBy: 'the tests of mails' },
  { package: 'mandoc', proof: ['sh', '-c', 'command -v mandoc'], neededBy: 'the test of the manual page' },
  { package: 'procps', proof: ['ps', '--version'], neededBy: 'the tests that nothing is left running' },
  { package: 'systemd', proof: ['systemd-analyze', '--version'], neededBy: 'the tests of schedules' },
  { package: 'python3', proof: ['python3', '--version'], neededBy: 'the tests of schedules for macOS' },
  { package: 'gnome-keyring', proof: ['gnome-keyring-daemon', '--version'], neededBy: 'the tests of the keyring' },
  { package: 'libsecret-tools', proof: ['sh', '-c', 'command -v secret-tool'], neededBy: 'the tests of the keyring' },
  { package: 'iproute2', proof: ['ip', '-V'], ...A_NETWORK },
  { package: 'openssh-client', proof: ['ssh', '-V'], ...A_NETWORK },
  { package: 'dropbear-bin', proof: ['sh', '-c', 'command -v dropbear dropbearkey'], ...A_NETWORK },
  { package: 'openssh-server', proof: ['test', '-x', '/usr/sbin/sshd'], ...A_NETWORK },
  { package: 'gcc', proof: ['gcc', '--version'], ...THE_LAB },
  { package: 'libc6-dev', proof: ['test', '-e', '/usr/include/elf.h'], ...THE_LAB },
  { package: 'user-mode-linux', proof: ['linux.uml', '--version'], ...THE_LAB },
  { package: 'udisks2', proof: ['test', '-x', '/usr/libexec/udisks2/udisksd'], ...THE_LAB },
  { package: 'udisks2-btrfs', proof: holds('udisks2/modules/libudisks2_btrfs.so'), ...THE_LAB },
  { package: 'libblockdev-crypto2', proof: holds('libbd_crypto.so.2'), ...THE_LAB },
  { package: 'polkitd', proof: ['test', '-x', '/usr/lib/polkit-1/polkitd'], ...THE_LAB },
  { package: 'dbus', proof: ['dbus-daemon', '--version'], ...THE_LAB },
  { package: 'udev', proof: ['udevadm', '--version'], ...THE_LAB },
  { package: 'kmod', proof: ['modprobe', '--version'], ...THE_LAB },
  { package: 'cryptsetup-bin', proof: ['cryptsetup', '--version'], ...THE_LAB },
  { package: 'lvm2', proof: ['lvs', '--version'], ...THE_LAB },
  { package: 'thin-provisioning-tools', proof: ['thin_check', '-V'], ...THE_LAB },
  { package: 'dosfstools', proof: ['mkfs.vfat', '--help'], ...THE_LAB },
  { package: 'f2fs-tools', proof: ['sh', '-c', 'command -v mkfs.f2fs'], ...THE_LAB },
];

/** A library of the package, wherever this machine's architecture keeps its libraries. */
function holds(file) {
  return ['sh', '-c', 'ls /usr/lib/*/"$0"', file];
}
