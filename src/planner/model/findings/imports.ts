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

/** Without this option of rsync the sync would copy something else, and a spec does not take it. Fix: what the help offers instead. */
export const rsyncOptionNeeded = error(
  'import-left-out',
  (option: string, { why, instead }: { why: string; instead: string }) => ({
    message: `rsync's ${option} ${why}, and without it this sync would be another one.`,
    help: instead,
  }),
);
/** rsync takes such a word for one more folder to copy. Fix: remove it, or write it as a value. */
export const wordIsNoOption = error('import-left-out', (word: string) => ({
  message: `"${word}" is no option and no value of one: rsync takes it for one more source.`,
  help: 'Make a sync of its own of that source.',
}));
/** A file of patterns cannot be read. Fix: make it readable, or write its patterns as `filters`. */
export const rulesFileUnreadable = error('import-left-out', (path: string, onServer: boolean) => ({
  message: onServer
    ? `The patterns of ${path} are on the server, where the import does not look.`
    : `The patterns of ${path} cannot be read.`,
  help: 'Write them as `filters` of the sync, such as { exclude: "*.tmp" }.',
}));
/** Two keys that exclude each other, which the Python tool refuses. Fix: one of them. */
export const exclusiveKeys = error('conflicting-keys', (one: string, other: string) => ({
  message: `\`${one}\` and \`${other}\` exclude each other.`,
  help: 'Keep the one that is meant.',
}));
/** A value without quotes is no text for the Python tool, which goes on as if it were not there. Fix: put it in quotes if the name is meant. */
export const readAsNothing = warning('import-differs', (key: string, written: string) => ({
  message: `\`${key}: ${written}\` without quotes is no text in YAML, and the Python tool goes on as if the key were not there. So does the spec.`,
  help: `If ${written} is meant, write it in quotes and import again: then it is another place than so far.`,
}));
/** A relative path counts from where the tool is started. Fix: if that was another folder, correct the path. */
export const relativeFromHere = info('import-differs', (directory: string) => ({
  message: `A relative path counts from where the Python tool is started; the import takes ${directory} for that place.`,
  help: 'If you start it elsewhere, import from there.',
}));
/** A file of patterns was read once. Fix: add new patterns to the spec. */
export const rulesTakenOver = info('import-differs', (path: string, count: number) => ({
  message: `The patterns of ${path} (${count}) stand in the spec now, and the file is not read any more.`,
  help: 'Add new ones to `filters` of the sync.',
}));
/** An endpoint that takes over another one's connection would mean something else. */
export const endpointFlattened = info('import-differs', (name: string, parent: string) => ({
  message: `\`${name}\` is written in full: what it says of its connection replaces all of \`${parent}\` there, and would add to it here.`,
}));
/** The primary endpoint is no candidate, so that nothing connects through it. */
export const primaryLeftOut = info('import-differs', (primary: string) => ({
  message: `\`ssh-endpoints\` does not have \`${primary}\`, so that the Python tool never connects through it, and neither does nbkp.`,
  help: 'Add it to `ssh` of the volume if it may be used.',
}));
/** The primary endpoint tells that two volumes are on one server. Fix: nothing, or a name that both have. */
export const primaryKept = warning('import-differs', (primary: string) => ({
  message: `\`${primary}\` is the last of the endpoints now: it says that both volumes of a sync are on one server. The Python tool never connects through it.`,
  help: 'Let the `ssh` lists of both volumes share another name instead.',
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
/** Links that lead out of the source are left out, as so far. Fix: if you miss them, remove `--safe-links`. */
export const linksLeftOut = info('import-differs', () => ({
  message:
    'The Python tool adds --safe-links, which leaves out symbolic links that lead out of the source. So does the spec; nbkp alone copies them as links.',
  help: 'Remove "--safe-links" to have them copied, once the Python tool no longer writes to the destination: of two tools that differ here each undoes what the other did.',
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
