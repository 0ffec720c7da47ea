import type { CheckResult } from '../model/documents.ts';
import type { DriveQuestion, DriveServices } from '../model/drive-services.ts';
import type { Finding } from '../model/finding.ts';
import * as drives from '../model/findings/drives.ts';
import { LOCAL_HOST, type Spec, type Sync, type Volume } from '../model/spec.ts';
import { failed, passed } from './check-results.ts';
import { udisksWithoutRemoval } from '../model/findings/destinations.ts';

/** What to try on each host for the drives that syncs use, by host id. */
export function driveQuestions(spec: Spec, syncs: readonly Sync[]): Map<string, DriveQuestion[]> {
  const names = new Set(syncs.flatMap(({ source, destination }) => [source.volume, destination.volume]));
  const questions = new Map<string, DriveQuestion[]>();
  for (const volume of [...names].flatMap((name) => spec.volumes[name] ?? [])) {
    if (volume.mount === null) continue;
    const host = volume.host;
    questions.set(host, [...(questions.get(host) ?? []), question(volume, volume.mount)]);
  }
  return questions;
}

function question({ name, path }: Volume, { deviceUuid, encryption }: NonNullable<Volume['mount']>): DriveQuestion {
  return { volume: name, uuid: deviceUuid, encrypted: encryption !== null, inFstab: path !== null };
}

/**
 * @param btrfs the volumes whose snapshots are btrfs's, and those of them that are closed and pruned
 * @param services what `driveQuestions` brought to light, by host id; hosts that did not answer are absent
 */
export function driveChecks(
  questions: ReadonlyMap<string, readonly DriveQuestion[]>,
  btrfs: { all: ReadonlySet<string>; pruned: ReadonlySet<string> },
  services: ReadonlyMap<string, DriveServices>,
): CheckResult[] {
  return [...questions].flatMap(([host, drives]) => {
    const seen = services.get(host);
    if (seen === undefined) return [];
    const where = host === LOCAL_HOST ? 'this machine' : `the server of ${drives[0]?.volume ?? host}`;
    const service = serviceCheck(where, seen.udisks);
    if (seen.udisks !== 'running') return [service];
    return [
      service,
      ...(drives.some(({ volume }) => btrfs.all.has(volume)) ? [moduleCheck(where, seen.btrfsModule)] : []),
      ...drives.flatMap((drive) => permissionCheck(drive, seen)),
      ...drives
        .filter(({ volume, inFstab }) => btrfs.pruned.has(volume) && !inFstab)
        .map(({ volume }) => removalCheck(volume, seen.subvolumeRemoval)),
    ];
  });
}

export function serviceCheck(where: string, state: DriveServices['udisks']): CheckResult {
  const about = { subject: `udisks on ${where}` };
  if (state === 'running') return passed(about);
  const isMissing = state === 'missing';
  const finding = isMissing ? drives.noUdisksOn(where) : drives.udisksSilentOn(where);
  const fix = isMissing ? ['sudo', 'apt', 'install', 'udisks2'] : ['sudo', 'systemctl', 'start', 'udisks2'];
  return failed(about, finding, [fix]);
}

/** udisks mounts btrfs without it, but knows less about such drives: a desktop may show them twice. */
function moduleCheck(where: string, isThere: boolean): CheckResult {
  const subject = `udisks2-btrfs on ${where}`;
  if (isThere) return passed({ subject });
  return {
    subject,
    outcome: 'absent',
    finding: drives.udisksBtrfsMissing(where),
    fix: [['sudo', 'apt', 'install', 'udisks2-btrfs']],
  };
}

/** How a drive that is mounted now is mounted, the plan says. */
function removalCheck(volume: string, isAllowed: boolean): CheckResult {
  const about = { subject: `deleting btrfs snapshots of ${volume}`, volume };
  if (isAllowed) return passed(about);
  return failed(about, { ...udisksWithoutRemoval(volume), volume });
}

function permissionCheck({ volume, encrypted }: DriveQuestion, { permissions }: DriveServices): CheckResult[] {
  const permission = permissions[volume] ?? { outcome: 'not-tried' };
  const verb = encrypted ? 'unlock' : 'mount';
  const about = { subject: `the permission to ${verb} ${volume}`, volume };
  const refused = (finding: Finding, fix: string[][] = []): CheckResult[] => [
    failed(about, { ...finding, volume }, fix),
  ];
  switch (permission.outcome) {
    case 'not-tried':
      return [];
    case 'allowed':
      return [passed(about)];
    case 'refused':
      return refused(drives.polkitWouldAsk(volume, verb), [['nbkp', 'volumes', 'authorize', volume]]);
    case 'failed':
      return refused(drives.driveNotUsable(volume, permission.message));
  }
}
