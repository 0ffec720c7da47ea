import { createStyle, type Style } from '../reporters/style.ts';

/** What the decision about colours and width needs of a stream. */
export interface Stream {
  isTTY?: boolean;
  /** Of a terminal only. */
  columns?: number;
}

const DEFAULT_WIDTH = 80;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How text on a stream looks. `FORCE_COLOR` says yes or, as 0 or `false`, no to colours; else `NO_COLOR`
 * (https://no-color.org) says no; else terminals that can show colours get them. The width is the terminal's, or `COLUMNS`.
 * Signs are of ASCII where the locale says nothing of UTF-8.
 */
export function styleFor(stream: Stream, env: Environment): Style {
  return createStyle({
    colour: wantsColour(stream, env),
    // A terminal that nobody gave a size says 0.
    width: stream.columns || Number(env['COLUMNS']) || DEFAULT_WIDTH,
    ascii: isAscii(env),
  });
}

/** POSIX (Base Definitions, 8.2): the first of these that is set and not empty counts, and without any the locale is `C`. */
function isAscii(env: Environment): boolean {
  const set = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return set === undefined || !/utf-?8/i.test(set);
}

/** Whether text on a stream has colours. */
export function wantsColour(stream: Stream, env: Environment): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return canRedraw(stream, env);
}

/** Whether a line that was written can be taken away again. */
export function canRedraw(stream: Stream, env: Environment): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
