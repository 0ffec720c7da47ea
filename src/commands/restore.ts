import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { splitCopy } from '../planner/model/copy-name.ts';
import { hasErrors, type Finding } from '../planner/model/finding.ts';
import type { Overwrite } from '../planner/model/plan.ts';
import { success, type Result } from '../planner/model/result.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { specFlag } from './base.ts';
import { codeOfAbsence, runExitCodes, NO_SNAPSHOTS_HERE } from './exit-codes.ts';
import { copyToRestore, planRestore, type RestoreOrigin } from '../api/plan-restore.ts';
import { requestOf } from '../api/request.ts';
import { allFlag, openFlag, reachFlags, yesFlag } from './pipeline/flags.ts';
import { namedSync } from '../api/named.ts';
import { aboutFolder, fromHome, openDestination, withVolumeMark } from '../api/destination-workspace.ts';
import { pickPaths } from './pipeline/pick-paths.ts';
import { SpecCommand } from './spec-command.ts';
import { specAtHand } from '../api/spec-at-hand.ts';
import type { Surroundings } from '../api/surroundings.ts';
import type { Workspace } from '../api/workspace.ts';
import { UsageError } from '../api/usage-error.ts';
import { knownNamesText } from '../planner/model/suggest.ts';

/** What is restored, and from where. */
interface Origin extends RestoreOrigin {
  snapshot: string | null;
  paths: string[];
}

interface RestoreFlags {
  to: string;
  yes: boolean;
  interactive: boolean;
  overwrite: Overwrite;
  'dry-run': boolean;
  files: boolean;
  all: boolean;
  'allow-destructive': boolean;
}

export default class Restore extends SpecCommand {
  static override strict = false;
  static override summary = 'Copy files out of a snapshot. Shows what it will do and asks first.';
  static override description = [
    'Adds what is missing where it restores to, the source too. What is there and differs stays, unless --overwrite says otherwise: if-older replaces what is older there, always all that differs. Folders that are there stay as they are; always gives those that were asked for back what they had.',
    'What comes back is what the snapshot holds: contents, names, modes, times and links; owners for root alone, and groups as far as this user is in them. Hard links, ACLs, extended attributes and holes come back when the options of the sync have -H, -A, -X and -S: without them no snapshot holds them.',
  ].join('\n\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> documents --to /tmp/restored',
    '<%= config.bin %> <%= command.id %> documents@2026-03-06 Letters/2025 --to /tmp/restored',
    '<%= config.bin %> <%= command.id %> documents@yesterday --interactive --to ~/restored',
    '<%= config.bin %> <%= command.id %> --from /media/ada/Backup/documents Letters --to ~/restored',
    '<%= config.bin %> <%= command.id %> documents ~/Letters --to ~ --overwrite if-older',
  ];
  static override exitCodes = runExitCodes('failed', 'refused', { absent: NO_SNAPSHOTS_HERE }, 'locked');
  static override args = {
    sync: Args.string({
      name: 'SYNC[@SNAPSHOT]',
      description:
        'Which sync, and which snapshot of it: latest (the default), -2 (the one before), yesterday, a day (2026-03-06: the newest of it), or any unique beginning of its name.',
    }),
    path: Args.string({
      name: 'PATH',
      description:
        'Only these files or folders: relative to the snapshot, or their full paths in the source. *, ? and [abc] stand for what they do in a shell, and \\#012 for a byte.',
    }),
  };
  static override flags = {
    spec: specFlag,
    ...reachFlags,
    ...openFlag,
    from: Flags.string({
      helpValue: 'FOLDER[@SNAPSHOT]',
      exclusive: ['mount'],
      summary: 'Without a spec: a destination, the folder with latest and snapshots/. All arguments are then paths.',
    }),
    to: Flags.string({ required: true, helpValue: 'DIR', summary: 'Where to; made if it is not there.' }),
    interactive: Flags.boolean({
      summary: 'Go through the snapshot with the arrow keys and choose, in place of naming paths.',
    }),
    yes: yesFlag,
    overwrite: Flags.option({
      options: ['never', 'if-older', 'always'] as const,
      default: 'never',
      summary: 'Which entries that are there and differ give way.',
    })(),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Only show what it would do.' }),
    files: Flags.boolean({
      default: true,
      allowNo: true,
      summary: 'Name the files in the preview, the largest first: the default.',
    }),
    all: allFlag,
    'allow-destructive': Flags.boolean({ summary: 'Let what is of another kind there give way too.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(Restore);
    const words = argv.map(String);
    if (flags.from !== undefined) {
      const opened = this.need(await openDestination(this.around, flags.from), EXIT.failed);
      const folder = opened.workspace.spec.path;
      const alone = { seenAs: withVolumeMark, about: (each: Finding) => aboutFolder(each, folder) };
      return this.#restore({ ...opened, paths: words.map(fromHome), alone }, flags);
    }
    const [wanted, ...paths] = words;
    if (wanted === undefined) throw whichSync(this.around, this.argv);
    const { sync: name, snapshot } = splitCopy(wanted);
    const { mount, ...wants } = flags;
    return this.withSpec(flags, flags['dry-run'] && !mount ? 'look' : 'run', (workspace) => {
      const sync = namedSync(workspace.spec, name);
      const origin = { workspace, sync, snapshot, paths, alone: null };
      return this.withOpenDrives(workspace, { mount, syncs: [sync] }, () => this.#restore(origin, wants));
    });
  }

  async #restore(named: Origin, flags: RestoreFlags): Promise<ExitCode> {
    const origin = flags.interactive ? this.need(await this.#pick(named), codeOf) : named;
    const { workspace, sync, snapshot, paths } = origin;
    const to = folderHere(workspace, flags.to);
    const restore = { sync: sync.name, snapshot, paths, to, overwrite: flags.overwrite };
    const request = requestOf(flags, { restore, drives: 'leave' });
    const planned = await planRestore(origin, request, restore);
    if (hasErrors(planned.remarks)) return this.fail(planned.remarks, EXIT.failed);
    // What was asked for and is not there is no success.
    const options = { ...flags, strict: true };
    return flags['dry-run'] ? this.showPlanned(workspace, planned, options) : this.propose(workspace, planned, options);
  }

  /** The snapshot that was looked at is the one that is restored from, whatever becomes of `latest`. */
  async #pick(origin: Origin): Promise<Result<Origin>> {
    if (origin.paths.length > 0) throw new UsageError('PATH and --interactive exclude each other.');
    const copy = await copyToRestore(origin, origin.snapshot);
    if (!copy.ok) return copy;
    const { place, name, snapshot } = copy.value;
    const picked = await pickPaths(this.output, place, name);
    return picked.ok ? success({ ...origin, snapshot, paths: picked.value }) : picked;
  }
}

/** `VOLUME:DIR` is what a spec says; a folder of that name would be made in the current one, and nobody would look for it there. */
function folderHere({ spec }: Workspace, to: string): string {
  const [volume = ''] = to.split(':', 1);
  if (!to.includes(':') || !Object.hasOwn(spec.volumes, volume)) return resolve(to);
  const help = `Name the folder by its path. One that has this name: --to ./${to}`;
  throw new UsageError(
    `--to ${to} names a place in the volume ${volume}, and what is restored goes to a folder on this machine.`,
    help,
  );
}

/** Why nothing was chosen: the copy is not here, it cannot be read, or a person would rather not. */
function codeOf(findings: readonly Finding[]): ExitCode {
  if (findings.some(({ code }) => code === 'not-confirmed' || code === 'confirmation-impossible')) return EXIT.refused;
  return codeOfAbsence(findings);
}

function whichSync(around: Surroundings, argv: readonly string[]): UsageError {
  const names = Object.keys(specAtHand(around, argv)?.syncs ?? {});
  const there = names.length === 0 ? '' : `${knownNamesText(names)}. `;
  return new UsageError('Which sync?', `${there}Or, without a spec: --from FOLDER`);
}
