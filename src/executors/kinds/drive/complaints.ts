import type { Finding } from '../../../planner/model/finding.ts';
import type { UdisksKind } from '../../../planner/kinds/drive/planning.ts';
import * as drives from '../../../planner/model/findings/drives.ts';
import { passphraseWrong } from '../../../planner/model/findings/passphrases.ts';
import type { ProcessResult } from '../../../hosts/transport/transport.ts';

type Complaint = (volume: string, kind: UdisksKind) => Finding;

/** Which of udisksd's errors (org.freedesktop.UDisks2.Error, seen with udisks 2.9) mean what to a person. */
const KNOWN: readonly [RegExp, Complaint][] = [
  [/NotAuthorized|Not authorized/, (volume, kind) => drives.polkitNotAuthorized(volume, kind)],
  [
    /udisksctl: (?:command )?not found|No such file or directory.*udisksctl/,
    (volume, kind) => drives.udisksMissing(volume, past(kind)),
  ],
  [
    /Error connecting to the udisks daemon|ServiceUnknown/,
    (volume, kind) => drives.udisksNotRunning(volume, past(kind)),
  ],
  [
    /Failed to activate device: (?:Operation not permitted|Incorrect passphrase)|No key available with this passphrase/,
    (volume) => passphraseWrong(volume),
  ],
  [/DeviceBusy|target is busy|Device or resource busy|is busy/, (volume, kind) => drives.driveBusy(volume, past(kind))],
  [/is not a mountable filesystem/, (volume) => drives.notMountable(volume)],
  [
    /wrong fs type|bad superblock|unknown filesystem|Structure needs cleaning|can't read superblock/,
    (volume) => drives.fileSystemDamaged(volume),
  ],
];

/** What a step that opens or closes a drive failed of. `gone`: no device with its UUID is there any more. */
export function complaint(kind: UdisksKind, volume: string, result: ProcessResult, gone: boolean): Finding {
  const said = result.stderr.join('\n');
  if (gone) return drives.driveGone(volume);
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  if (known !== undefined) return known[1](volume, kind);
  const why = reason(result);
  if (/error syncing|^sync: /m.test(said)) return drives.driveNotFlushed(volume, why);
  return FAILED[kind](volume, past(kind), why);
}

function reason({ timedOut, code, stderr }: ProcessResult): string {
  if (timedOut) return 'udisks2 did not answer in time';
  if (code === 0) return 'udisks2 says that it is, and it was looked for in vain';
  return stderr.at(-1) ?? 'no reason was given';
}

const FAILED = {
  'take-over': drives.mountFailed,
  unlock: drives.unlockFailed,
  mount: drives.mountFailed,
  unmount: drives.unmountFailed,
  lock: drives.driveLockFailed,
} as const satisfies Record<UdisksKind, unknown>;

function past(kind: UdisksKind): string {
  return kind === 'take-over' ? 'taken over' : `${kind}ed`;
}
