import type { Facts, HostFacts, VolumeFacts } from '../model/facts.ts';
import { notInFacts } from '../model/findings/presence.ts';
import {
  driveOnMac,
  hostNotObserved,
  hostUnreachable,
  machineNotObserved,
  nothingKnown,
  remoteShellUnusable,
  systemUnknown,
} from '../model/findings/servers.ts';
import { hostAt, LOCAL_HOST, type Spec, type Volume } from '../model/spec.ts';
import { isElsewhere } from '../ssh/failure.ts';
import { absence } from './absence.ts';
import type { Finding, Remark } from '../model/finding.ts';

/** Why a volume cannot be used now: its machine is out of reach, or it is not there. Null when it can, or nobody asked. */
export function whyAbsent(volume: Volume, facts: Facts): Remark | null {
  const observed = facts.volumes[volume.name];
  return observed === undefined ? null : (unreached(volume, facts) ?? absence(volume, observed));
}

/**
 * Why the machine of a volume is out of reach; null when it is not. A server that is asleep, or in another network, is
 * normal. One that was reached and let nobody in waits for a person, and so is an error; and so is one with another key than
 * so far, unless another endpoint leads to the server.
 */
export function unreached(volume: Volume, { hosts }: Pick<Facts, 'hosts'>): Remark | null {
  const host = hosts[volume.host];
  if (host?.reachable === true) return host.os === 'darwin' && volume.mount !== null ? driveOnMac(volume.name) : null;
  if (host === undefined) return hostNotObserved(volume.name);
  if (volume.host === LOCAL_HOST) return cannotConfirm(host);
  if (host.system !== undefined) return systemUnknown(`the server of ${volume.name}`, host.system);
  return outOfReach(volume, host);
}

/** What was seen of a volume, or why nothing was. */
export function seenVolume(
  volume: Volume,
  { hosts, volumes, basis }: Facts,
): { host: Extract<HostFacts, { reachable: true }>; observed: VolumeFacts } | { remark: Remark } {
  const host = hosts[volume.host];
  const observed = volumes[volume.name];
  const remark = unreached(volume, { hosts });
  if (remark !== null) return { remark };
  if (host?.reachable === true && observed !== undefined) return { host, observed };
  return { remark: basis === 'recorded' ? notInFacts(volume.name) : nothingKnown(volume.name) };
}

/** Whether a volume is on macOS. */
export function isOnMac({ spec, facts }: { spec: Spec; facts: Pick<Facts, 'hosts'> }, volume: string): boolean {
  const host = facts.hosts[hostAt(spec, volume)];
  return host?.reachable === true && host.os === 'darwin';
}

/** Why nothing is known about this machine, which is always here: no absence. */
export function cannotConfirm({ system, reason }: Extract<HostFacts, { reachable: false }>): Finding {
  return system === undefined ? machineNotObserved(reason) : systemUnknown('this machine', system);
}

function outOfReach({ name }: Volume, { reason, route }: Extract<HostFacts, { reachable: false }>): Remark {
  if (route?.endpoint != null) {
    return remoteShellUnusable(`The server of ${name} does not answer: ${reason}.`);
  }
  const problems = (route?.passedOver ?? []).flatMap(({ problem }) => problem ?? []);
  const wrong = problems.find(({ code }) => !isElsewhere(code) && code !== 'host-key-unknown');
  const unverified = problems.find(({ code }) => code === 'host-key-unknown');
  const telling = wrong ?? unverified ?? (problems.length === 1 ? problems[0] : undefined);
  if (telling === undefined) return hostUnreachable(name, reason);
  const { code, message, help } = telling;
  return { ...(wrong === undefined ? {} : { severity: 'error' }), code, message, help };
}
