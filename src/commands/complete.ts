import { namesIn } from '../hosts/browse/names-in.ts';
import { destinationAt } from '../hosts/observe/destination-at.ts';
import { splitCopy } from '../planner/documents/chosen-copy.ts';
import type { EndpointFacts } from '../planner/model/facts.ts';
import { chooseSnapshot } from '../planner/retention/choose.ts';
import { parseSnapshotName } from '../planner/retention/names.ts';
import { endsOf } from '../planner/volumes/ends.ts';
import { readHistory } from '../store/dead-runs.ts';
import { runIds } from '../store/stored-runs.ts';
import { LOCAL_HOST, type Spec, type Sync } from '../planner/model/spec.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { BaseCommand } from './base.ts';
import { candidates, type KnownCommand } from './completion/candidates.ts';
import { exitCodes } from './exit-codes.ts';
import { specAtHand } from './pipeline/spec-at-hand.ts';
import { ownState } from './pipeline/this-user.ts';

/** What the functions of `nbkp completions` call. Says nothing rather than anything wrong. */
export default class Complete extends BaseCommand {
  static override hidden = true;
  static override strict = false;
  static override summary = 'What may stand in the place of the last word: for the completion of shells.';
  static override examples = ['<%= config.bin %> <%= command.id %> -- snapshots li'];
  static override exitCodes = exitCodes();

  protected override async execute(): Promise<ExitCode> {
    const { argv } = await this.parse(Complete);
    const words = argv.map(String);
    const commands = this.config.commands.map(({ id, hidden, args, flags }): KnownCommand => ({
      id,
      hidden,
      args: Object.keys(args),
      flags: Object.fromEntries(
        Object.entries(flags).map(([name, flag]) => [
          name,
          {
            takesValue: flag.type === 'option',
            options: flag.type === 'option' ? (flag.options ?? []) : [],
            hidden: flag.hidden === true,
          },
        ]),
      ),
    }));
    const found = candidates(commands, words, namesOf(specAtHand(words)));
    this.output.text(found.map((word) => `${word}\n`).join(''));
    return EXIT.done;
  }
}

function namesOf(spec: Spec | null): Parameters<typeof candidates>[2] {
  const state = ownState();
  return {
    syncs: () => Object.keys(spec?.syncs ?? {}),
    volumes: () => Object.keys(spec?.volumes ?? {}),
    runs: () => runIds(state),
    snapshots: (name) => {
      const sync = spec?.syncs[name];
      return spec === null || sync === undefined ? [] : snapshotsOf(spec, sync, state);
    },
    entries: (copy, folder) => {
      const { sync: name, snapshot } = splitCopy(copy);
      const sync = spec?.syncs[name];
      return spec === null || sync === undefined ? [] : entriesOf(spec, sync, state, snapshot, folder);
    },
  };
}

function snapshotsOf(spec: Spec, sync: Sync, state: string): string[] {
  const there = destinationOf(spec, sync, state);
  return Object.keys(there?.snapshots ?? {})
    .filter((name) => parseSnapshotName(name) !== null)
    .sort();
}

/** What a folder of a copy holds. */
function entriesOf(spec: Spec, sync: Sync, state: string, wanted: string | null, folder: string): string[] {
  const there = destinationOf(spec, sync, state);
  const chosen = there === null ? null : chooseSnapshot(sync, there, wanted, Date.now());
  if (there === null || chosen?.ok !== true) return [];
  return namesIn(chosen.value === null ? there.path : `${there.path}/snapshots/${chosen.value}`, folder);
}

/** Only of what is here now: nobody waits for a server while typing. */
function destinationOf(spec: Spec, sync: Sync, state: string): EndpointFacts | null {
  const volume = spec.volumes[sync.destination.volume];
  if (volume === undefined || volume.host !== LOCAL_HOST) return null;
  const mounted = readHistory(state, spec.path, endsOf(spec)).history[sync.name]?.lastSuccess?.mountTarget ?? null;
  const path = volume.path ?? mounted;
  return path === null ? null : destinationAt(path, sync.destination.subdir);
}
