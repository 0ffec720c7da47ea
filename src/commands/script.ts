import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { waysFromScript, writeScriptFile } from '../api/from-script.ts';
import { namedSyncs } from '../api/named.ts';
import { requestOf } from '../api/request.ts';
import { UsageError } from '../api/usage-error.ts';
import { SCRIPT_HEAD, specScript } from '../reporters/script/script.ts';
import { sanitise } from '../reporters/text/sanitise.ts';
import { exitCodes } from './exit-codes.ts';
import { selectionFlags } from './pipeline/flags.ts';
import { factsSource } from './pipeline/given-facts.ts';
import { SpecCommand } from './spec-command.ts';

export default class Script extends SpecCommand {
  static override summary = 'Write the spec as a shell script, for machines that have no Node.';
  static override description =
    'The script needs rsync and a POSIX shell. Each time it looks at what is here, checks marks and drives, locks, guards, copies, makes and prunes snapshots, and ends with the exit codes of run. What it cannot do is refused here. Drives have to be open and prepared, since options follow from their file systems; or have been so, with --facts.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out backup.sh',
    '<%= config.bin %> <%= command.id %> --only documents --relative-destination --out /mnt/usb/backup.sh',
  ];
  static override exitCodes = exitCodes({
    failed: 'the script could not be written',
    invalid: 'the spec is invalid, or asks for more than a script can do',
  });
  static override flags = {
    ...selectionFlags,
    facts: Flags.string({
      helpValue: 'FILE',
      summary: 'Make it from facts that `facts export` recorded while the drives were open. Nothing is observed.',
    }),
    out: Flags.string({ helpValue: 'FILE', summary: 'Write to a file (mode 0700) instead of standard output.' }),
    'relative-source': Flags.boolean({ summary: 'Find the volumes of sources from the folder of FILE.' }),
    'relative-destination': Flags.boolean({ summary: 'Find the volumes of destinations from the folder of FILE.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Script);
    const { out } = flags;
    const sides = { source: flags['relative-source'], destination: flags['relative-destination'] };
    if ((sides.source || sides.destination) && out === undefined) {
      throw new UsageError('--relative-source and --relative-destination need --out.', 'Say where the script will be.');
    }
    const use = flags.facts === undefined ? 'look' : 'read';
    return this.withSpec(flags, use, async (workspace) => {
      const { spec } = workspace;
      const source = this.need(factsSource({ facts: flags.facts, offline: false }), EXIT.invalid);
      const given = source?.(spec, workspace.filters);
      const asked = { ...flags, mount: false, 'ignore-conditions': true };
      const request = requestOf(asked);
      const { plan, facts, remarks } = await this.planned(workspace, asked, { purpose: 'script', given });
      this.output.remarks(remarks);
      const input = { spec, facts, plan, request };
      const syncs = namedSyncs(spec, request);
      const ways = out === undefined ? new Map<string, string>() : waysFromScript(input, syncs, out, sides);
      const text = this.need(specScript(input, syncs, ways), EXIT.invalid);
      const document = { formatVersion: '1.0', syncs: syncs.map(({ name }) => name), script: text };
      if (out === undefined) this.output.answerExactly(document, text);
      else {
        this.need(writeScriptFile(out, text, SCRIPT_HEAD), EXIT.failed);
        this.output.answer(document, () => `The script is in ${sanitise(out)}.\n`);
      }
      return EXIT.done;
    });
  }
}
