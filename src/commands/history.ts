import { historyOf, recordOf } from '../api/history.ts';
import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { locateSpec } from '../api/workspace.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { historyText, runRecordText } from '../reporters/human/history.ts';
import { BaseCommand, specFlag } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { durationMs, LIST } from './pipeline/flags.ts';
import { ownState } from './pipeline/this-user.ts';
import { specAtHand } from '../api/spec-at-hand.ts';
import { UsageError } from '../api/usage-error.ts';
import { knownNamesText } from '../planner/model/suggest.ts';

/** So many runs are listed. All of them are in `--json`. */
const LISTED = 30;

interface Filter {
  limit?: number | undefined;
  since?: string | undefined;
  failed: boolean;
  only?: string[] | undefined;
  /** Path; null for runs of all specs. */
  spec: string | null;
}

export default class History extends BaseCommand {
  static override summary = 'Past runs, or one run in full.';
  static override description =
    'Lists the runs of this spec, or of all where none is found. On a terminal the newest is last; elsewhere it is first.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --failed --since 30d',
    '<%= config.bin %> <%= command.id %> 20260306T143000Z-4f2a',
  ];
  static override exitCodes = exitCodes({ failed: 'the runs cannot be read, or no single run has that id' });
  static override args = {
    run: Args.string({ name: 'RUN', description: 'The id of a run, or a unique beginning of it.' }),
  };
  static override flags = {
    spec: specFlag,
    limit: Flags.integer({
      min: 1,
      helpValue: 'N',
      summary: `At most so many runs, the newest. Without it ${LISTED}, and with --json all.`,
    }),
    since: Flags.string({
      helpValue: 'WHEN',
      summary: 'Only runs since then: 7d for the last seven days, or a day such as 2026-03-06 (UTC).',
    }),
    failed: Flags.boolean({ summary: 'Only runs in which something was not well.' }),
    only: Flags.string({
      char: 's',
      ...LIST,
      helpValue: 'SYNC',
      summary: 'Only runs with this sync.',
    }),
    'all-specs': Flags.boolean({ summary: 'Runs of other specs too.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args, flags } = await this.parse(History);
    const state = ownState();
    if (args.run !== undefined) return this.#show(state, args.run);
    const located = flags['all-specs'] ? null : locateSpec(flags.spec, process.env);
    // A spec that is gone has runs all the same.
    const named = flags['all-specs'] || flags.spec === undefined ? null : resolve(flags.spec);
    return this.#list(state, { ...flags, spec: located?.ok === true ? located.value.path : named });
  }

  #list(state: string, filter: Filter): ExitCode {
    const limit = filter.limit ?? (this.output.json ? Infinity : LISTED);
    const since = filter.since === undefined ? -Infinity : sinceMs(filter.since);
    const listed = historyOf(state, { ...filter, limit, since }, Date.now());
    const document = this.need(listed, EXIT.failed);
    if (document.runs.length === 0) this.#refuseUnknown(filter.only ?? []);
    if (this.output.json) this.output.document(document);
    else {
      this.output.remarks(listed.findings);
      const newestLast = process.stdout.isTTY;
      this.output.paged(historyText(document, { spec: filter.spec, newestLast }, this.output.style()));
    }
    return EXIT.done;
  }

  /** A sync that the spec does not have any more has runs; one that has neither is a mistake. */
  #refuseUnknown(only: readonly string[]): void {
    const known = Object.keys(specAtHand(this.around, this.argv)?.syncs ?? {});
    const unknown = only.find((name) => !known.includes(name));
    if (unknown === undefined || known.length === 0) return;
    throw new UsageError(`No run has a sync named ${unknown}.`, knownNamesText(known, unknown));
  }

  #show(state: string, prefix: string): ExitCode {
    this.output.answer(this.need(recordOf(state, prefix), EXIT.failed), runRecordText);
    return EXIT.done;
  }
}

/** @throws UsageError */
function sinceMs(since: string): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(since) ? Date.parse(since) : NaN;
  return Number.isNaN(day) ? Date.now() - durationMs('since', since, 'or a day such as 2026-03-06') : day;
}
