import { basename, resolve } from 'node:path';
import { hasSystemd, removeFiles } from '../../store/schedule.ts';
import { runTogether } from '../../executors/run-together.ts';
import { locateSpec } from '../../store/spec-file.ts';
import { localTransport } from '../../hosts/transport/local.ts';
import type { ScheduleDocument } from '../../planner/model/documents.ts';
import { ownerOf } from '../../planner/schedule/request.ts';
import { removalCommands, systemctlOf } from '../../planner/schedule/systemd.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { scheduleText, unscheduledText } from '../../reporters/human/schedule.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { confirm } from '../pipeline/confirm.ts';
import { yesFlag } from '../pipeline/flags.ts';
import { filesPresent, scheduleFlags } from '../pipeline/schedule.ts';

export default class ScheduleRemove extends BaseCommand {
  static override summary = 'Take the schedule of a spec away again.';
  static override description = 'Removes what schedule install made for this spec, and nothing else.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override exitCodes = exitCodes(
    'failed',
    { refused: 'refused: a file that nbkp did not make is in the way, or nobody confirmed' },
    'invalid',
    'interrupted',
  );
  static override flags = { ...scheduleFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(ScheduleRemove);
    if (!flags.yes) this.output.speak();
    // The spec itself may be gone or broken by now: its path is enough.
    const located = this.need(locateSpec(flags.spec, process.env), EXIT.invalid);
    const scope = flags.system ? 'system' : 'user';
    const present = this.need(filesPresent({ name: flags.name, scope }, process.env), EXIT.failed);
    const own = present.filter(({ text }) => ownerOf(text, resolve(located.path)) === 'this');
    const units = own.map(({ path }) => basename(path));
    const systemd = hasSystemd();
    const before = systemd ? removalCommands(scope, units) : [];
    const after = systemd && own.length > 0 ? [[...systemctlOf(scope), 'daemon-reload']] : [];
    const files = own.map((file) => ({ ...file, change: 'remove' as const }));
    const head = { formatVersion: '1.0', name: flags.name, scope } as const;
    const document: ScheduleDocument = { ...head, files, commands: [...before, ...after], findings: [] };
    if (own.length > 0) {
      this.output.text(`${scheduleText(document, this.output.style())}\n`);
      const no = flags.yes ? null : await confirm('Remove these files? [y/N] ');
      if (no !== null) return this.fail([no], EXIT.refused);
    }
    this.need(await runTogether(before, localTransport()), EXIT.failed);
    this.need(removeFiles(own), EXIT.failed);
    this.need(await runTogether(after, localTransport()), EXIT.failed);
    this.output.answer(document, ({ name }, style) => unscheduledText(name, own.length, style));
    return EXIT.done;
  }
}
