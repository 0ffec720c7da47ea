import { notKeptBy } from '../kinds/stored/not-kept.ts';
import { heldRemarks } from '../kinds/rsync/held.ts';
import type { MountFacts } from '../model/facts.ts';
import { locate, type Finding } from '../model/finding.ts';
import { optionsUpgrade } from '../model/findings/file-systems.ts';
import type { PlanInput } from '../model/plan.ts';
import type { Sync } from '../model/spec.ts';
import { keepingOf } from '../volumes/copy-options.ts';
import { optionsAfter, upgrade } from './prepare-identity.ts';

/** What the backup there will not have of its source. */
export function remarksOn(input: PlanInput, sync: Sync, mount: MountFacts | null): Finding[] {
  const at = locate(input.spec, `/syncs/${sync.name}`);
  const { facts, spec, executors } = input;
  const keeper = executors.find(({ name }) => name === sync.transfer);
  if (sync.stored !== undefined && keeper !== undefined)
    return notKeptBy(keeper, { spec, facts, sync }).map((remark) => ({ ...remark, ...at, sync: sync.name }));
  // What rsync keeps there says nothing of another program.
  if (sync.transfer !== 'rsync') return [];
  const keeping = keepingOf(input, sync, mount, optionsAfter(input, sync, mount));
  const upgrades = upgrade(input, sync, mount) !== null ? upgradeRemarks(input, sync) : [];
  // The plan tries it.
  const held = heldRemarks(sync, keeping).filter(({ code }) => code !== 'file-system-untried');
  return [...held, ...upgrades].map((remark) => ({ ...remark, ...at, sync: sync.name }));
}

/** What the next run copies or sets since the copy keeps more, from the dry run that was made with it. */
function upgradeRemarks({ facts }: PlanInput, { name, destination, snapshots }: Sync): Finding[] {
  const preview = facts.previews[name];
  if (preview === undefined) return [];
  const { files, bytes } = preview.attributes ?? { files: 0, bytes: 0 };
  const copies = snapshots.mode === 'hard-link';
  return [{ ...optionsUpgrade({ sync: name, files, bytes, copies }), volume: destination.volume }];
}
