/*
 * # Importing a configuration of the Python tool
 *
 * `nbkp spec import` tells these at the line of the YAML file.
 */
import { didYouMean, listed } from '../suggest.ts';
import { error, info, warning } from './entry.ts';

/** Not YAML at this line and column. Fix: as the message says. */
export const yamlSyntax = error('yaml-syntax', (what: string) => ({
  message: `This is not YAML that can be read: ${what}.`,
  help: 'Only the first such mistake can be reported.',
}));
/** A file of some other program. Fix: the Python tool's `config.yaml`. */
export const importForeignFile = error('import-foreign-file', (path: string) => ({
  message: `${path} is not a configuration of the Python tool: it has none of its keys.`,
  help: 'Such a file has `volumes:`, `sync-endpoints:` and `syncs:` at the beginning of a line.',
}));
/** A key that the Python tool needs is absent. Fix: add it. */
export const importMissingKey = error('missing-key', (key: string) => ({
  message: `\`${key}\` is missing.`,
  help: 'An unquoted ~ means nothing at all in YAML: write "~" for the home directory.',
}));
/** A key that the Python tool does not have. Fix: the suggested key, or nothing. */
export const importUnknownKey = warning('unknown-key', (key: string, known: readonly string[]) => ({
  message: `\`${key}\` is no key of the Python tool, which ignores it, and so does the import.`,
  help: didYouMean(key, known, `Keys here: ${listed(known)}.`),
}));
/** A value of the wrong type. Fix: as the message says. */
export const importWrongType = error('wrong-type', (key: string, expected: string) => ({
  message: `\`${key}\` has to be ${expected}.`,
}));
/** A list where a filter should be. Fix: a rule or a table. */
export const filterIsList = error('wrong-type', () => ({ message: 'A filter is a rule or a table.' }));
/** A filter that says several things. Fix: a filter for each. */
export const filterIsSeveral = error('conflicting-keys', () => ({ message: 'A filter is one of these, not several.' }));
/** Snapshots of both modes for one endpoint. Fix: one of the two. */
export const twoModes = error('conflicting-keys', () => ({
  message: '`btrfs-snapshots` and `hard-link-snapshots` exclude each other.',
}));
/** A volume that is neither local nor remote. Fix: `local` or `remote`. */
export const volumeType = error('not-allowed', (type: string) => ({
  message: `\`type\` is "local" or "remote", not "${type}".`,
}));
/** Another encryption than LUKS. Fix: `luks`. */
export const encryptionType = error('not-allowed', () => ({ message: '`type` is "luks".' }));
/** Passphrases come from where the Python tool has no way. Fix: one of those that the message lists. */
export const importProvider = error('not-allowed', (providers: readonly string[]) => ({
  message: `\`credential-provider\` is one of ${providers.join(', ')}.`,
}));
/** A sync names an endpoint that is not there. Fix: the suggested name, or define it. */
export const importUnknownEndpoint = error('unknown-reference', (name: string, names: readonly string[]) => ({
  message: `There is no endpoint \`${name}\` in \`sync-endpoints\`.`,
  help: didYouMean(name, names, names.length === 0 ? 'There are none.' : `There are ${listed(names)}.`),
}));

/** An option of paramiko, and OpenSSH has no such option. Fix: what the help offers instead. */
export const paramikoOption = warning('import-left-out', (key: string, instead: string) => ({
  message: `\`${key}\` is for paramiko; nbkp connects with OpenSSH, which has no such option.`,
  help: instead,
}));
/** An option of rsync that a spec does not take. Fix: what the help offers instead. */
export const rsyncOptionLeftOut = warning(
  'import-left-out',
  (option: string, { why, instead }: { why: string; instead: string }) => ({
    message: `rsync's ${option} ${why}.`,
    help: instead,
  }),
);
/** A filter that leaves nothing out and lets nothing in. */
export const emptyFilter = warning('import-left-out', () => ({
  message: 'This filter says nothing.',
  help: 'Nothing to do.',
}));
/** An endpoint that no sync uses. */
export const unusedEndpoint = warning('import-left-out', (name: string) => ({
  message: `No sync uses the endpoint \`${name}\`.`,
  help: 'A spec has no endpoints of its own: nothing to do.',
}));

/** Filter files are read on this machine. Fix: copy the file here. */
export const filterFileFromHere = warning('import-differs', (path: string) => ({
  message: `The Python tool reads ${path} on the server; nbkp reads it on this machine.`,
  help: 'Copy the file to this machine, to the path that the spec names.',
}));
/** Links that lead out of the source are copied. Fix: if you mind, `--safe-links`. */
export const linksCopied = info('import-differs', () => ({
  message:
    'The Python tool adds --safe-links, which leaves out symbolic links that lead out of the source; nbkp copies them as links.',
  help: 'To leave them out as before: rsync.extra-options = ["--safe-links"].',
}));
/** So many snapshots are kept, and those of the future are not counted. Fix: read it once; `keep` can do more. */
export const maxSnapshots = info('import-differs', () => ({
  message:
    '`max-snapshots` becomes keep.last: the newest so many stay. What is newer than `latest` does not count and is never deleted; the Python tool removes it.',
  help: 'keep can do more, such as { last = 3, daily = 7, weekly = 4, monthly = 12 }.',
}));
/** OpenSSH reads its own configuration, too. Fix: read it once. */
export const identitiesOnly = info('import-differs', () => ({
  message:
    '`look-for-keys: false` becomes IdentitiesOnly, with which OpenSSH still tries the keys that its own configuration names.',
  help: 'See IdentitiesOnly in ssh_config(5).',
}));
/** `~` is the home directory of the server's user. Fix: if a directory is really called so, write its path in full. */
export const tildeIsHome = info('import-differs', () => ({
  message: "`~` in the path of a server is its user's home directory now; the Python tool takes it for a name.",
  help: 'If a directory is really called "~", write its path in full.',
}));
/** The endpoints of a server are tried. Fix: put them in the order in which you prefer them. */
export const bestEndpoint = info('import-differs', () => ({
  message: 'Of several SSH endpoints the best one that answers is used; the Python tool chooses without asking them.',
  help: 'The order is the order of preference.',
}));
