import type { Finding } from '../../../planner/model/finding.ts';
import type { UdisksKind } from '../../../planner/kinds/drive/planning.ts';
import type { ProcessResult } from '../../../hosts/transport/transport.ts';

type Complaint = Pick<Finding, 'code' | 'message' | 'help'>;

/** Which of udisksd's errors (org.freedesktop.UDisks2.Error, seen with udisks 2.9) mean what to a person. */
const KNOWN: readonly [RegExp, (volume: string, kind: UdisksKind) => Complaint][] = [
  [
    /NotAuthorized|Not authorized/,
    (volume, kind) => ({
      code: 'polkit-not-authorized',
      message: `polkit does not allow this user to ${kind} the drive ${volume}.`,
      help: 'nbkp volumes authorize prints the rule that does, and where to put it.',
    }),
  ],
  [
    /udisksctl: (?:command )?not found|No such file or directory.*udisksctl/,
    (volume, kind) => ({
      code: 'udisks-missing',
      message: `udisks2 is not installed, so that ${volume} cannot be ${past(kind)}.`,
      help: 'sudo apt install udisks2',
    }),
  ],
  [
    /Error connecting to the udisks daemon|ServiceUnknown/,
    (volume, kind) => ({
      code: 'udisks-not-running',
      message: `udisksd does not answer, so that ${volume} cannot be ${past(kind)}.`,
      help: 'sudo systemctl start udisks2',
    }),
  ],
  [
    /Failed to activate device: (?:Operation not permitted|Incorrect passphrase)|No key available with this passphrase/,
    (volume) => ({
      code: 'passphrase-wrong',
      message: `The passphrase that was found does not unlock ${volume}.`,
      help: 'Try it by hand (udisksctl unlock), then correct it where [credentials] says it comes from.',
    }),
  ],
  [
    /DeviceBusy|target is busy|Device or resource busy|is busy/,
    (volume, kind) => ({
      code: 'drive-busy',
      message: `${volume} cannot be ${past(kind)} because something uses it. It is not safe to unplug.`,
      help: 'End what uses it, then: nbkp volumes unmount',
    }),
  ],
  [
    /is not a mountable filesystem/,
    (volume) => ({
      code: 'drive-without-file-system',
      message: `There is no file system on ${volume} that could be mounted.`,
      help: 'lsblk -f shows what is on it. If that is a file system, unplug the drive and plug it in again. If the drive is new and empty: sudo mkfs.ext4 DEVICE',
    }),
  ],
  [
    /wrong fs type|bad superblock|unknown filesystem|Structure needs cleaning|can't read superblock/,
    (volume) => ({
      code: 'file-system-damaged',
      message: `The file system of ${volume} cannot be mounted: it is damaged or of a kind that this machine does not know.`,
      help: 'dmesg says more. Check it before anything else (e2fsck -n, btrfs check --readonly).',
    }),
  ],
];

/** What a step that opens or closes a drive failed of. `gone`: no device with its UUID is there any more. */
export function complaint(kind: UdisksKind, volume: string, result: ProcessResult, gone: boolean): Complaint {
  const said = result.stderr.join('\n');
  if (gone) {
    return {
      code: 'drive-gone',
      message: `The drive ${volume} is gone: it was unplugged, or it failed, while it was in use.`,
      help: 'Plug it in again and run once more: nothing that was complete before is lost.',
    };
  }
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  if (known !== undefined) return known[1](volume, kind);
  const why = result.timedOut ? 'udisks2 did not answer in time' : (result.stderr.at(-1) ?? 'no reason was given');
  if (/error syncing|^sync: /m.test(said)) {
    return {
      code: 'drive-not-flushed',
      message: `Not everything that was written to ${volume} reached the drive: ${why}`,
      help: 'Look at dmesg and at the drive: nothing that this run wrote there is certain. Run again once it is mended.',
    };
  }
  return { code: FAILED[kind], message: `The drive ${volume} could not be ${past(kind)}: ${why}` };
}

const FAILED = {
  'take-over': 'mount-failed',
  unlock: 'unlock-failed',
  mount: 'mount-failed',
  unmount: 'unmount-failed',
  lock: 'drive-lock-failed',
} as const satisfies Record<UdisksKind, string>;

function past(kind: UdisksKind): string {
  return kind === 'take-over' ? 'taken over' : `${kind}ed`;
}
