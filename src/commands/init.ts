import * as Flags from '@oclif/core/flags';
import { discover, folderHere, homeFolder, type Discovery } from '../api/discovery.ts';
import { isFound } from '../api/edit-spec.ts';
import { newFileProblem, proposeSpec, usualPlace, writeFirstSpec } from '../api/first-spec.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { hasErrors } from '../planner/model/finding.ts';
import { initNeedsTerminal } from '../planner/model/findings/first-spec.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { InitDocument } from '../planner/model/spec-documents.ts';
import { firstRunText, proposedText, sourceText, writtenText } from '../reporters/human/init.ts';
import { BaseCommand, specFlag } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import {
  absentOrRefused,
  isYes,
  NOT_WRITTEN,
  chooseDestination,
  chooseExcludes,
  type WhereTo,
} from './pipeline/chosen-destination.ts';
import { ask, canAsk } from './pipeline/confirm.ts';
import { yesFlag } from './pipeline/flags.ts';
import { humanPlan } from './pipeline/format.ts';
import { layOwnFiles, schemaFile } from './pipeline/own-folder.ts';

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
    const path = flags.spec ?? usualPlace(this.around);
    const inTheWay = newFileProblem(path);
    if (inTheWay !== null) return this.fail([inTheWay], EXIT.refused);
    const asks = !flags.yes && canAsk();
    if (asks) this.output.speak();
    if (!flags.yes && !asks) return this.fail([initNeedsTerminal()], EXIT.refused);
    const folder = flags.source ?? (asks ? await this.#askSource() : '~');
    if (folder === null) return this.fail([NOT_WRITTEN], EXIT.refused);
    const lookFor = (to: string | undefined) => discover(this.around, { source: folder, to, into: flags.into });
    const look = this.need(await lookFor(flags.to), EXIT.invalid);
    const { source, remarks } = look;
    if (hasErrors(remarks)) return this.fail(remarks, EXIT.absent);
    this.output.remarks(remarks);
    if (asks && flags.source !== undefined) this.output.aside(sourceText(source, this.output.asideStyle()));
    const destination = this.need(
      await chooseDestination(this.output, look.destinations, flags.to, asks ? whereTo(lookFor) : null),
      absentOrRefused,
    );
    const excludes = await chooseExcludes(this.output, this.around, source, { wanted: flags.excludes, asks });
    const written = { path, schema: schemaFile(this.config) };
    const proposed = this.need(
      await proposeSpec(this.around, { source, destination, excludes }, written),
      EXIT.invalid,
    );
    const { toml, plan } = proposed;
    this.output.remarks(proposed.remarks);
    if (asks) {
      this.output.aside(proposedText(toml, path, this.output.asideStyle()));
      if (!isYes(await ask('Write it? [Y/n] '))) return this.fail([NOT_WRITTEN], EXIT.refused);
    }
    this.need(writeFirstSpec(path, proposed), EXIT.refused);
    layOwnFiles(this.config);
    const findings = [...remarks, ...proposed.remarks, ...proposed.findings];
    this.#show({ formatVersion: '1.0', path, toml, findings, plan });
    return EXIT.done;
  }

  /** Null where nobody answers. */
  async #askSource(): Promise<string | null> {
    this.output.aside(sourceText({ absolute: homeFolder(), isHome: true }, this.output.asideStyle()));
    for (;;) {
      const answer = await ask('Enter, or another folder: ');
      if (answer === null || answer === '') return answer === null ? null : '~';
      const folder = folderHere(answer);
      if (folder.ok) return folder.value;
      this.output.findings(folder.findings);
    }
  }

  #show(document: InitDocument): void {
    this.output.answer(document, ({ path, plan }, style) => {
      return firstRunText(style) + humanPlan(plan, {}, style) + writtenText(path, isFound(path, this.around), style);
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
