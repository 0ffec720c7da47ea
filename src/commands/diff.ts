import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { DiffDocument } from '../planner/model/diff.ts';
import { hasErrors } from '../planner/model/finding.ts';
import { combine, EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { diffText } from '../reporters/human/diff.ts';
import { diffMarkdown } from '../reporters/markdown/diff.ts';
import type { Style } from '../reporters/style.ts';
import { BaseCommand, specFlag } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { assumedAt } from '../api/given-facts.ts';
import { differingFiles, isSame } from '../api/diff.ts';
import { formatFlag, maxBytesFlag } from './pipeline/format.ts';
import { factsFlags, factsSource, outsideFlag } from './pipeline/given-facts.ts';

export default class Diff extends BaseCommand {
  static override summary = 'Show what a change of the spec changes in the plan. Observes nothing.';
  static override description =
    'Plans both from the same facts (recorded ones with --facts, else none) and compares them step by step. Each of A and B is a spec, a plan file, or one of them in a git revision, REVISION:PATH. B is the spec by default. Syncs are matched by name, then by destination; the order of tables makes no difference.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> main:nbkp.toml',
    '<%= config.bin %> <%= command.id %> main:nbkp.toml nbkp.toml --facts facts.json --format markdown',
    '<%= config.bin %> <%= command.id %> monday.plan tuesday.plan --detailed-exitcode',
  ];
  static override exitCodes = exitCodes(
    { failed: 'the change brings an error', invalid: 'a spec, a plan file or the facts file is invalid' },
    'changes',
  );
  static override args = {
    a: Args.string({ name: 'A', required: true, description: 'What was: a spec, a plan file, or REVISION:PATH.' }),
    b: Args.string({ name: 'B', description: 'What is; the spec by default.' }),
  };
  static override flags = {
    spec: specFlag,
    facts: factsFlags.facts,
    ...outsideFlag,
    commands: Flags.boolean({
      summary: 'Show command lines, of added and removed steps too. Without it: the words of them that have changed.',
    }),
    format: formatFlag(['human', 'markdown'], 'human'),
    'max-bytes': maxBytesFlag,
    'detailed-exitcode': Flags.boolean({ summary: 'Exit code 2 when a run would do something else.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(Diff);
    const facts = this.need(factsSource({ facts: flags.facts, offline: false }), EXIT.invalid);
    const names = { a: args.a, b: args.b, spec: flags.spec };
    const given = { facts: facts ?? assumedAt(Date.now()), outside: flags['outside-files'] };
    const compared = await differingFiles(this.around, names, given);
    const diff = this.need(compared, EXIT.invalid);
    this.output.remarks(compared.findings);
    const { commands, 'max-bytes': maxBytes } = flags;
    const human = (shown: DiffDocument, style: Style) =>
      diffText(shown, { commands, now: new Date().toISOString() }, style);
    if (flags.format === 'human') this.output.answer(diff, human);
    else this.output.answerExactly(diff, diffMarkdown(diff, maxBytes));
    return combine([
      hasErrors(diff.findings) ? EXIT.failed : EXIT.done,
      flags['detailed-exitcode'] && !isSame(diff) ? EXIT.changes : EXIT.done,
    ]);
  }
}
