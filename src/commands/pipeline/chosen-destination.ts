import {
  chosenDestination,
  measureSavings,
  noneUsable,
  usable,
  type Destination,
  type Saving,
} from '../../api/discovery.ts';
import type { Surroundings } from '../../api/surroundings.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { noDestinationFound } from '../../planner/model/findings/first-spec.ts';
import { notConfirmed } from '../../planner/model/findings/questions.ts';
import { failure, type Result } from '../../planner/model/result.ts';
import { destinationQuestion, destinationsText, savingsText } from '../../reporters/human/init.ts';
import type { Output } from '../output.ts';
import { ask } from './confirm.ts';

export const NOT_WRITTEN = notConfirmed('Nothing was written.');

/** A question where to, and what is there of a name that was typed instead of a number. */
export interface WhereTo {
  question: string;
  named: (to: string) => Promise<Result<Destination[]>>;
}

/**
 * Which destination is meant: the one that was named, or else the one that somebody chooses.
 *
 * @param asks null where nobody can be asked
 */
export async function chooseDestination(
  output: Output,
  destinations: readonly Destination[],
  to: string | undefined,
  asks: WhereTo | null,
): Promise<Result<Destination>> {
  if (asks === null || to !== undefined) return chosenDestination(destinations, to);
  const proposed = destinations.findIndex(({ problem }) => problem === null) + 1;
  output.aside(destinationsText(asks.question, destinations, output.asideStyle()));
  for (;;) {
    const answer = await ask(destinationQuestion(destinations.length, proposed));
    if (answer === null) return failure(NOT_WRITTEN);
    if (answer === '' && proposed === 0) {
      return destinations.length === 0 ? failure(noDestinationFound()) : noneUsable(destinations);
    }
    const chosen = await typedDestination(answer === '' ? String(proposed) : answer, destinations, asks.named);
    if (chosen.ok) return chosen;
    output.findings(chosen.findings);
  }
}

async function typedDestination(
  answer: string,
  destinations: readonly Destination[],
  named: WhereTo['named'],
): Promise<Result<Destination>> {
  const numbered = /^\d+$/.test(answer) ? destinations[Number(answer) - 1] : undefined;
  if (numbered !== undefined) return usable(numbered);
  const found = await named(answer);
  return found.ok ? chosenDestination(found.value, answer) : found;
}

/** Offered with what they save, and never taken without a word: `--yes` alone leaves nothing out. */
export async function chooseExcludes(
  output: Output,
  around: Surroundings,
  source: { absolute: string; isHome: boolean },
  { wanted, asks }: { wanted: boolean | undefined; asks: boolean },
): Promise<Saving[]> {
  if (wanted === false || (wanted === undefined && !asks)) return [];
  const { savings, complete } = await measureSavings(around, source);
  if (savings.length === 0) return [];
  output.aside(savingsText(savings, complete, output.asideStyle()));
  if (wanted === undefined && !isYes(await ask('Leave them out? [Y/n] '))) return [];
  return savings;
}

/** An answer to a question for which Enter is a yes. */
export function isYes(answer: string | null): boolean {
  return answer !== null && /^(y(es)?)?$/i.test(answer);
}

/** What the exit code is where no destination could be taken. */
export function absentOrRefused(findings: readonly Finding[]): ExitCode {
  const absent = ['no-destination-found', 'destination-missing', 'host-unreachable'];
  return findings.some(({ code }) => absent.includes(code)) ? EXIT.absent : EXIT.refused;
}
