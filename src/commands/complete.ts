import { knownNames } from '../api/known-names.ts';
import { specAtHand } from '../api/spec-at-hand.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { BaseCommand } from './base.ts';
import { candidates, type KnownCommand } from './completion/candidates.ts';
import { exitCodes } from './exit-codes.ts';
import { labelOf } from './label.ts';

/** What the functions of `nbkp completions` call. Says nothing rather than anything wrong. */
export default class Complete extends BaseCommand {
  static override hidden = true;
  static override strict = false;
  static override summary = 'What may stand in the place of the last word: for the completion of shells.';
  static override examples = ['<%= config.bin %> <%= command.id %> -- snapshots li'];
  static override exitCodes = exitCodes({ failed: 'nothing fits, and no path is meant' });

  protected override execute(): Promise<ExitCode> {
    // Not by oclif's parser, which would take a second `--` for its own.
    const words = this.argv.slice(this.argv.indexOf('--') + 1);
    const home = this.around.env['HOME'] ?? '~';
    const spec = specAtHand(
      this.around,
      words.map((word) => word.replace(/^(--spec=)?~(?=\/)/, (_, flag: string | undefined) => `${flag ?? ''}${home}`)),
    );
    const found = candidates(this.#commands(), words, knownNames(this.around, spec));
    this.output.exactly(found.words.map((word) => `${word}\n`).join(''));
    return Promise.resolve(found.words.length > 0 || found.files ? EXIT.done : EXIT.failed);
  }

  #commands(): KnownCommand[] {
    return this.config.commands.map(({ id, hidden, args, flags }) => ({
      id,
      hidden,
      args: Object.entries(args).map(([name, arg]) => ({ name, label: labelOf(arg), options: arg.options ?? [] })),
      flags: Object.fromEntries(
        Object.entries(flags).map(([name, flag]) => {
          const { options = [], delimiter, helpValue = '' } = flag.type === 'option' ? flag : {};
          return [
            name,
            {
              letter: flag.char,
              hidden: flag.hidden === true,
              takesValue: flag.type === 'option',
              options,
              label: String(helpValue),
              isList: delimiter !== undefined,
              hasOpposite: flag.type === 'boolean' && flag.allowNo,
            },
          ];
        }),
      ),
    }));
  }
}
