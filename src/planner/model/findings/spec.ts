/*
 * # The spec
 *
 * Errors of a spec end the command with 65. The place is the line and column of what is wrong.
 */
import { didYouMean, listed, nearest, knownNamesText } from '../suggest.ts';
import { error, warning } from './entry.ts';

/** No spec was named and none is in the usual places. Fix: `--spec FILE`, or `nbkp init`. */
export const specNotFound = error('spec-not-found', (places: readonly string[]) => ({
  message: `There is no spec: looked for ${places.join(', ')}.`,
  help: 'nbkp init writes a first one by asking. Or name one with --spec FILE or in NBKP_SPEC.',
}));
/** There is none, but a configuration of the Python tool. Fix: `nbkp spec import`. */
export const onlyOldConfiguration = error('spec-not-found', (places: readonly string[], configuration: string) => ({
  message: `There is no spec: looked for ${places.join(', ')}. ${configuration} is a configuration of the Python tool.`,
  help: `nbkp spec import ${configuration} makes a spec of it.`,
}));
/** The file cannot be opened. Fix: check path and permissions. */
export const specUnreadable = error('spec-unreadable', (path: string, cause: string) => ({
  message: `The spec ${path} cannot be read: ${cause}.`,
  help: 'Check the path and its permissions.',
}));
/** TOML is UTF-8 text. Fix: convert the file with `iconv`. */
export const specNotUtf8 = error('spec-not-utf8', (path: string) => ({
  message: `${path} is not UTF-8 text.`,
  help: `Convert it: iconv -f ISO-8859-1 -t UTF-8 ${path}`,
}));
/**
 * Others could write commands into it; refused where it would be run, a warning for `plan`. Fix: `chmod go-w`, or name a found
 * file with `--spec`.
 */
export const specWritableByOthers = error('spec-writable-by-others', (path: string, because: string, help: string) => ({
  message: `${path} ${because}, and a spec holds commands that nbkp runs.`,
  help,
}));
/** A new file is there already. Fix: another name. */
export const fileExists = error('file-exists', (path: string) => ({
  message: `${path} is there already, and is left as it is.`,
  help: 'Choose another name.',
}));
/** A new file cannot be written. Fix: another place. */
export const fileUnwritable = error('file-unwritable', (path: string, cause: string) => ({
  message: `${path} cannot be written: ${cause}.`,
  help: 'Choose another place.',
}));
/** The spec cannot be replaced by an edited one. Fix: as the cause says, or edit it by hand. */
export const specUnwritable = error('file-unwritable', (path: string, cause: string) => ({
  message: `${path} cannot be written: ${cause}. Nothing was changed.`,
  help: 'Edit it by hand, or as the user whom it belongs to.',
}));
/** The spec was changed while `nbkp add` was at work or waited for an answer. Fix: none; to go on, type the command again. */
export const specChanged = error('spec-changed', (path: string) => ({
  message: `${path} has been changed meanwhile. Nothing was written.`,
  help: 'Type the command again: it reads what is there now.',
}));
/** Not TOML at this line and column; only the first such mistake can be reported. Fix: as the message says. */
export const tomlSyntax = error('toml-syntax', (message: string, help: string) => ({ message, help }));
/** `version` is not 1: perhaps a newer nbkp has written the spec. Fix: that version of nbkp; where the number is a mistake, `version = 1`. */
export const unsupportedVersion = error('unsupported-version', (found: string, isNewer: boolean) => ({
  message: `This is version ${found} of the format, and this nbkp reads version 1.`,
  help: isNewer ? 'A newer nbkp reads it: install that version.' : 'Write version = 1.',
}));
/** A key that nbkp does not have, perhaps a typing mistake. Fix: the suggested key, or remove it. */
export const unknownKey = error(
  'unknown-key',
  (key: string, table: string, known: readonly string[], otherwise?: string) => ({
    message: `Unknown key \`${key}\` ${table === '' ? 'at the top level' : `in [${table}]`}.`,
    help: didYouMean(key, known, otherwise ?? `Known here: ${known.join(', ')}.`),
  }),
);
/** An executor that has no settings got a table of its own. Fix: remove the table. */
export const noSettings = error('unknown-key', (executor: string, of: 'a whole spec' | 'a sync' | 'a volume') => ({
  message: `The executor ${executor} takes no settings for ${of}.`,
  help: 'Remove the table.',
}));
/** A required key is absent. Fix: add it. */
export const missingKey = error('missing-key', (key: string, table: string, about: string | null) => ({
  message: `\`${key}\` is missing${table === '' ? '' : ` in [${table}]`}.`,
  help: `Add \`${key}\`.${about === null ? '' : ` ${about}`}`,
}));

interface Value {
  name: string;
  expected: string;
  found: string;
  help?: string;
}

const notTheValue = ({ name, expected, found, ...rest }: Value) => ({
  message: `${name} must be ${expected}, not ${found}.`,
  ...rest,
});
/** A value of the wrong type. Fix: as the message says. */
export const wrongType = error('wrong-type', notTheValue);
/** A value in the wrong form. Fix: as the message says. */
export const invalidValue = error('invalid-value', notTheValue);
/** A value that is not among the allowed ones. Fix: one of them, as the message says. */
export const notAllowed = error('not-allowed', notTheValue);
/** Keys that exclude or need one another. Fix: as the message says. */
export const conflictingKeys = error('conflicting-keys', (message: string, help: string) => ({ message, help }));
/** Keys of a plugin's table that exclude or need one another. Fix: see what the plugin's own documentation says. */
export const keysDoNotGoTogether = error('conflicting-keys', (table: string) => ({
  message: `The keys of [${table}] do not go together.`,
}));
/** Names are lower case letters and digits, joined by hyphens, at most 50. Fix: rename it. */
export const invalidName = error('invalid-name', (name: string, expected: string, better: string) => ({
  message: `\`${name}\` must be ${expected}.`,
  ...(better === '' ? {} : { help: `For example \`${better}\`.` }),
}));
/** `source` or `destination` is not `VOLUME` or `VOLUME:SUBDIR`. Fix: correct it. */
export const invalidEndpoint = error('invalid-endpoint', (text: string, problem: string) => ({
  message: `"${text}" is not a place: ${problem}.`,
  help: 'Write "VOLUME" or "VOLUME:SUBDIR", such as "usb:backups/photos", and define the volume with its path.',
}));
/** A volume or SSH endpoint that is not defined. Fix: the suggested name, or define it. */
export const unknownReference = error(
  'unknown-reference',
  (kind: 'volumes' | 'ssh', name: string, defined: readonly string[]) => ({
    message: `There is no ${kind === 'ssh' ? 'SSH endpoint' : 'volume'} \`${name}\`.`,
    help: didYouMean(
      name,
      defined,
      defined.length === 0 ? `Add [${kind}.${name}].` : `Defined: ${listed(defined)}. Or add [${kind}.${name}].`,
    ),
  }),
);

const round = (cycle: readonly string[]) =>
  [...(cycle.length > 8 ? [...cycle.slice(0, 7), '…'] : cycle), cycle[0] ?? ''].join(' → ');

/** SSH endpoints whose `extends` go round in a circle. Fix: break the circle. */
export const extendsCycle = error('dependency-cycle', (cycle: readonly string[]) => ({
  message: `SSH endpoints extend each other in a circle: ${round(cycle)}.`,
  help: 'Let one of them stand without `extends`.',
}));
/** SSH endpoints whose `proxy-jump` go round in a circle. Fix: break the circle. */
export const jumpCycle = error('dependency-cycle', (cycle: readonly string[]) => ({
  message: `SSH endpoints go through each other in a circle: ${round(cycle)}.`,
  help: 'Let one of them be reachable without `proxy-jump`.',
}));
/** Syncs that go round in a circle. Fix: break the circle. */
export const syncCycle = error('dependency-cycle', (cycle: readonly string[]) => ({
  message: `Each of these syncs reads what the next one writes, in a circle: ${round(cycle)}.`,
  help: 'Decide which copy is the original, and remove the sync that writes to it.',
}));
/** Source and destination are on two servers. Fix: two syncs with a volume of this machine between them. */
export const remoteToRemote = error('remote-to-remote', (source: string, destination: string) => ({
  message: `\`${source}\` and \`${destination}\` are on two servers, and rsync cannot copy from one to the other.`,
  help: `Make two syncs: one from ${source} to a volume of this machine, and one from there to ${destination}. They run one after the other. If both are one server, let their \`ssh\` lists share a name.`,
}));
/** A path that is not absolute nor begins with `~/`. Fix: write it in full. */
export const pathNotAbsolute = error('path-not-absolute', (path: string) => ({
  message: `"${path}" is neither absolute nor in the home directory (~/).`,
  help: path.startsWith('~')
    ? 'Write the home directory of another user in full.'
    : `Write it in full: "/…/${path}", or "~/${path}" for a place in your home directory.`,
}));
/** A path has `..` in it. Fix: write it in full. */
export const pathClimbs = error('path-climbs', (path: string) => ({
  message: `"${path}" climbs with \`..\`, and where that leads depends on symbolic links.`,
  help: 'Write the path without `..`.',
}));
/** Text that would be mistaken for a value that plans put in. Fix: rename it. */
export const placeholderInSpec = error('placeholder-in-spec', (placeholder: string) => ({
  message: `${placeholder} is how plans name values that are known only later.`,
  help: 'Choose another name; nbkp would replace this text.',
}));
/** Text that holds what no name of a file should. Fix: remove it. */
export const controlCharacter = error('control-character', (hexadecimal: string) => ({
  message: `This text holds the control character U+${hexadecimal}.`,
  help: 'Remove it. A backslash in double quotes begins an escape such as \\t or \\n: use single quotes.',
}));
/** Not a filter rule of rsync(1) that nbkp takes. Fix: `"- PATTERN"`, `"+ PATTERN"`, or a table. */
export const filterNotUnderstood = error('filter-not-understood', (rule: string, problem: string) => ({
  message: `"${rule}" is not a filter rule: ${problem}.`,
  help: 'Write "- PATTERN" to leave out, "+ PATTERN" to copy nevertheless, or a table such as { exclude = "*.tmp" }.',
}));
/** A pattern begins with the path of the source, or with `~/`: what begins with a slash begins at the source. Fix: the rest of the path alone. */
export const filterWithSource = warning('filter-with-source', (pattern: string, where: string, better: string) => ({
  message: `The pattern ${pattern} is about ${where}, so that it leaves out nothing else: patterns begin at the source.`,
  help: `Write ${better}`,
}));
/** A rule that reads a file in a way that nbkp does not know. Fix: `{ merge = "FILE" }`. */
export const filterModifiers = error('filter-not-understood', (rule: string) => ({
  message: `"${rule}" reads a file with modifiers, which nbkp does not know.`,
  help: 'Write { merge = "FILE" }, and the rules in that file in full.',
}));
/** A rule that would remove the protection of sentinels. Fix: leave it out. */
export const filterClearsRules = error('filter-clears-rules', (rule: string) => ({
  message: `"${rule}" would clear all rules before it, those that protect nbkp's own files among them.`,
  help: 'Remove it, and leave out the rules before it instead.',
}));
/** A hook without a program. Fix: write its argv. */
export const emptyCommand = error('empty-command', () => ({
  message: 'The command has no program.',
  help: 'Begin with the program: ["systemctl", "stop", "app"]',
}));
/** Not an IANA time zone. Fix: `"Europe/Paris"`, `"UTC"`. */
export const unknownTimezone = error('unknown-timezone', (zone: string) => {
  const near = nearest(zone, Intl.supportedValuesOf('timeZone'));
  return {
    message: `There is no time zone "${zone}".`,
    help: near === null ? 'Write an IANA name such as "Europe/Paris" or "UTC".' : `Did you mean "${near}"?`,
  };
});
/** Retention that keeps nothing. Fix: a rule, or remove it to keep all. */
export const keepKeepsNothing = error('keep-keeps-nothing', () => ({
  message: '`keep` has no rule that keeps a snapshot.',
  help: 'Say what to keep, such as keep = { last = 3, daily = 7 }, or remove it to keep all.',
}));
/** Retention that has nothing to keep. Fix: a mode of snapshots, or remove `keep`. */
export const keepWithoutSnapshots = warning('keep-without-snapshots', () => ({
  message: '`keep` has no effect without snapshots.',
  help: 'Add mode = "hard-link" (or "btrfs") next to it, or remove `keep`.',
}));
/** The command that prints passphrases does not get to know which. Fix: `{id}` in it. */
export const credentialsCommandWithoutId = error('credentials-command-without-id', () => ({
  message: 'The command is the same for every passphrase.',
  help: 'Write {id} where the name of the passphrase belongs: ["pass", "show", "backup/{id}"]',
}));
/** A setting of `[credentials]` without effect. Fix: the provider that reads it, or remove it. */
export const unusedSetting = warning('unused-setting', (key: string, provider: string, reader: string) => ({
  message: `\`${key}\` has no effect: the provider is "${provider}".`,
  help: `Write provider = "${reader}", or remove \`${key}\`.`,
}));
/** `strict-host-key-checking = false`. Fix: remove it. */
export const hostKeyNotChecked = warning('host-key-not-checked', (endpoint: string) => ({
  message: `The key of ${endpoint} is not checked: whoever answers at its address gets the backup.`,
  help: 'Remove this, and connect once with ssh to accept the key.',
}));
/** Defined and never used. Fix: use it or remove it. */
export const unusedVolume = warning('unused-volume', (name: string) => ({
  message: `Volume \`${name}\` is never used. No sync copies from or to it.`,
  help: 'Use it or remove it.',
}));
/** Defined and never used. Fix: use it or remove it. */
export const unusedSsh = warning('unused-ssh', (name: string) => ({
  message: `SSH endpoint \`${name}\` is never used. No volume and no other endpoint names it.`,
  help: 'Use it or remove it.',
}));

interface Two {
  /** The destination, as `VOLUME:SUBDIR`. */
  destination: string;
  /** The other sync, and its destination. */
  other: string;
  otherDestination: string;
}

/** Two syncs write to one place, or one into the other's. Fix: a destination for each. */
export const destinationsOverlap = error(
  'destinations-overlap',
  ({ destination, other, otherDestination }: Two, same: boolean, better: string) => ({
    message: `The destination ${destination} ${same ? 'is the same directory as' : 'is inside'} ${otherDestination}, which \`${other}\` writes to: each would delete what the other copies.`,
    help: `Give each sync a directory of its own, such as "${better}".`,
  }),
);
/** One directory is source and destination. Fix: another destination. */
export const destinationIsSource = error('destination-is-source', (destination: string) => ({
  message: `The destination ${destination} is the source.`,
  help: 'Choose another destination.',
}));
/** A backup could delete what is to be backed up. Fix: another destination; for a chain the whole of what it copies. */
export const sourceInsideDestination = error(
  'source-inside-destination',
  (source: string, destination: string, writer: string | null) => ({
    message: `The source ${source} is inside the destination ${destination}${writer === null ? '' : `, which \`${writer}\` writes to`}.`,
    help:
      writer === null
        ? 'Choose a destination that does not contain the source.'
        : `To copy what \`${writer}\` made, name the whole of it: source = "${destination}". Its latest snapshot is found by itself.`,
  }),
);
/** A copy would be copied again and again. Fix: another place, or exclude it with a filter. */
export const destinationInsideSource = error(
  'destination-inside-source',
  (
    source: string,
    { of, destination, path }: { of: string | null; destination: string; /** In the source. */ path: string },
  ) => ({
    message: `The source ${source} contains ${of === null ? 'its own destination' : `the destination of \`${of}\``}, ${destination}: copies would be copied again and again.`,
    help: `Choose another place, or leave it out of the copy: filters = ["- /${path}/"]`,
  }),
);
/** `--only` or `--exclude` with a name that the spec does not have (exit code 64). Fix: the right name. */
export const unknownSync = error(
  'unknown-sync',
  (spec: string, name: string, names: readonly string[], isVolume: boolean) => ({
    message: `${spec} has no sync named ${name}.`,
    help: isVolume ? `For every sync that touches the volume: ${name}:` : knownNamesText(names, name),
  }),
);
/** `--only` or `--exclude` with a volume that the spec does not have (exit code 64). Fix: the right name. */
export const unknownVolume = error('unknown-volume', (spec: string, name: string, names: readonly string[]) => ({
  message: `${spec} has no volume named ${name}.`,
  help: knownNamesText(names, name),
}));
