import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { scheduleText } from '../../reporters/human/schedule.ts';
import { exitCodes } from '../exit-codes.ts';
import { scheduleFlags, timingFlags } from '../pipeline/schedule.ts';
import { cronLine, launchdAgent, scheduleDocument, scheduleRequest, type ScheduleRequest } from '../../api/schedule.ts';
import { ownProgram } from '../installed.ts';
import { SpecCommand } from '../spec-command.ts';
import { scheduleNotPossible } from '../../planner/model/findings/schedules.ts';

export default class ScheduleShow extends SpecCommand {
  static override summary = 'Show what schedule install would write, and what is there of it.';
  static override description =
    'Changes nothing. For machines without systemd, --format launchd prints an agent of macOS and --format cron a line of crontab.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --format launchd > org.nbkp.nbkp.plist',
    '(crontab -l; <%= config.bin %> <%= command.id %> --format cron) | crontab -',
  ];
  static override exitCodes = exitCodes({ refused: 'a file that nbkp did not make is in the way' }, 'invalid');
  static override flags = {
    ...scheduleFlags,
    ...timingFlags,
    format: Flags.option({ options: ['systemd', 'launchd', 'cron'] as const, default: 'systemd' as const })(),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(ScheduleShow);
    return this.withSpec(flags, 'look', async (workspace) => {
      const request = scheduleRequest(workspace, flags, ownProgram());
      if (flags.format !== 'systemd' && !this.output.json) return this.#elsewhere(request, flags.format);
      const document = this.need(await scheduleDocument(workspace, request), EXIT.refused);
      this.output.answer(document, scheduleText);
      this.output.remarks(document.findings);
      return EXIT.done;
    });
  }

  #elsewhere(request: ScheduleRequest, format: 'launchd' | 'cron'): ExitCode {
    if (format === 'launchd') {
      const { path, text } = launchdAgent(request);
      this.output.exactly(text);
      this.output.aside(`To be written to ${path}, then: launchctl load ${path}\n`);
      return EXIT.done;
    }
    const line = cronLine(request);
    if (line === null) return this.fail([scheduleNotPossible()], EXIT.refused);
    this.output.exactly(`${line}\n`);
    return EXIT.done;
  }
}
