import { unknownExecutors } from '../../planner/compile/unknown-executor.ts';
import { expandFilters } from '../../planner/kinds/rsync/filters.ts';
import type { FindingsDocument } from '../../planner/model/documents.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { validityText } from '../../reporters/human/validity.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { assumedAt } from '../../api/given-facts.ts';
import { outsideFlag } from '../pipeline/given-facts.ts';
import { openWorkspace, type Workspace } from '../../api/workspace.ts';

export default class SpecValidate extends BaseCommand {
  static override summary = 'Check the spec and show every mistake in it at once.';
  static override description =
    'Reads the spec, the filter files in its folder and what is recorded of plugins beside it, and loads the plugins that are installed: ' +
    '`nbkp check` tells whether what it names is there.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --spec ~/backups/nbkp.toml --json',
  ];
  static override flags = { spec: specFlag, ...outsideFlag };
  static override exitCodes = exitCodes('invalid');

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SpecValidate);
    const read = await openWorkspace(this.around, flags.spec, 'read', { outside: flags['outside-files'] });
    if (!read.ok) return this.fail(read.findings, EXIT.invalid);
    const { spec, executors, filters } = read.value;
    const told = spec.findings.map(({ message }) => message);
    const broken = Object.values(executors.planning.unusable ?? {})
      .filter(({ message }) => !told.includes(message))
      .map((finding): Finding => ({ ...finding, severity: 'warning' }));
    const findings = [
      ...read.findings,
      ...spec.findings,
      ...unknownExecutors(spec, executors.planning),
      ...broken,
      ...filterFindings(spec, filters),
    ];
    const document: FindingsDocument = { formatVersion: '1.0', findings };
    this.output.answer(document, (shown, style) => validityText(spec, shown.findings, style));
    return EXIT.done;
  }
}

/** What is wrong with filter files. That one outside of the spec's folder is not read says nothing against the spec. */
function filterFindings(spec: Spec, filters: Workspace['filters']): Finding[] {
  const facts = assumedAt(Date.now())(spec, filters);
  const syncs = Object.values(spec.syncs).filter(({ enabled }) => enabled);
  return syncs
    .flatMap((sync) =>
      expandFilters({ spec, facts, sync }).findings.map((finding) => ({ ...finding, sync: sync.name })),
    )
    .filter(({ code }) => code !== 'filter-file-outside')
    .map((finding) => ({ ...finding, severity: 'warning' }));
}
