import type { AuthorizeDocument, PolkitRule } from '../model/documents.ts';
import { type Spec, type Volume } from '../model/spec.ts';
import { drivesRule, ruleFile, UNLOCK_ACTIONS, MOUNT_ACTIONS, FSTAB_ACTION } from './polkit-rule.ts';

/**
 * The polkit rules that the drives of a spec need: one for each machine and user. root needs none.
 *
 * @param volumes names; every volume with `mount` when there are none
 * @param user whom the rules are for. Null: on this machine `ownUser`, on a server the `user` of its SSH endpoints, as
 * far as the spec says
 */
export function authorizeDocument(
  spec: Spec,
  volumes: readonly string[],
  { user, ownUser }: { user: string | null; ownUser: string },
): AuthorizeDocument {
  const drives = Object.values(spec.volumes).filter(
    ({ name, mount }) => mount !== null && (volumes.length === 0 || volumes.includes(name)),
  );
  const groups = new Map<string, { host: string | null; user: string; drives: Volume[] }>();
  for (const drive of drives) {
    const users = user === null ? usersOf(spec, drive, ownUser) : [user];
    for (const name of users.filter((each) => each !== 'root')) {
      const key = `${drive.host} ${name}`;
      const group = groups.get(key) ?? { host: drive.ssh?.[0] ?? null, user: name, drives: [] };
      groups.set(key, { ...group, drives: [...group.drives, drive] });
    }
  }
  return { formatVersion: '1.0', rules: [...groups.values()].map(rule) };
}

/** One server may be reached under several names. Without `user`, OpenSSH takes the name of whoever calls it (ssh(1)). */
function usersOf(spec: Spec, { ssh }: Volume, ownUser: string): string[] {
  return ssh === null ? [ownUser] : [...new Set(ssh.map((name) => spec.ssh[name]?.user ?? ownUser))];
}

function rule({ host, user, drives }: { host: string | null; user: string; drives: Volume[] }): PolkitRule {
  const encrypted = drives.filter(({ mount }) => mount?.encryption != null);
  const inFstab = drives.some(({ path }) => path !== null);
  const allowed = {
    user,
    unlock: uuids(encrypted),
    unlockActions: encrypted.length === 0 ? [] : UNLOCK_ACTIONS,
    mount: uuids(drives.filter((drive) => !encrypted.includes(drive))),
    mountActions: inFstab ? [...MOUNT_ACTIONS, FSTAB_ACTION] : MOUNT_ACTIONS,
  };
  return {
    host,
    user,
    volumes: drives.map(({ name }) => name),
    actions: [...allowed.unlockActions, ...allowed.mountActions],
    path: ruleFile(user),
    text: drivesRule(allowed),
  };
}

function uuids(drives: readonly Volume[]): string[] {
  return drives.flatMap(({ mount }) => (mount === null ? [] : [mount.deviceUuid.toLowerCase()]));
}
