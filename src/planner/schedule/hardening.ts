import type { Spec } from '../model/spec.ts';

/**
 * What no backup needs, nor any command of a spec (systemd.exec(5)). Of the system's manager alone: a user's manager
 * would have to put the service into a user namespace for most of it, where files of others belong to nobody.
 */
const SYSTEM = [
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'ProtectControlGroups=yes',
];

/** The same for both managers. These imply NoNewPrivileges in a user's manager, and so belong to `CLOSED` there. */
const BOTH = ['LockPersonality=yes', 'RestrictRealtime=yes', 'SystemCallArchitectures=native'];

/**
 * What rsync, btrfs, ssh and udisksctl can do without, and what sudo, su or a command of one's own may need. What rsync
 * keeps of files (owners, modes with setuid, devices, capabilities) has to stay possible, and snapshots of btrfs take
 * CAP_SYS_ADMIN.
 */
const CLOSED = [
  'NoNewPrivileges=yes',
  'RestrictNamespaces=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'SystemCallFilter=@system-service',
];
const CLOSED_SYSTEM = [
  'ProtectSystem=yes',
  'CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_MKNOD CAP_SETFCAP CAP_KILL CAP_SYS_ADMIN',
];

/** Below them ProtectSystem lets nothing be written. */
const READ_ONLY = /^\/(?:usr|boot|efi)(?:\/|$)/;

/**
 * Why the service of a spec cannot be confined as far as others; null when it can.
 *
 * @returns a few words, to be put after "because"
 */
export function whyNotConfined({ syncs, settings, credentials, volumes }: Spec): string | null {
  const all = Object.values(syncs);
  if (all.some(({ before, after, onFailure }) => before.length + after.length + onFailure.length > 0)) {
    return 'the spec has commands of its own';
  }
  if (credentials.provider === 'command') return 'passphrases come from a command';
  if (Object.keys(settings).length > 0 || all.some(({ transfer }) => transfer !== 'rsync')) {
    return 'the spec uses a plugin';
  }
  const inside = Object.values(volumes).find(({ ssh, path }) => ssh === null && path !== null && READ_ONLY.test(path));
  return inside === undefined ? null : `the volume ${inside.name} is in a folder of the system`;
}

/** Lines of a service that take from it what it does not need. */
export function hardening(scope: 'user' | 'system', because: string | null): string[] {
  const isSystem = scope === 'system';
  const always = isSystem ? [...SYSTEM, ...BOTH] : [];
  if (because !== null)
    return [...(always.length === 0 ? [] : [RIGHTS]), ...always, `# No further, because ${because}.`];
  return [RIGHTS, ...always, ...(isSystem ? CLOSED_SYSTEM : BOTH), ...CLOSED];
}

const RIGHTS = '# What a backup does not need.';
