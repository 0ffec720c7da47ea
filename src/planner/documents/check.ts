import { cannotConfirm, whyAbsent } from '../volumes/reachable.ts';
import { endMark, volumeMark, type Role } from '../volumes/marks.ts';
import type { Stop } from '../compile/draft.ts';
import { notWritable } from '../compile/prepared.ts';
import { stopsOf } from '../purposes/backup.ts';
import { destinationNotWritable, noRoomLeft } from '../model/findings/destinations.ts';
import { locate, type Finding } from '../model/finding.ts';
import type { CheckDocument, CheckResult } from '../model/documents.ts';
import type { DriveServices } from '../model/drive-services.ts';
import type { EndpointFacts, Facts, HostFacts } from '../model/facts.ts';
import { machineNotObserved, nothingToCheck } from '../model/findings/servers.ts';
import type { Plan, PlanInput, PlannedSync } from '../model/plan.ts';
import { endpointKey, hostAt, LOCAL_HOST, type Spec, type Sync, type Volume } from '../model/spec.ts';
import { absent, failed, passed } from './check-results.ts';
import { serverChecks, toolChecks } from './check-servers.ts';
import { driveChecks, driveQuestions } from './drive-checks.ts';
import { oneDiskRemarks } from '../volumes/one-disk.ts';
import { sourceRemarks } from './source-remarks.ts';
import { observedHeader } from './status.ts';
import { noSentinel } from '../model/findings/presence.ts';

/**
 * Every precondition of the syncs, each by itself, so that all that is missing is seen at once and not one thing after
 * the other.
 *
 * @param machine findings about this machine that are not in the facts, such as a state directory that is read-only
 * @param services what `driveQuestions` brought to light
 */
export function checkDocument(
  input: PlanInput,
  syncs: readonly Sync[],
  plan: Plan,
  { machine, services }: { machine: readonly Finding[]; services: ReadonlyMap<string, DriveServices> },
): CheckDocument {
  const { spec, facts } = input;
  const volumes = Object.values(spec.volumes).filter((volume) => facts.volumes[volume.name] !== undefined);
  const stops = stopsOf(input, syncs);
  const parts = [
    ...(Object.keys(spec.volumes).length === 0
      ? [failed({ subject: 'the spec' }, nothingToCheck())]
      : hostChecks(facts.hosts[LOCAL_HOST])),
    ...Object.entries(facts.hosts).flatMap(([id, host]) => (id === LOCAL_HOST ? [] : serverChecks(spec, id, host))),
    ...machine.map((finding) => failed({ subject: 'the state directory' }, { ...finding, severity: 'error' })),
    ...driveChecks(driveQuestions(spec, syncs), btrfsVolumes(spec, syncs, facts), services),
    ...volumes.map((volume) => volumeCheck(spec, volume, facts)),
    ...uniqueEndpoints(syncs).flatMap((end) => endpointChecks(spec, end, facts, stops)),
  ];
  const checks = [
    ...parts,
    ...plan.syncs.flatMap((planned) => syncChecks(planned, stops.get(planned.name) ?? [], parts)),
  ];
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, {
      findings: [
        ...plan.findings.filter((finding) => finding.severity !== 'error'),
        ...oneDiskRemarks(input, syncs, 'marked'),
        ...sourceRemarks(input, syncs),
      ],
    }),
    ok: checks.every((check) => check.outcome !== 'failed'),
    checks,
  };
}

function btrfsVolumes(
  { volumes }: Spec,
  syncs: readonly Sync[],
  facts: Facts,
): { all: Set<string>; pruned: Set<string> } {
  const btrfs = syncs.filter((sync) => sync.snapshots.mode === 'btrfs');
  const pruned = btrfs.filter(({ snapshots, destination }) => {
    const volume = volumes[destination.volume];
    return snapshots.keep !== null && volume !== undefined && whyAbsent(volume, facts) !== null;
  });
  const names = (some: readonly Sync[]): Set<string> => new Set(some.map(({ destination }) => destination.volume));
  return { all: names(btrfs), pruned: names(pruned) };
}

function hostChecks(host: HostFacts | undefined): CheckResult[] {
  if (host?.reachable !== true) {
    const why = host === undefined ? machineNotObserved('no answer') : cannotConfirm(host);
    return [failed({ subject: 'this machine' }, why)];
  }
  return toolChecks(host, 'this machine');
}

function volumeCheck(spec: Spec, volume: Volume, facts: Facts): CheckResult {
  const about = { subject: `the volume ${volume.name}`, volume: volume.name };
  const observed = facts.volumes[volume.name];
  const why = whyAbsent(volume, facts);
  const at = locate(spec, `/volumes/${volume.name}`);
  if (why?.severity === 'error') return failed(about, { ...at, ...why, severity: 'error' });
  if (why !== null) return absent(about, { ...at, ...why });
  const missing = volumeMark({ spec, facts }, volume.name);
  if (missing === null) return passed(about);
  if (missing.absence === 'absent') return absent(about, { ...at, ...missing.remark });
  if (missing.remark.severity === 'error') return failed(about, { ...at, ...missing.remark, severity: 'error' });
  return failed(about, { ...noSentinel('.nbkp-vol', observed?.path ?? volume.name), ...at }, [prepare(volume.name)]);
}

/** A place and the syncs that read or write it. */
interface End {
  key: string;
  volume: string;
  source: readonly Sync[];
  destination: readonly Sync[];
}

function uniqueEndpoints(syncs: readonly Sync[]): End[] {
  const ends = new Map<string, End>();
  for (const sync of syncs) {
    for (const role of ['source', 'destination'] as const) {
      const key = endpointKey(sync[role]);
      const known = ends.get(key) ?? { key, volume: sync[role].volume, source: [], destination: [] };
      ends.set(key, { ...known, [role]: [...known[role], sync] });
    }
  }
  return [...ends.values()];
}

/** Endpoints of an absent volume are not looked at: its own check says why. */
function endpointChecks(
  spec: Spec,
  end: End,
  facts: Facts,
  stops: ReadonlyMap<string, readonly Stop[]>,
): CheckResult[] {
  const observed = facts.endpoints[end.key];
  const volume = spec.volumes[end.volume];
  if (volume === undefined || observed === undefined || facts.volumes[end.volume] === undefined) return [];
  if (whyAbsent(volume, facts) !== null || volumeMark({ spec, facts }, end.volume)?.absence === 'absent') return [];
  return (['source', 'destination'] as const).flatMap((role) => {
    if (end[role].length === 0) return [];
    const check = endpointCheck(spec, end, role, observed, facts);
    const isVain = role === 'destination' && check.finding?.code === 'sentinel-missing';
    return isVain && end.destination.every(cannotBePrepared(stops)) ? [] : [check];
  });
}

/** `prepare` would refuse it for what is said of the sync anyway, so that its mark is no cause of its own. */
function cannotBePrepared(stops: ReadonlyMap<string, readonly Stop[]>): (sync: Sync) => boolean {
  return ({ name }) => (stops.get(name) ?? []).some(({ finding }) => finding.code === 'snapshots-unsupported');
}

function endpointCheck(spec: Spec, end: End, role: Role, observed: EndpointFacts, facts: Facts): CheckResult {
  const about = { subject: `${end.key} as a ${role}`, volume: end.volume };
  const [missing] = end[role].flatMap((sync) => endMark(facts, sync[role], role, sync.name) ?? []);
  if (missing?.absence === 'absent') return absent(about, missing.remark);
  if (missing !== undefined) {
    const mends = missing.remark.severity === 'error' ? [] : [prepare(end.volume)];
    return failed(about, { ...missing.remark, severity: 'error' }, mends);
  }
  const { directory } = observed;
  if (role === 'source' || directory === null) return passed(about);
  const not = (finding: Finding, ...fix: string[][]): CheckResult =>
    failed(about, { ...finding, volume: end.volume }, fix);
  if (directory.freeBytes === 0) return not(noRoomLeft(observed.path), ['nbkp', 'snapshots', 'prune']);
  const [closed] = end.destination.flatMap((sync) => notWritable({ ...observed, directory }, sync) ?? []);
  if (closed === undefined) return passed(about);
  const remark = destinationNotWritable(closed, isReadOnly(observed));
  return not({ ...remark, severity: 'error' }, ...mendWriting(spec, end.volume, { ...observed, path: closed }, facts));
}

function isReadOnly({ directory }: EndpointFacts): boolean {
  return directory?.mount?.options.includes('ro') === true;
}

/** A file system that is mounted read-only, or a folder of somebody else. */
function mendWriting(spec: Spec, volume: string, { path, directory }: EndpointFacts, facts: Facts): string[][] {
  const host = facts.hosts[hostAt(spec, volume)];
  const there = host?.reachable === true && host.route?.endpoint != null ? ['ssh', host.route.endpoint] : [];
  const mount = directory?.mount ?? null;
  if (mount?.options.includes('ro') === true) return [[...there, 'sudo', 'mount', '-o', 'remount,rw', mount.target]];
  return host?.reachable === true ? [[...there, 'sudo', 'chown', host.user, path]] : [];
}

/**
 * What the stages of a backup say of the sync, all of them. What decides is told in any case, the rest unless one of the
 * other checks tells it.
 */
function syncChecks(
  { name, state }: PlannedSync,
  stops: readonly Stop[],
  others: readonly CheckResult[],
): CheckResult[] {
  const about = { subject: `the sync ${name}`, sync: name };
  if (state === 'disabled') return [];
  if (stops.length === 0) return [passed(about)];
  const isTold = ({ finding }: Stop): boolean =>
    others.some((other) => other.finding?.code === finding.code && other.finding.volume === finding.volume);
  const told = stops.filter((stop, index) => index === 0 || !isTold(stop));
  return told.map(({ state, finding }) => {
    if (state === 'blocked') return failed(about, finding, mendSync(finding.code, name));
    return absent(about, { code: finding.code, message: finding.message });
  });
}

/** What nbkp can do about it; where a person has to decide, the help of the finding says what. */
function mendSync(code: string, sync: string): string[][] {
  return code === 'min-free' || code === 'no-inodes' ? [['nbkp', 'snapshots', 'prune', '--only', sync]] : [];
}

function prepare(volume: string): string[] {
  return ['nbkp', 'prepare', volume];
}
