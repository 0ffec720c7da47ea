import type { CheckResult } from '../model/documents.ts';
import type { DoctorDocument, SpecSketch } from '../model/doctor.ts';
import type { DriveServices } from '../model/drive-services.ts';
import type { HostFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { btrfsMissing } from '../model/findings/destinations.ts';
import { machineNotObserved, sshMissing } from '../model/findings/servers.ts';
import { lvmMissing } from '../model/findings/source-snapshots.ts';
import type { Result } from '../model/result.ts';
import { LOCAL_HOST, type Endpoint, type Spec } from '../model/spec.ts';
import { BUILT_IN_NAMES } from '../spec/executors.ts';
import { cannotConfirm } from '../volumes/reachable.ts';
import { toolChecks } from './check-servers.ts';
import { failed, passed } from './check-results.ts';
import { serviceCheck } from './drive-checks.ts';

/** What was seen of this machine and of the nbkp on it. */
export interface Seen extends Pick<DoctorDocument, 'nbkp' | 'system' | 'libraries' | 'programs'> {
  host: HostFacts | undefined;
  udisks: DriveServices['udisks'] | null;
  /** Null when there is none. */
  spec: Result<Spec> | null;
}

/** Which of the programs that nbkp starts are missing: of all that it always needs, and of those that the spec needs. */
export function doctorDocument({ host, udisks, spec: read, ...seen }: Seen): DoctorDocument {
  const spec = read?.ok === true ? read.value : null;
  const checks = [...hostChecks(host), ...(spec === null ? [] : specChecks(spec, { ...seen, host, udisks }))];
  const sketch = sketchOf(read);
  const ok = sketch.state !== 'invalid' && checks.every(({ outcome }) => outcome !== 'failed');
  return { formatVersion: '1.0', ok, ...seen, spec: sketch, checks };
}

function hostChecks(host: HostFacts | undefined): CheckResult[] {
  if (host?.reachable === true) return toolChecks(host, 'this machine');
  const why = host === undefined ? machineNotObserved('it gave no answer') : cannotConfirm(host);
  return [failed({ subject: 'this machine' }, why)];
}

function specChecks(spec: Spec, { programs, host, udisks }: Pick<Seen, 'programs' | 'host' | 'udisks'>): CheckResult[] {
  const volumes = Object.values(spec.volumes);
  const here = volumes.filter(({ host: id }) => id === LOCAL_HOST);
  const isHere = ({ volume }: Endpoint) => here.some(({ name }) => name === volume);
  const wants = (executor: string) =>
    Object.values(spec.syncs).some(({ source, sourceSnapshot }) => sourceSnapshot === executor && isHere(source));
  const isInstalled = (program: string) => programs.some(({ name, version }) => name === program && version !== null);
  const checks: CheckResult[] = [];
  if (here.length < volumes.length) checks.push(needed('ssh', isInstalled('ssh'), sshMissing(), 'openssh-client'));
  if (here.some(({ mount }) => mount !== null) && udisks !== null) checks.push(serviceCheck('this machine', udisks));
  const makesSubvolumes = Object.values(spec.syncs).some(
    ({ snapshots, destination }) => snapshots.mode === 'btrfs' && isHere(destination),
  );
  if ((makesSubvolumes || wants('btrfs')) && host?.reachable === true)
    checks.push(needed('btrfs', host.btrfs, btrfsMissing(), 'btrfs-progs'));
  if (wants('lvm')) checks.push(needed('lvm', isInstalled('lvs'), lvmMissing(), 'lvm2'));
  return checks;
}

function needed(what: string, isThere: boolean, finding: Finding, debian: string): CheckResult {
  const about = { subject: `${what} on this machine` };
  return isThere ? passed(about) : failed(about, finding, [['sudo', 'apt', 'install', debian]]);
}

function sketchOf(read: Result<Spec> | null): SpecSketch {
  const empty = { syncs: 0, volumes: 0, onServers: 0, drives: 0, modes: [] };
  if (read === null) return { state: 'none', codes: [], ...empty };
  const codes = [...new Set(read.findings.map(({ code }) => code))].sort();
  if (!read.ok) return { state: 'invalid', codes, ...empty };
  const volumes = Object.values(read.value.volumes);
  const syncs = Object.values(read.value.syncs);
  const builtIn: readonly string[] = BUILT_IN_NAMES.mode;
  const modes = syncs.map(({ snapshots: { mode } }) => (builtIn.includes(mode) ? mode : 'plugin'));
  return {
    ...{ state: 'valid', codes, syncs: syncs.length, volumes: volumes.length },
    onServers: volumes.filter(({ host }) => host !== LOCAL_HOST).length,
    drives: volumes.filter(({ mount }) => mount !== null).length,
    modes: [...new Set(modes)].sort(),
  };
}
