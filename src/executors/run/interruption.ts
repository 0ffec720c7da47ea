import { setMaxListeners } from 'node:events';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';

/** What ends a run early. Signals of the terminal and of the system come in here; the run listens. */
export class Interruption {
  readonly #gentle = new AbortController();
  readonly #forced = new AbortController();
  #name: NodeJS.Signals | null = null;

  constructor() {
    // As many processes as run at once listen to these; Node takes more than ten for a leak.
    setMaxListeners(0, this.gentle, this.forced);
  }

  /**
   * The first signal ends the run in order, a second one at once. A SIGHUP is never the second: a terminal that is
   * closed sends several.
   */
  interrupt(signal: NodeJS.Signals): void {
    if (this.#name === null) {
      this.#name = signal;
      this.#gentle.abort();
    } else if (signal !== 'SIGHUP') {
      this.#forced.abort();
    }
  }

  /** The first signal that came. */
  get name(): NodeJS.Signals | null {
    return this.#name;
  }

  /** Start nothing more, end what runs gently, then release. */
  get gentle(): AbortSignal {
    return this.#gentle.signal;
  }

  /** End everything now. */
  get forced(): AbortSignal {
    return this.#forced.signal;
  }

  /** As a shell reports a process that a signal ended: 130 for Ctrl-C, else 143. Null when nothing interrupted. */
  get exitCode(): ExitCode | null {
    if (this.#name === null) return null;
    return this.#name === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
  }

  /** Listens to this process's signals until the function that it returns is called. */
  listen(): () => void {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const onSignal = (signal: NodeJS.Signals): void => this.interrupt(signal);
    for (const signal of signals) process.on(signal, onSignal);
    return () => signals.forEach((signal) => process.off(signal, onSignal));
  }
}

/** A second signal ended the run at once: nothing was released and there is no record. `recover` knows what is left. */
export class RunKilled extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super('the run was ended at once');
    this.exitCode = exitCode;
  }
}

/** At once where it is aborted already. */
export function whenAborted(signal: AbortSignal, then: () => void): void {
  if (signal.aborted) then();
  else signal.addEventListener('abort', then, { once: true });
}
