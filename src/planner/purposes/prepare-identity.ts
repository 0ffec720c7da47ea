import { identitiesIn, markCommand } from '../kinds/create/commands.ts';
import { CARGO_IDS } from '../file-systems/kept.ts';
import type { EndpointFacts, MountFacts } from '../model/facts.ts';
import type { CopyOptions } from '../model/identity.ts';
import { sameJson } from '../model/json-changes.ts';
import type { PlanInput } from '../model/plan.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { identityPlaceholder, type Step } from '../model/step.ts';
import { bestOptions, decideOptions, lateOptions, recordedOptions } from '../volumes/copy-options.ts';
import { markDestination, merges, ownership, sourceId } from '../volumes/identity.ts';

/** The steps that draw the ids of sources, by the placeholder of the id. */
export type Drawn = ReadonlyMap<string, string>;

export function drawnIds(parts: readonly { steps: Step[] }[]): Drawn {
  const steps = parts.flatMap((part) => part.steps);
  return new Map(steps.flatMap(({ id, commands }) => identitiesIn(commands).map((name) => [name, id] as const)));
}

/** Empty where the source is not here: the first run that sees both ends writes down whose it is. */
export function ownerCommands(
  input: PlanInput,
  sync: Sync,
  observed: EndpointFacts,
  { drawn, mount }: { drawn: Drawn; mount: MountFacts | null },
): string[][] {
  const { state } = ownership(input, sync);
  const upgrades = state === 'own' && (upgrade(input, sync, mount) ?? lateOptions(input, sync, mount)) !== null;
  if (observed.sentinels.destination && state !== 'free' && state !== 'owned' && !upgrades) return [];
  const source = merges(sync) ? null : knownId(input, sync, drawn);
  if (source !== null) {
    const options = optionsAfter(input, sync, mount);
    const replace = state === 'owned' || upgrades;
    return [markDestination(input, sync, { path: observed.path, source, options, replace })];
  }
  return observed.sentinels.destination ? [] : [markCommand(`${observed.path}/.nbkp-dst`)];
}

/** What the copy keeps when it is prepared: it was decided before, or is now. */
export function optionsAfter(input: PlanInput, sync: Sync, mount: MountFacts | null): CopyOptions | null {
  const known = recordedOptions(input, sync);
  const isOwned = input.facts.endpoints[endpointKey(sync.destination)]?.identity?.owner != null;
  const upgraded = upgrade(input, sync, mount);
  if (upgraded !== null) return upgraded;
  if (isOwned) return lateOptions(input, sync, mount) ?? known;
  return decideOptions(input, sync, mount);
}

export function isUpgraded({ request }: PlanInput, sync: Sync): boolean {
  return request.upgradeOptions?.includes(sync.name) === true;
}

/** What a person asked for: all that can be held, and nothing less than before. Null where that is as it is. */
export function upgrade(input: PlanInput, sync: Sync, mount: MountFacts | null): CopyOptions | null {
  const best = isUpgraded(input, sync) ? bestOptions(input, sync, mount) : null;
  if (best === null) return null;
  const known = recordedOptions(input, sync);
  const keeps = CARGO_IDS.filter((id) => best.keeps.includes(id) || known?.keeps.includes(id) === true);
  const upgraded = { keeps, modifyWindow: known?.modifyWindow ?? best.modifyWindow };
  return known !== null && sameJson(known, upgraded) ? null : upgraded;
}

export function takesOver(input: PlanInput, sync: Sync, drawn: Drawn): boolean {
  return input.request.takeOver === true && knownId(input, sync, drawn) !== null;
}

/** The id of a source that has one, or gets one by the same plan. */
function knownId(input: PlanInput, sync: Sync, drawn: Drawn): string | null {
  const id = sourceId(input, sync);
  if (id !== null) return id;
  const key = endpointKey(sync.source);
  const readers = Object.values(input.spec.syncs).filter((other) => endpointKey(other.source) === key);
  return readers.map(({ name }) => identityPlaceholder(name)).find((name) => drawn.has(name)) ?? null;
}
