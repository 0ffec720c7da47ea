const UDISKS = 'org.freedesktop.udisks2';

/**
 * What udisks asks polkit for when somebody unlocks a drive. `-system` is for drives that it takes for part of the
 * machine, `-other-seat` for users who do not sit at its screen, such as a timer's or those who come over SSH
 * (udisks2's org.freedesktop.UDisks2.policy).
 */
export const UNLOCK_ACTIONS = [
  `${UDISKS}.encrypted-unlock`,
  `${UDISKS}.encrypted-unlock-system`,
  `${UDISKS}.encrypted-unlock-other-seat`,
];

/** The same for mounting. Unmounting and locking need no permission for who has mounted and unlocked. */
export const MOUNT_ACTIONS = [
  `${UDISKS}.filesystem-mount`,
  `${UDISKS}.filesystem-mount-system`,
  `${UDISKS}.filesystem-mount-other-seat`,
];

/** For mount points in fstab that have `x-udisks-auth`. */
export const FSTAB_ACTION = `${UDISKS}.filesystem-fstab`;

export interface AllowedDrives {
  user: string;
  /** UUIDs of LUKS containers, in lower case. */
  unlock: readonly string[];
  unlockActions: readonly string[];
  /** UUIDs of file systems that are not encrypted, in lower case. */
  mount: readonly string[];
  mountActions: readonly string[];
}

/** Each user has a file, so that one does not overwrite another's. */
export function ruleFile(user: string): string {
  return `/etc/polkit-1/rules.d/50-nbkp-${user.replaceAll(/[^\w.-]/g, '_')}.rules`;
}

/**
 * Prints the device mapper's UUID of a device, `CRYPT-LUKS2-<32 hexadecimal digits>-NAME` for what cryptsetup has opened.
 * From sysfs, which a confined polkitd can read too; udisks calls the device `/dev/dm-0` or `/dev/mapper/NAME`.
 */
const MAPPED_UUID = [
  'for d in /sys/class/block/dm-*/dm; do',
  'n=${d%/dm}',
  'if [ "$1" = "/dev/${n##*/}" ] || [ "$1" = "/dev/mapper/$(cat "$d/name")" ]; then cat "$d/uuid"; fi',
  'done',
].join('\n');

/**
 * A rule for polkit (polkit(8), AUTHORIZATION RULES) that lets a user unlock some drives and mount what is on them. The
 * UUID of what is inside a container is not known while it is locked, so what is mounted is told by the container that
 * the device mapper opened it from.
 */
export function drivesRule({ user, unlock, unlockActions, mount, mountActions }: AllowedDrives): string {
  return `polkit.addRule(function (action, subject) {
  var unlocks = ${list(unlockActions)}.indexOf(action.id) !== -1;
  var mounts = ${list(mountActions)}.indexOf(action.id) !== -1;
  var containers = ${list(unlock)};
  var fileSystems = ${list(mount)};
  var uuid = String(action.lookup("id.uuid")).toLowerCase();
  var isContainer = containers.indexOf(uuid) !== -1;
  var isFileSystem = fileSystems.indexOf(uuid) !== -1;
  var device = String(action.lookup("device"));
  // Whether what is to be mounted was opened out of one of the containers, whatever it was called then.
  function isOpened() {
    if (containers.length === 0 || !/^\\/dev\\/(mapper\\/|dm-)/.test(device)) return false;
    var found = /^CRYPT-LUKS[0-9]+-([0-9a-f]{32})-/.exec(polkit.spawn(["/bin/sh", "-c", ${JSON.stringify(MAPPED_UUID)}, "sh", device]));
    return found !== null && containers.some(function (each) { return each.replace(/-/g, "") === found[1]; });
  }
  if (subject.user === ${JSON.stringify(user)}) {
    if (unlocks && isContainer) return polkit.Result.YES;
    if (mounts && (isFileSystem || isOpened())) return polkit.Result.YES;
  }
});
`;
}

function list(words: readonly string[]): string {
  if (words.length === 0) return '[]';
  return ['[', ...words.map((word) => `    ${JSON.stringify(word)},`), '  ]'].join('\n');
}
