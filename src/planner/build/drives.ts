import type { Volume } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import type { Draft, PlanInput } from './draft.ts';
import { driveState } from './drive.ts';
import { driveName } from './openings.ts';
import { pointer } from './preconditions.ts';
import { udisksCommands, udisksPlanning, UDISKS_VERSION, type UdisksKind, type UdisksParams } from './udisks.ts';

/**
 * Puts around the steps of all syncs what opens the drives that they need before the first, and closes them after the
 * last. A drive is opened once however many syncs need it, and what was open before is not closed.
 */
export function withDrives(input: PlanInput, drafts: readonly Draft[]): Step[] {
  const users = new Map<string, Draft[]>();
  for (const draft of drafts.filter(({ stop }) => stop === null)) {
    for (const name of new Set([...draft.opens].map((volume) => driveName(input.spec, known(input, volume))))) {
      users.set(name, [...(users.get(name) ?? []), draft]);
    }
  }
  const scopes = [...users].map(([name, using]) => scopeOf(input, known(input, name), using));
  const opened = drafts.flatMap((draft) => {
    const mounts = [...users].filter(([, using]) => using.includes(draft)).map(([name]) => `mount:${name}`);
    return draft.steps.map((step) => after(step, draft.steps, mounts));
  });
  return [...scopes.flatMap(({ acquire }) => acquire), ...opened, ...scopes.flatMap(({ release }) => release)];
}

function known({ spec }: PlanInput, name: string): Volume {
  const volume = spec.volumes[name];
  if (volume === undefined) throw new Error(`volume ${name} is not in the spec`);
  return volume;
}

/** What begins a sync waits for its drives; the rest waits for that. */
function after(step: Step, siblings: readonly Step[], mounts: readonly string[]): Step {
  const begins = step.runsOn === 'success' && !step.dependsOn.some((id) => siblings.some((other) => other.id === id));
  return begins && mounts.length > 0 ? { ...step, dependsOn: [...mounts, ...step.dependsOn] } : step;
}

function scopeOf(input: PlanInput, volume: Volume, users: readonly Draft[]): { acquire: Step[]; release: Step[] } {
  const observed = input.facts.volumes[volume.name] ?? anyFacts(input, volume);
  const drive = observed === undefined ? null : driveState(volume, observed);
  if (drive?.state !== 'present') throw new Error(`${volume.name} is to be opened and is not there`);
  const { device, cleartext, locked } = drive;
  const params = {
    volume: volume.name,
    uuid: device.uuid,
    fileSystem: locked ? null : (cleartext ?? device).uuid,
    passphraseId: volume.mount?.encryption?.passphraseId ?? null,
  };
  const names = users.map(({ sync }) => sync.name).join(', ');
  const step = (kind: UdisksKind, words: Words): Step => udisksStep(volume, { kind, ...params }, words);
  const mount = step('mount', {
    summary: `mount the drive ${volume.name}`,
    reason: `needed by ${names}`,
    ...(locked ? { dependsOn: [`unlock:${volume.name}`] } : {}),
  });
  const steps = users.flatMap((draft) => draft.steps.map(({ id }) => id));
  const unlock = step('unlock', { summary: `unlock the drive ${volume.name}`, reason: `needed by ${names}` });
  const acquire = locked ? [unlock, mount] : [mount];
  if (input.request.drives === 'keep') return { acquire, release: [] };
  const unmount = step('unmount', {
    summary: `unmount the drive ${volume.name}`,
    reason: 'as it was before',
    dependsOn: steps,
    releases: mount.id,
  });
  const lock = step('lock', {
    summary: `lock the drive ${volume.name}`,
    reason: 'as it was before',
    dependsOn: [unmount.id],
    releases: unlock.id,
  });
  return { acquire, release: locked ? [unmount, lock] : [unmount] };
}

/** Facts about the same drive under another volume's name. */
function anyFacts({ spec, facts }: PlanInput, volume: Volume) {
  const same = Object.values(spec.volumes).find(
    (other) => facts.volumes[other.name] !== undefined && driveName(spec, other) === volume.name,
  );
  return same === undefined ? undefined : facts.volumes[same.name];
}

type Words = Pick<Step, 'summary' | 'reason'> & Partial<Pick<Step, 'dependsOn' | 'releases'>>;

function udisksStep(volume: Volume, params: UdisksParams, words: Words): Step {
  const acquires = words.releases === undefined;
  return {
    id: `${params.kind}:${volume.name}`,
    kind: params.kind,
    executor: { name: udisksPlanning.name, version: UDISKS_VERSION },
    volume: volume.name,
    host: volume.host,
    action: acquires ? 'acquire' : 'release',
    dependsOn: [],
    ...words,
    runsOn: 'success',
    destructive: false,
    preconditions: acquires
      ? [
          {
            fact: pointer('volumes', volume.name, 'drive', 'devices', '0', 'uuid'),
            check: 'equals',
            value: params.uuid,
            description: `the UUID of the drive ${volume.name}`,
          },
        ]
      : [],
    commands: udisksCommands(params),
    locks: [],
    devices: [],
    params: { ...params },
  };
}
