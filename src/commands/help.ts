import { stripVTControlCharacters } from 'node:util';
import type { Command } from '@oclif/core/command';
import { CommandHelp, Help } from '@oclif/core/help';
import type * as Interfaces from '@oclif/core/interfaces';
import type { ExitCodeHelp } from './exit-codes.ts';
import { labelOf } from './label.ts';
import { notFound } from './not-found.ts';

/** oclif's help of one command, and its exit codes. */
class NbkpCommandHelp extends CommandHelp {
  /** The summary is the first line of the help already; oclif would say it here again. */
  protected override description(): string | undefined {
    const { description } = this.command;
    return description === undefined ? undefined : this.wrap(description);
  }

  /** Arguments and what has to be given; oclif would put every flag here that the next section explains. */
  protected override defaultUsage(): string {
    const { id, args, flags } = this.command;
    const names = this.args(Object.values(args))?.map(([name]) => stripVTControlCharacters(name)) ?? [];
    const needed = Object.values(flags).filter(({ required }) => required === true);
    return [id, ...names, ...needed.map((flag) => this.flagHelpLabel(flag).trim()), '[FLAGS]'].join(' ');
  }

  /** oclif marks every argument of a command that takes any number as taking several; only the last does. */
  protected override args(args: Command.Arg.Any[]): [string, string | undefined][] | undefined {
    const last = args.length - 1;
    const named = args.map((arg) => ({ ...arg, name: labelOf(arg) }));
    return super.args(named)?.map(([name, text], index) => [index < last ? name.replace('...', '') : name, text]);
  }

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

  /** oclif takes `ls` for a topic, for the sake of `credentials check`. */
  protected override get sortedTopics(): Interfaces.Topic[] {
    return super.sortedTopics.filter(({ name }) => this.#hasCommands(name));
  }

  /** What is a topic with commands of its own is listed there. */
  protected override get sortedCommands(): Command.Loadable[] {
    return super.sortedCommands.filter(({ id }) => !this.#hasCommands(id));
  }

  #hasCommands(topic: string): boolean {
    return this.config.commandIDs.some((id) => id.startsWith(`${topic}:`));
  }

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
