import { resolve } from 'node:path';
import { locateSpec } from '../../api/workspace.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { scheduleText, unscheduledText } from '../../reporters/human/schedule.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { confirm } from '../pipeline/confirm.ts';
import { yesFlag } from '../pipeline/flags.ts';
import { scheduleToRemove } from '../../api/schedule.ts';
import { scheduleFlags } from '../pipeline/schedule.ts';

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
    const asked = { name: flags.name, scope, spec: resolve(located.path) } as const;
    const { document, remove } = this.need(scheduleToRemove(asked, process.env), EXIT.failed);
    const count = document.files.length;
    if (count > 0) {
      this.output.text(`${scheduleText(document, this.output.style())}\n`);
      const no = flags.yes ? null : await confirm('Remove these files? [y/N] ');
      if (no !== null) return this.fail([no], EXIT.refused);
    }
    this.need(await remove(), EXIT.failed);
    this.output.answer(document, ({ name }, style) => unscheduledText(name, count, style));
    return EXIT.done;
  }
}
