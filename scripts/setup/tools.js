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
  { package: 'busybox', proof: ['busybox', 'true'], neededBy: 'the tests that look at a machine with a small shell' },
  { package: 'procps', proof: ['ps', '--version'], neededBy: 'the tests that nothing is left running' },
];
