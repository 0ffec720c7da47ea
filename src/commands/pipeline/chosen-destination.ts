import { chosenDestination, noneUsable, usable } from '../../planner/init/choose.ts';
import type { Destination } from '../../planner/init/destinations.ts';
import { savingsOf, type Saving } from '../../planner/init/excludes.ts';
import { noDestinationFound } from '../../planner/model/findings/first-spec.ts';
import { notConfirmed } from '../../planner/model/findings/questions.ts';
import { failure, type Result } from '../../planner/model/result.ts';
import { measureExcludes } from '../../hosts/observe/surroundings.ts';
import { localTransport } from '../../hosts/transport/local.ts';
import { destinationsText, savingsText } from '../../reporters/human/init.ts';
import type { Output } from '../output.ts';
import { ask } from './confirm.ts';

export const NOT_WRITTEN = notConfirmed('Nothing was written.');

/**
 * Which destination is meant: the one that was named, or else the one that somebody chooses.
 *
 * @param asks whether somebody can be asked, and what
 */
export async function whichDestination(
  output: Output,
  destinations: readonly Destination[],
  to: string | undefined,
  asks: string | null,
): Promise<Result<Destination>> {
  if (asks === null || to !== undefined) return chosenDestination(destinations, to);
  if (destinations.length === 0) return failure(noDestinationFound());
  const proposed = destinations.findIndex(({ problem }) => problem === null) + 1;
  if (proposed === 0) return noneUsable(destinations);
  output.aside(destinationsText(asks, destinations, output.asideStyle()));
  const answer = await ask(`Its number, or Enter for ${proposed}: `);
  const chosen = destinations[Number(answer ?? 0) - 1] ?? (answer === '' ? destinations[proposed - 1] : undefined);
  return chosen === undefined ? failure(NOT_WRITTEN) : usable(chosen);
}

/** Offered with what they save, and never taken without a word: `--yes` alone leaves nothing out. */
export async function whichExcludes(
  output: Output,
  source: { absolute: string; isHome: boolean },
  { wanted, asks }: { wanted: boolean | undefined; asks: boolean },
): Promise<Saving[]> {
  if (wanted === false || (wanted === undefined && !asks)) return [];
  const { folders, complete } = await measureExcludes(source.absolute, source.isHome, localTransport());
  const savings = savingsOf(folders, source.isHome);
  if (savings.length === 0) return [];
  output.aside(savingsText(savings, complete, output.asideStyle()));
  if (wanted === undefined && !isYes(await ask('Leave them out? [Y/n] '))) return [];
  return savings;
}

/** An answer to a question for which Enter is a yes. */
export function isYes(answer: string | null): boolean {
  return answer !== null && /^(y(es)?)?$/i.test(answer);
}
