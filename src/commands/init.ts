import * as Flags from '@oclif/core/flags';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { withHome } from '../hosts/home.ts';
import { isFolder } from '../hosts/observe/surroundings.ts';
import { newFileProblem, writeNewFile } from '../store/new-file.ts';
import { configDirectory, searchOrder } from '../store/spec-file.ts';
import { localTransport } from '../hosts/transport/local.ts';
import { buildPlan } from '../planner/purposes/backup.ts';
import { asPrepared } from '../planner/init/as-prepared.ts';
import { firstSpec, type Choices } from '../planner/init/first-spec.ts';
import { sourceRemarks } from '../planner/init/choose.ts';
import { isRefused, snapshotsFor } from '../planner/init/of-one-moment.ts';
import type { InitDocument } from '../planner/model/spec-documents.ts';
import { hasErrors, type Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { Spec } from '../planner/model/spec.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { oneDiskRemarks } from '../planner/volumes/one-disk.ts';
import { readSpec } from '../planner/spec/index.ts';
import { firstRunText, proposedText, sourceText, writtenText } from '../reporters/human/init.ts';
import { formatBytes } from '../reporters/text/numbers.ts';
import { BaseCommand, specFlag } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { BUILT_IN_ONLY } from '../api/installed-executors.ts';
import { ask, canAsk } from './pipeline/confirm.ts';
import { isYes, NOT_WRITTEN, chooseDestination, chooseExcludes, type WhereTo } from './pipeline/chosen-destination.ts';
import { discover, type Discovery } from './pipeline/discovery.ts';
import { requestOf } from '../api/request.ts';
import { yesFlag } from './pipeline/flags.ts';
import { humanPlan } from './pipeline/format.ts';
import { layOwnFiles, ownFolder } from './pipeline/own-folder.ts';
import { observeWorld, planInput, workspaceOf } from '../api/workspace.ts';
import { initNeedsTerminal, nothingToBackUp } from '../planner/model/findings/first-spec.ts';

interface Proposal {
  toml: string;
  checked: Result<Spec>;
  plan: Plan;
  remarks: Finding[];
}

export default class Init extends BaseCommand {
  static override summary = 'Write a first spec: what to back up, and where to.';
  static override description =
    'Looks for drives that are plugged in and servers of ~/.ssh/config, asks where the backups should go and what may be left out, ' +
    'shows the spec and what its first run will do. A file that is there is never replaced, and nothing but the spec is written.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --to /media/ada/Backup --yes',
    '<%= config.bin %> <%= command.id %> --source ~/Documents --to pi --no-excludes --yes',
  ];
  static override exitCodes = exitCodes(
    {
      refused: 'refused: a file is in the way, or nobody confirmed',
      absent: 'the source or the destination is not there',
    },
    'invalid',
    'interrupted',
  );
  static override flags = {
    spec: { ...specFlag, summary: 'The file to write. Without it: nbkp/nbkp.toml in the configuration directory.' },
    source: Flags.string({
      helpValue: 'FOLDER',
      summary: 'What to back up. Without it init asks, and with --yes it is the home folder.',
    }),
    to: Flags.string({
      helpValue: 'WHERE',
      summary:
        'Where to: the label, UUID or device of a drive, a host of ~/.ssh/config (HOST:FOLDER for a folder there), or a folder.',
    }),
    into: Flags.string({ helpValue: 'FOLDER', summary: 'The folder there. Without it: backups/MACHINE/SOURCE.' }),
    excludes: Flags.boolean({
      allowNo: true,
      summary:
        'Leave out what can be made again, such as caches. Without it init asks, and with --yes leaves nothing out.',
    }),
    yes: yesFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Init);
    const path = flags.spec ?? join(configDirectory(process.env), 'nbkp', 'nbkp.toml');
    const inTheWay = newFileProblem(path);
    if (inTheWay !== null) return this.fail([inTheWay], EXIT.refused);
    const asks = !flags.yes && canAsk();
    if (asks) this.output.speak();
    if (!flags.yes && !asks) return this.fail([initNeedsTerminal()], EXIT.refused);
    const folder = flags.source ?? (asks ? await this.#askSource() : '~');
    if (folder === null) return this.fail([NOT_WRITTEN], EXIT.refused);
    const lookFor = (to: string | undefined) =>
      discover({ source: folder, to, into: flags.into }, localTransport(), this.around);
    const look = this.need(await lookFor(flags.to), EXIT.invalid);
    const { source } = look;
    const remarks = sourceRemarks(source.absolute, source.directory);
    if (hasErrors(remarks)) return this.fail(remarks, EXIT.absent);
    this.output.remarks(remarks);
    if (asks && flags.source !== undefined) this.output.aside(sourceText(source, this.output.asideStyle()));
    const destination = this.need(
      await chooseDestination(this.output, look.destinations, flags.to, asks ? whereTo(lookFor) : null),
      codeOf,
    );
    const excludes = await chooseExcludes(this.output, source, { wanted: flags.excludes, asks });
    const choices = { source, destination, excludes };
    const proposal = (ofOneMoment: Choices['ofOneMoment']) => this.#proposal({ ...choices, ofOneMoment }, path);
    const first = await proposal(snapshotsFor(source.directory));
    const { toml, checked, plan, remarks: onDisks } = isRefused(first.plan) ? await proposal(null) : first;
    if (hasErrors(plan.findings)) return this.fail(plan.findings, EXIT.invalid);
    this.output.remarks(onDisks);
    if (asks) {
      this.output.aside(proposedText(toml, path, this.output.asideStyle()));
      if (!isYes(await ask('Write it? [Y/n] '))) return this.fail([NOT_WRITTEN], EXIT.refused);
    }
    this.need(writeNewFile(path, toml, { folder: true }), EXIT.refused);
    layOwnFiles(this.config);
    this.#show({ formatVersion: '1.0', path, toml, findings: [...remarks, ...onDisks, ...checked.findings], plan });
    return EXIT.done;
  }

  /** Null where nobody answers. */
  async #askSource(): Promise<string | null> {
    const home = homedir();
    this.output.aside(sourceText({ absolute: home, isHome: true }, this.output.asideStyle()));
    for (;;) {
      const answer = await ask('Enter, or another folder: ');
      if (answer === null || answer === '') return answer === null ? null : '~';
      const path = resolve(withHome(answer));
      if (isFolder(path)) return answer;
      this.output.findings([nothingToBackUp(path)]);
    }
  }

  async #proposal(choices: Choices, path: string): Promise<Proposal> {
    const schema = join(ownFolder(this.config), 'schemas', 'spec.schema.json');
    const toml = firstSpec(choices, schema, formatBytes);
    const checked = readSpec(toml, path);
    return { toml, checked, ...(await this.#firstPlan(this.need(checked, EXIT.invalid))) };
  }

  /** What the first run will do, and what it is worth. What forbids it forbids the spec. */
  async #firstPlan(spec: Spec): Promise<Pick<Proposal, 'plan' | 'remarks'>> {
    const workspace = workspaceOf(this.around, { spec, executors: BUILT_IN_ONLY });
    const { facts } = await observeWorld(workspace, undefined);
    const syncs = Object.values(spec.syncs);
    const plan = buildPlan(planInput(workspace, asPrepared(spec, facts), requestOf({})), syncs);
    return { plan, remarks: oneDiskRemarks({ spec, facts }, syncs, 'any') };
  }

  #show(document: InitDocument): void {
    this.output.answer(document, ({ path, plan }, style) => {
      const isFound = searchOrder(process.env).some((place) => resolve(place) === resolve(path));
      return firstRunText(style) + humanPlan(plan, {}, style) + writtenText(path, isFound, style);
    });
  }
}

function whereTo(look: (to: string) => Promise<Result<Discovery>>): WhereTo {
  return {
    question: 'Where should the backups go?',
    named: async (to) => {
      const found = await look(to);
      return found.ok ? success(found.value.destinations) : found;
    },
  };
}

/** What the exit code is where no destination could be taken. */
function codeOf(findings: readonly Finding[]): ExitCode {
  const absent = ['no-destination-found', 'destination-missing', 'host-unreachable'];
  return findings.some(({ code }) => absent.includes(code)) ? EXIT.absent : EXIT.refused;
}
