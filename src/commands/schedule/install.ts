import { basename } from 'node:path';
import { hasSystemd, removeFiles, writeFiles } from '../../store/schedule.ts';
import { runTogether } from '../../executors/run-together.ts';
import type { ScheduleDocument } from '../../planner/model/documents.ts';
import { cronLine } from '../../planner/schedule/elsewhere.ts';
import { removalCommands, systemctlOf } from '../../planner/schedule/systemd.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { scheduledText, scheduleText, unchangedText } from '../../reporters/human/schedule.ts';
import { exitCodes } from '../exit-codes.ts';
import { confirm } from '../pipeline/confirm.ts';
import { yesFlag } from '../pipeline/flags.ts';
import { scheduleDocument, scheduleFlags, scheduleRequest, timingFlags } from '../pipeline/schedule.ts';
import { type Workspace } from '../../api/workspace.ts';
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
      const request = scheduleRequest(workspace, flags, process.env);
      if (!hasSystemd()) {
        const line = cronLine(request);
        this.output.findings([noSystemd(line !== null)]);
        // By itself, so that it is copied as it is.
        if (line !== null) this.output.aside(`\n${line}\n`);
        return EXIT.absent;
      }
      const document = this.need(await scheduleDocument(workspace, request, process.env), EXIT.refused);
      this.output.remarks(document.findings);
      if (await isInstalled(workspace, document)) {
        this.output.answer(document, ({ name }, style) => unchangedText(name, style));
        return EXIT.done;
      }
      this.output.text(`${scheduleText(document, this.output.style())}\n`);
      const no = flags.yes ? null : await confirm('Write these files and run these commands? [y/N] ');
      if (no !== null) return this.fail([no], EXIT.refused);
      await this.#install(workspace, document);
      this.output.answer(document, scheduledText);
      return EXIT.done;
    });
  }

  /** Killed anywhere in between, a second try does the rest. */
  async #install({ local }: Workspace, { scope, files, commands }: ScheduleDocument): Promise<void> {
    const stale = files.filter(({ change }) => change === 'remove');
    const off = removalCommands(
      scope,
      stale.map(({ path }) => basename(path)),
    );
    this.need(await runTogether(off, local), EXIT.failed);
    this.need(removeFiles(stale), EXIT.failed);
    this.need(writeFiles(files.filter(({ change }) => change === 'create' || change === 'update')), EXIT.failed);
    this.need(await runTogether(commands, local), EXIT.failed);
  }
}

async function isInstalled({ local }: Workspace, { name, scope, files }: ScheduleDocument): Promise<boolean> {
  if (files.some(({ change }) => change !== 'keep')) return false;
  const plugged = files.map(({ path }) => basename(path)).filter((file) => file.startsWith(`${name}-plugged-`));
  const units = [`${name}.timer`, ...(scope === 'user' ? plugged : [])];
  const { code } = await local.run([...systemctlOf(scope), 'is-enabled', '--quiet', ...units]);
  return code === 0;
}
