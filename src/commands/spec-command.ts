import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { BaseCommand } from './base.ts';
import { newerState } from '../store/state-format.ts';
import type { SpecLocation } from '../store/spec-file.ts';
import { openWorkspace, type ReadingFlags, type SpecUse, type Workspace } from './pipeline/workspace.ts';

/** What every command that works with a spec has in common. */
export abstract class SpecCommand extends BaseCommand {
  /**
   * Opens the spec and works with it. A spec that is none ends the command.
   *
   * @param use what for
   */
  protected async withSpec(
    flags: ReadingFlags & { spec?: string | SpecLocation | undefined },
    use: SpecUse,
    work: (workspace: Workspace) => ExitCode | Promise<ExitCode>,
  ): Promise<ExitCode> {
    const opened = await openWorkspace(this.config, flags.spec, use, flags);
    if (!opened.ok) return this.fail(opened.findings, EXIT.invalid);
    const newer = use === 'read' ? null : newerState(opened.value.state);
    if (newer !== null) return this.fail([newer], EXIT.failed);
    this.output.remarks(opened.findings);
    return work(opened.value);
  }
}
