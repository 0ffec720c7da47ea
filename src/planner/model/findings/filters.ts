/*
 * # Filter files
 *
 * Of their lines only the number is said: they may be of any file that somebody can name in a spec.
 */
import { error, warning } from './entry.ts';

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
