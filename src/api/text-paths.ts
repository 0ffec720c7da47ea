import { UsageError } from './usage-error.ts';

/** Variables from which nbkp, or Node for it, makes paths. */
const PLACES = ['HOME', 'NBKP_STATE_DIR', 'NBKP_SPEC', 'NBKP_TRACE', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME', 'TMPDIR'];

/** Node reads what is no UTF-8 so: a path that is made from it is another place. */
const NO_TEXT = '\uFFFD';

/**
 * Refuses what would be looked for, or written, in another place than the one that is meant.
 *
 * @param words what was typed
 * @param folder the current one
 */
export function refuseNonText(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): void {
  const word = words.find((each) => each.includes(NO_TEXT));
  if (word !== undefined) {
    throw new UsageError(
      `\`${word}\` has bytes that are not UTF-8.`,
      'A name in a copy is typed as nbkp prints it, such as caf\\#351. Any other path has to be text: reach it through a link.',
    );
  }
  const name = PLACES.find((each) => env[each]?.includes(NO_TEXT) === true);
  if (name !== undefined) {
    throw new UsageError(
      `The variable ${name} has bytes that are not UTF-8: ${env[name] ?? ''}`,
      `Set ${name} to a path that is text, such as a link to that folder.`,
    );
  }
  if (!folder.includes(NO_TEXT)) return;
  throw new UsageError(
    `The name of the current folder has bytes that are not UTF-8: ${folder}`,
    'Change to another folder, such as a link to this one (cd -P shows where a link leads), and give absolute paths.',
  );
}
