import { fill, sshPlaceholderIn } from '../../planner/model/step.ts';
import type { ProcessResult, RunOptions, Transport } from './transport.ts';

/** How a program of this machine reaches a server, by the placeholder for it; undefined for one that was not reached. */
export type Reaching = (placeholder: string) => { value: string; run: Transport['run'] } | undefined;

/** Runs a command with an `{ssh:…}` on this machine, and any other on the host of the transport. */
export function runWhereItBelongs(
  argv: readonly string[],
  options: RunOptions,
  transport: Transport,
  reaching: Reaching = () => undefined,
): Promise<ProcessResult> {
  const placeholder = sshPlaceholderIn(argv);
  if (placeholder === null) return transport.run(argv, options);
  const way = reaching(placeholder);
  if (way === undefined) throw new Error(`${placeholder} stands for a server that was not reached`);
  return way.run(fill(argv, { [placeholder]: way.value }), options);
}
