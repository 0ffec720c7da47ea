import { CommandHelp, Help } from '@oclif/core/help';
import type { ExitCodeHelp } from './exit-codes.ts';
import { notFound } from './not-found.ts';

/** oclif's help of one command, and its exit codes. */
class NbkpCommandHelp extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const sections = super.sections();
    const examples = sections.findIndex(({ header }) => header === 'EXAMPLES');
    sections.splice(examples, 0, {
      header: 'EXIT CODES',
      generate: () => ({
        header: 'EXIT CODES',
        body: codes(this.command['exitCodes']).map(([code, meaning]): [string, string] => [`${code}`, meaning]),
      }),
    });
    return sections;
  }
}

/** oclif's help. */
export class NbkpHelp extends Help {
  protected override CommandHelpClass = NbkpCommandHelp;

  override async showHelp(argv: string[]): Promise<void> {
    const words = argv.slice(0, argv.findIndex((word) => word.startsWith('-')) >>> 0);
    const id = words.join(':');
    const known = this.config.findCommand(id) ?? this.config.findTopic(id);
    if (id !== '' && known === undefined) throw notFound(this.config, id);
    await super.showHelp(argv);
  }
}

/** The manifest, where the help finds them, is JSON of our own making. */
function codes(value: unknown): readonly ExitCodeHelp[] {
  return value as readonly ExitCodeHelp[];
}
