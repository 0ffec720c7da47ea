import type { Finding } from '../model/finding.ts';
import { containerOpen, driveOpen, driveUnlocked } from '../model/findings/drives.ts';
import type { VolumeFacts } from '../model/facts.ts';
import { volumeNamed, type Volume } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import type { Ended, Planned } from './draft.ts';
import type { PlanInput } from '../model/plan.ts';
import { knownDrive, scopeOf, type KnownDrive, type Scope } from '../kinds/drive/scope.ts';
import { driveName } from './openings.ts';

/**
 * Puts around the steps of all syncs what opens the drives that they need before the first, and closes them after the
 * last. A drive is opened once however many syncs need it, and what was open before is not closed.
 */
export function withDrives(input: PlanInput, ended: readonly Ended[]): { steps: Step[]; findings: Finding[] } {
  const drafts = ended.filter((draft) => draft.stop === null);
  const scopes = usersOfDrives(input, drafts).map((use) => ({ ...use, scope: scopeFor(input, use) }));
  const opened = drafts.flatMap((draft) => {
    const gates = scopes
      .filter(({ users }) => users.includes(draft))
      .flatMap(({ scope }) => scope.acquire.at(-1)?.id ?? []);
    return draft.steps.map((step) => after(step, draft.steps, gates));
  });
  return {
    steps: [
      ...scopes.flatMap(({ scope }) => scope.acquire),
      ...opened,
      ...scopes.flatMap(({ scope }) => scope.release),
    ],
    // Nobody has looked at a drive of a plan from the spec alone.
    findings: input.facts.basis === 'none' ? [] : scopes.flatMap(({ drive, scope }) => openBefore(drive, scope)),
  };
}

/** What somebody else has opened stays so, which nobody would see by the steps that are not there. */
function openBefore(drive: KnownDrive, { acquire }: Scope): Finding[] {
  const { target, fileSystem, encrypted, inContainer } = drive;
  const { name } = drive.volume;
  const steps = new Set(acquire.map(({ kind }) => kind));
  if (steps.has('take-over')) return [];
  if (target !== null) return [{ ...driveOpen(name, target), volume: name }];
  if (inContainer) return [{ ...containerOpen(name), volume: name }];
  return encrypted && fileSystem !== null ? [{ ...driveUnlocked(name), volume: name }] : [];
}

interface Use {
  drive: KnownDrive;
  users: Planned[];
}

/** The drives that syncs are about, closed or open. `--no-mount` leaves those that are open to whoever opened them. */
function usersOfDrives(input: PlanInput, drafts: readonly Planned[]): Use[] {
  const uses = new Map<string, Use>();
  for (const draft of drafts) {
    const open = input.request.drives === 'leave' ? [] : draft.uses;
    const names = [...draft.opens, ...open].map((volume) => driveName(input.spec, volumeNamed(input.spec, volume)));
    for (const name of new Set(names)) {
      const drive = uses.get(name)?.drive ?? driveOf(input, volumeNamed(input.spec, name));
      // One that is open may be mounted by other means than those that open drives.
      if (drive !== null) uses.set(name, { drive, users: [...(uses.get(name)?.users ?? []), draft] });
    }
  }
  return [...uses.values()];
}

/** What begins a sync waits for its drives; the rest waits for that. */
function after(step: Step, siblings: readonly Step[], gates: readonly string[]): Step {
  const begins = step.runsOn === 'success' && !step.dependsOn.some((id) => siblings.some((other) => other.id === id));
  return begins && gates.length > 0 ? { ...step, dependsOn: [...gates, ...step.dependsOn] } : step;
}

function driveOf(input: PlanInput, volume: Volume): KnownDrive | null {
  const observed = input.facts.volumes[volume.name] ?? anyFacts(input, volume);
  return observed === undefined ? null : knownDrive(volume, observed);
}

function scopeFor({ request }: PlanInput, { drive, users }: Use): Scope {
  const intent = request.drives === 'keep' ? 'keep' : 'scope';
  const { acquire, release } = scopeOf(drive, intent, `needed by ${users.map(({ sync }) => sync.name).join(', ')}`);
  const steps = users.flatMap((draft) => draft.steps.map(({ id }) => id));
  const [first, ...others] = release;
  return { acquire, release: first === undefined ? [] : [{ ...first, dependsOn: steps }, ...others] };
}

/** Facts about the same drive under another volume's name. */
function anyFacts({ spec, facts }: PlanInput, volume: Volume): VolumeFacts | undefined {
  const same = Object.values(spec.volumes).find(
    (other) => facts.volumes[other.name] !== undefined && driveName(spec, other) === volume.name,
  );
  return same === undefined ? undefined : facts.volumes[same.name];
}
