import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../scripts/generate/lib/examples.ts';
import { findingsOf } from '../unit/planner/spec/reading.ts';

describe('the examples of findings', () => {
  const all = Object.entries(EXAMPLES).flatMap(([of, subject]) =>
    Object.entries(subject).map(([name, example]) => ({ ...example, name: `${of} ${name}` })),
  );

  it.each(all)('$name reads like a message', ({ message, help = '' }) => {
    expect(`${message}\n${help}`).not.toMatch(/undefined|\[object|(?<!\/dev\/)null|NaN|\.\.(?!\/|`)|: :|\s{2}/);
    expect(message).toMatch(/^[^.: ]/);
  });
});

const BASE = `version = 1
[volumes.laptop]
path = "~"
[volumes.usb]
path = "/media/ada/Backup"
`;
const SYNC = `[syncs.photos]
source = "laptop:Photos"
destination = "usb:photos"
`;
const HOME = `[syncs.home]
source = "laptop:home"
destination = "usb:backups"
`;

/** What raises the example of each of these entries. */
const RAISED: Readonly<Record<string, string>> = {
  tomlSyntax: '[a\n',
  unsupportedVersion: BASE.replace('1', '2'),
  unknownKey: `${BASE}${SYNC.replace('destination', 'destinaton')}`,
  missingKey: `${BASE}[syncs.photos]\nsource = "laptop:Photos"\n`,
  wrongType: `${BASE}[ssh.pi]\nhost = "pi"\nport = "22"\n`,
  invalidValue: `${BASE}${SYNC}max-age = "a week"\n`,
  notAllowed: `${BASE}${SYNC}priority = "hihg"\n`,
  conflictingKeys: `${BASE}[ssh.pi]\nhost = "pi"\nlocation = "home"\nlocations = ["home"]\n`,
  invalidName: `${BASE}[volumes."My Photos"]\npath = "/a"\n`,
  invalidEndpoint: `${BASE}${SYNC.replace('usb:', '/media/ada/Backup/')}`,
  unknownReference: `${BASE}${SYNC.replace('usb:', 'ubs:')}`,
  extendsCycle: `${BASE}[ssh.pi-lan]\nextends = "pi-wan"\n[ssh.pi-wan]\nextends = "pi-lan"\n`,
  pathNotAbsolute: `${BASE}[volumes.a]\npath = "Documents"\n`,
  pathClimbs: `${BASE}[volumes.a]\npath = "/home/ada/../bob"\n`,
  filterNotUnderstood: `${BASE}${SYNC}filters = ["*.tmp"]\n`,
  filterModifiers: `${BASE}${SYNC}filters = [".e rules"]\n`,
  filterClearsRules: `${BASE}${SYNC}filters = ["!"]\n`,
  notAnOption: `${BASE}${SYNC}rsync.extra-options = ["archive"]\n`,
  unknownRsyncOption: `${BASE}${SYNC}rsync.extra-options = ["--detele"]\n`,
  optionNeedsValue: `${BASE}${SYNC}rsync.extra-options = ["--bwlimit"]\n`,
  optionTakesNone: `${BASE}${SYNC}rsync.extra-options = ["--checksum=md5"]\n`,
  sudoWithoutServer: `${BASE}${SYNC}rsync.sudo = true\n`,
  rsyncOptionNotAllowed: `${BASE}${SYNC}rsync.extra-options = ["--dry-run"]\n`,
  unknownTimezone: `${BASE}${SYNC}snapshots = { mode = "hard-link", keep = { last = 1, timezone = "Europe/Pariz" } }\n`,
  credentialsCommandWithoutId: `${BASE}[credentials]\nprovider = "command"\ncommand = ["pass"]\n`,
  unusedSetting: `${BASE}[credentials]\nprovider = "keyring"\ncommand = ["pass", "{id}"]\n`,
  unusedVolume: `${BASE}[volumes.attic]\npath = "/attic"\n`,
  destinationsOverlap: `${BASE}${SYNC.replace('usb:', 'usb:backups/')}${HOME}`,
  destinationInsideSource: `${BASE}[syncs.mirror]\nsource = "laptop"\ndestination = "laptop:mirror"\n`,
};

describe('a spec with the mistake of an example', () => {
  it.each(Object.entries(RAISED))('raises just what %s is shown with', (name, text) => {
    const { code, message, help } = { ...EXAMPLES['spec'], ...EXAMPLES['specOptions'] }[name] ?? {};
    expect(findingsOf(text)).toContainEqual(
      expect.objectContaining(help === undefined ? { code, message } : { code, message, help }),
    );
  });
});
