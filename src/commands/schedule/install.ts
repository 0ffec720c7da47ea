import {
  canSchedule,
  cronLine,
  installSchedule,
  isScheduled,
  scheduleDocument,
  scheduleRequest,
} from '../../api/schedule.ts';
import { ownProgram } from '../installed.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { scheduledText, scheduleText, unchangedText } from '../../reporters/human/schedule.ts';
import { exitCodes } from '../exit-codes.ts';
import { confirm } from '../pipeline/confirm.ts';
import { yesFlag } from '../pipeline/flags.ts';
import { scheduleFlags, timingFlags } from '../pipeline/schedule.ts';
import { SpecCommand } from '../spec-command.ts';
import { noSystemd } from '../../planner/model/findings/schedules.ts';

export default class ScheduleInstall extends SpecCommand {
  static override summary = 'Run backups by themselves: every day, and when a drive is plugged in.';
  static override description =
    'Shows the units of systemd and asks before it writes them. What nbkp did not make is never replaced.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --every 4h --no-plug',
    'sudo <%= config.bin %> <%= command.id %> --system --spec /etc/nbkp/nbkp.toml',
  ];
  static override exitCodes = exitCodes(
    'failed',
    {
      refused: 'refused: a file that nbkp did not make is in the way, or nobody confirmed',
      absent: 'systemd is not at work on this machine',
    },
    'invalid',
    'interrupted',
  );
  static override flags = { ...scheduleFlags, ...timingFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(ScheduleInstall);
    if (!flags.yes) this.output.speak();
    return this.withSpec(flags, 'run', async (workspace) => {
      const request = scheduleRequest(workspace, flags, ownProgram());
      if (!canSchedule()) {
        const line = cronLine(request);
        this.output.findings([noSystemd(line !== null)]);
        // By itself, so that it is copied as it is.
        if (line !== null) this.output.aside(`\n${line}\n`);
        return EXIT.absent;
      }
      const document = this.need(await scheduleDocument(workspace, request), EXIT.refused);
      this.output.remarks(document.findings);
      if (await isScheduled(workspace, document)) {
        this.output.answer(document, ({ name }, style) => unchangedText(name, style));
        return EXIT.done;
      }
      this.output.text(`${scheduleText(document, this.output.style())}\n`);
      const no = flags.yes ? null : await confirm('Write these files and run these commands? [y/N] ');
      if (no !== null) return this.fail([no], EXIT.refused);
      this.need(await installSchedule(workspace, document), EXIT.failed);
      this.output.answer(document, scheduledText);
      return EXIT.done;
    });
  }
}
