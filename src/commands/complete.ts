import { knownNames } from '../api/known-names.ts';
import { specAtHand } from '../api/spec-at-hand.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { BaseCommand } from './base.ts';
import { candidates, type KnownCommand } from './completion/candidates.ts';
import { exitCodes } from './exit-codes.ts';

/** What the functions of `nbkp completions` call. Says nothing rather than anything wrong. */
export default class Complete extends BaseCommand {
  static override hidden = true;
  static override strict = false;
  static override summary = 'What may stand in the place of the last word: for the completion of shells.';
  static override examples = ['<%= config.bin %> <%= command.id %> -- snapshots li'];
  static override exitCodes = exitCodes();

  protected override async execute(): Promise<ExitCode> {
    const { argv } = await this.parse(Complete);
    const words = argv.map(String);
    const commands = this.config.commands.map(({ id, hidden, args, flags }): KnownCommand => ({
      id,
      hidden,
      args: Object.keys(args),
      flags: Object.fromEntries(
        Object.entries(flags).map(([name, flag]) => [
          name,
          {
            takesValue: flag.type === 'option',
            options: flag.type === 'option' ? (flag.options ?? []) : [],
            hidden: flag.hidden === true,
          },
        ]),
      ),
    }));
    const found = candidates(commands, words, knownNames(this.around, specAtHand(this.around, words)));
    this.output.exactly(found.map((word) => `${word}\n`).join(''));
    return EXIT.done;
  }
}
