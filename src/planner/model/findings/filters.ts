/*
 * # Filter files
 *
 * Of their lines only the number is said: they may be of any file that somebody can name in a spec.
 */
import { error, info, warning } from './entry.ts';

/**
 * A filter file outside of the folder of the spec is not read where a spec is only read, or for Markdown. Fix: nothing, or
 * `--outside-files`.
 */
export const filterFileOutside = warning('filter-file-outside', (path: string) => ({
  message: `The filter file ${path} is not in the folder of the spec and is not read here: its rules are missing.`,
  help: 'If you trust who wrote the spec, --outside-files reads it. Runs read it in any case.',
}));

/**
 * Somebody else can write to a filter file or owns it, and so decides what is copied and deleted. The sync is blocked; a
 * warning where a spec is only read. Fix: `chmod`, `chown`.
 */
export const filterFileWritable = error(
  'filter-file-writable-by-others',
  (path: string, because: string, help: string) => ({
    message: `The filter file ${path} ${because}, and its rules say what is copied and deleted.`,
    help,
  }),
);

/** A `merge` file or `filter-file` cannot be read. Fix: correct its path. */
export const filterFileUnreadable = error('filter-file-unreadable', (path: string) => ({
  message: `The filter file ${path} cannot be read, so that it is not known what to leave out.`,
  help: 'It is read on this machine, where the spec is: check that it is there, is text, and can be read.',
}));

/** A rule would remove the protection of sentinels. Fix: leave it out. */
export const filterClearsProtection = error('filter-clears-protection', (rule: string) => ({
  message: `The filter rule ${rule} would clear the rules that keep sentinels and partial files from being deleted.`,
  help: 'Leave it out; rules before it come from the spec alone.',
}));

/** An option of rsync would remove the protection of sentinels, or reads rules. Fix: `filters` or `filter-file`. */
export const optionClearsProtection = error('filter-clears-protection', (option: string, fromFile: boolean) => ({
  message: `The rsync option "${option}" ${fromFile ? 'reads rules that the plan would not show' : 'would clear the rules that keep sentinels from being deleted'}.`,
  help: 'Use filters or filter-file of the sync instead.',
}));

/** `check`, or a plan that looks at files, has looked for the one path that a pattern names, and it is not there: perhaps it is misspelt. Fix: correct it, or nothing. */
export const filterMatchesNothing = info('filter-matches-nothing', (pattern: string, path: string) => ({
  message: `The pattern ${pattern} matches nothing now: there is no ${path}.`,
  help: 'Is it spelt right? A pattern that begins with a slash begins at the source.',
}));

/**
 * `check`, or a plan that looks at files, has looked through the source for the names that patterns are about, and nothing bears them. Fix: correct them, or
 * nothing.
 *
 * @param some of the patterns
 * @param count how many there are
 */
export const filterNamesNothing = info(
  'filter-matches-nothing',
  (some: readonly string[], count: number, source: string) => ({
    message: `Nothing in ${source} has the name of ${count === 1 ? 'this pattern' : 'these patterns'} now: ${some.join(', ')}${count > some.length ? ` and ${count - some.length} more` : ''}.`,
    help: 'Is it spelt right? Of patterns with * or ? and of those in files of rules nothing is told.',
  }),
);

/** A filter file reads another file. Fix: write the rules in full. */
export const filterNestedMerge = error('filter-nested-merge', (rule: string) => ({
  message: `The filter rule ${rule} reads another file, whose rules the plan would not show.`,
  help: 'Write { merge = "FILE" } in the filters of the spec instead.',
}));

/** A filter file holds a line that is no rule. Fix: correct the line. */
export const filterInvalid = error('filter-invalid', (what: string) => ({
  message: `${what} is not a filter rule of rsync.`,
  help: 'A rule is a sign and a pattern, such as "- *.tmp" or "+ /keep/***"; see FILTER RULES in man rsync.',
}));
