import type { Config } from '@oclif/core/config';
import type { HelpOptions } from '@oclif/core/interfaces';

/** What oclif needs in order to show help; the help itself is loaded when it is asked for. */
export class LazyHelp {
  readonly #config: Config;
  readonly #options: Partial<HelpOptions>;

  constructor(config: Config, options: Partial<HelpOptions>) {
    this.#config = config;
    this.#options = options;
  }

  async showHelp(argv: string[]): Promise<void> {
    const { NbkpHelp } = await import('./help.ts');
    await new NbkpHelp(this.#config, this.#options).showHelp(argv);
  }
}
