import { describe, expect, test } from 'vitest';
import { BASE, findingsOf, placesOf } from './reading.ts';

/** BASE has five lines: what a row adds begins on line 6. A sync begins there, and its keys on line 9. */
const SYNC = `[syncs.s]
source = "laptop:a"
destination = "usb:a"
`;

const IN_SYNC: [text: string, place: string, message: RegExp, help: RegExp | null][] = [
  ['filtres = ["- x"]', 'unknown-key 9:1 filtres', /`filtres` in \[syncs\.s\]/, /Did you mean `filters`/],
  ['Max_Age = "7d"', 'unknown-key 9:1 Max_Age', /Unknown key/, /`max-age`/],
  ['zzz = 1', 'unknown-key 9:1 zzz', /Unknown key/, /Known here: source, destination/],
  ['rclone = { remote = "b" }', 'unknown-key 9:1 rclone', /`rclone`/, /transfer = "rclone"/],
  ['hard-link.x = 1\nsnapshots.mode = "hard-link"', 'unknown-key 9:1 hard-link', /Unknown key/, null],
  ['enabled = "yes"', 'wrong-type 9:11 "yes"', /`enabled` must be true or false, not "yes"/, null],
  ['max-age = 7', 'wrong-type 9:11 7', /a duration such as "7d".*not 7\./, null],
  ['max-age = 1979-05-27', 'wrong-type 9:11 1979-05-27', /not a date or time/, null],
  ['max-age = 1979-05-27T07:32:00Z', 'wrong-type 9:11 1979-05-27T07', /not a date or time/, null],
  ['max-age = nan', 'wrong-type 9:11 nan', /not NaN/, null],
  ['max-age = "7 days"', 'invalid-value 9:11 "7 days"', /not "7 days"/, null],
  ['max-age = "Never"', 'invalid-value 9:11 "Never"', /or "never", not "Never"/, null],
  ['max-age = "0d"', 'invalid-value 9:11 "0d"', /duration/, null],
  ['tolerate = [24, 1.5]', 'wrong-type 9:17 1.5', /Item 2 of `tolerate`.*exit code/, null],
  ['tolerate = [0]', 'invalid-value 9:13 0', /from 1 to 255/, null],
  ['tolerate = 24', 'wrong-type 9:12 24', /a list of exit codes/, null],
  ['snapshots.mode = "hardlink"', 'executor-unknown 9:18 "hardlink"', /`mode` "hardlink"/, /Did you mean `hard-link`/],
  ['transfer = "rsyc"', 'executor-unknown 9:12 "rsyc"', /`transfer` "rsyc"/, /Did you mean `rsync`/],
  ['snapshots.when = "allways"', 'not-allowed 9:18 "allways"', /"always" or "changed"/, /"always"/],
  ['source-snapshot = "zfs"', 'executor-unknown 9:19 "zfs"', /`source-snapshot`/, /Installed for it: `btrfs`/],
  ['before = ["systemctl", "stop"]', 'wrong-type 9:11 "systemctl"', /a command as a list of words/, null],
  ['before = [[]]', 'invalid-value 9:11 [', /not an empty list/, null],
  ['before = [{ on = "usb" }]', 'missing-key 9:11 {', /`run` is missing/, null],
  ['before = [[""]]', 'empty-command 9:12 ""', /no program/, null],
  ['after = [{ run = [" "] }]', 'empty-command 9:19 " "', /no program/, null],
  ['after = [{ run = ["x"], on = "ubs" }]', 'unknown-reference 9:30 "ubs"', /no volume `ubs`/, /Did you mean `usb`/],
  ['rsync.bandwidth = "fast"', 'invalid-value 9:19 "fast"', /a rate per second/, null],
  ['rsync.options = "-a"', 'wrong-type 9:17 "-a"', /a list of options/, null],
  ['policy.parallel = 2', 'unknown-key 9:8 parallel', /\[syncs\.s\.policy\]/, null],
  ['policy.max-delete.percent = 101', 'invalid-value 9:29 101', /from 0 to 100/, null],
  ['policy.min-free = "5 gigs"', 'invalid-value 9:19 "5 gigs"', /a size such as "5GiB"/, null],
  ['filters = [{ exlude = "x" }]', 'unknown-key 9:14 exlude', /Unknown key/, /`exclude`/],
  ['filters = [{ include = "a", exclude = "b" }]', 'conflicting-keys 9:12 {', /exactly one of/, /one table per rule/],
  ['filters = [{ exclude-self = true }]', 'conflicting-keys 9:12 {', /exclude-self/, null],
  ['filters = [5]', 'wrong-type 9:12 5', /a rule such as/, null],
  ['filters = ["*.tmp"]', 'filter-not-understood 9:12 "*.tmp"', /does not begin with a rule/, /"- PATTERN"/],
  ['filters = ["-z x"]', 'filter-not-understood 9:12 "-z x"', /takes no modifier `z`/, null],
  ['filters = ["- "]', 'filter-not-understood 9:12 "- "', /pattern is missing/, null],
  ['filters = [".- /etc/x"]', 'filter-not-understood 9:12 ".- /etc/x"', /modifiers/, /merge = /],
  ['filters = ["!"]', 'filter-clears-rules 9:12 "!"', /clear all rules/, /Remove it/],
  ['filters = ["clear"]', 'filter-clears-rules 9:12 "clear"', /clear all rules/, /Remove it/],
  ['filters = [{ merge = "x.rules" }]', 'path-not-absolute 9:22 "x.rules"', /neither absolute/, /~\/x\.rules/],
  ['filter-file = "~other/x"', 'path-not-absolute 9:15 "~other/x"', /neither absolute/, /in full/],
  ['snapshots = { mode = "btrfs", keep = {} }', 'keep-keeps-nothing 9:38 {', /no rule/, /keep all/],
  ['snapshots = { mode = "btrfs", keep = { last = 0 } }', 'keep-keeps-nothing 9:38 {', /no rule/, null],
  ['snapshots = { mode = "btrfs", keep = { lats = 2 } }', 'unknown-key 9:40 lats', /Unknown key/, /`last`/],
  ['snapshots.keep.last = 3', 'keep-without-snapshots 9:11 keep', /no effect/, /mode = "hard-link"/],
  [
    'snapshots = { mode = "btrfs", keep = { last = 1, timezone = "Europe/Pari" } }',
    'unknown-timezone 9:61 "Europe/Pari"',
    /no time zone/,
    /"Europe\/Paris"/,
  ],
  ['filters = ["- {snapshot:s}"]', 'placeholder-in-spec 9:12 "- {snapshot:s}"', /\{snapshot:s\}/, /another name/],
  ['before = [["rm", "{mount:s}"]]', 'placeholder-in-spec 9:18 "{mount:s}"', /\{mount:s\}/, null],
  ['filters = ["- a\\tb"]', 'control-character 9:12 "- a\\tb"', /U\+0009/, /single quotes/],
  ['before = [["a\\u0000"]]', 'control-character 9:12 "a\\u0000"', /U\+0000/, null],
];

const IN_FILE: [text: string, place: string, message: RegExp, help: RegExp | null][] = [
  ['[volumse.x]\npath = "/x"', 'unknown-key 6:2 volumse', /`volumse` at the top level/, /`volumes`/],
  ['[volumes.Big]\npath = "/b"', 'invalid-name 6:10 Big', /lower-case/, /`big`/],
  [`[volumes.${'a'.repeat(51)}]\npath = "/b"`, `invalid-name 6:10 ${'a'.repeat(51)}`, /at most 50/, null],
  ['[volumes.x]\npth = "/x"', 'unknown-key 7:1 pth', /`pth` in \[volumes\.x\]/, /`path`/],
  ['[volumes.x]\ndescription = "d"', 'conflicting-keys 6:10 x', /needs a `path`/, /Add path/],
  ['[volumes.x]\npath = "data"', 'path-not-absolute 7:8 "data"', /neither absolute/, /~\/data/],
  ['[volumes.x]\npath = "/a/../b"', 'path-climbs 7:8 "/a/../b"', /climbs/, /without/],
  ['[volumes.x]\npath = ""', 'invalid-value 7:8 ""', /a path in quotes/, null],
  ['[volumes.x]\npath = 1979-05-27', 'wrong-type 7:8 1979-05-27', /not a date or time/, null],
  ['[volumes.x]\npath = "/x"\nsnapshots.mode = "zfs"', 'executor-unknown 8:18 "zfs"', /"zfs"/, /plugins install/],
  ['[volumes.x]\npath = "/x"\nsnapshot.mode = "btrfs"', 'unknown-key 8:1 snapshot', /volumes\.x/, /`snapshots`/],
  ['[volumes.x]\non = "usb:x"\nsnapshot.mode = "btrfs"', 'unknown-key 8:1 snapshot', /volumes\.x/, /`snapshots`/],
  ['[volumes.x]\npath = "/x"\nkeeper.a = 1', 'executor-unknown 8:1 keeper', /none is installed/, /Install/],
  ['[volumes.x]\nmount = { uuid = "A" }', 'unknown-key 7:11 uuid', /mount/, null],
  ['[volumes.x]\nmount.device-uuid = "../x"', 'invalid-value 7:21 "../x"', /lsblk/, /LABEL,UUID/],
  ['[volumes.x]\nmount.device-uuid = "not-a-uuid"', 'invalid-value 7:21 "not-a-uuid"', /"1A2B-3C4D"/, /PARTUUID/],
  [
    '[volumes.x]\nmount = { device-uuid = "1A2B-3C4D", encryption = { type = "lukz" } }',
    'not-allowed 7:60 "lukz"',
    /must be "luks"/,
    /"luks"/,
  ],
  ['[volumes.x]\npath = "/x"\nssh = "pi"', 'unknown-reference 8:7 "pi"', /SSH endpoint `pi`/, /Add \[ssh\.pi\]/],
  ['[ssh.a]\nport = 0', 'invalid-value 7:8 0', /from 1 to 65535/, null],
  ['[ssh.a]\nextends = "b"', 'unknown-reference 7:11 "b"', /`b`/, /`a`/],
  ['[ssh.a]\n[ssh.b]\nproxy-jump = ["a", "x1"]', 'unknown-reference 8:20 "x1"', /`x1`/, null],
  ['[ssh.a]\nlocation = "x"\nlocations = ["y"]', 'conflicting-keys 6:6 a', /exclude each other/, /Write all/],
  ['[ssh.a]\noptions = { X = [] }', 'wrong-type 7:17 [', /text, a whole number/, null],
  ['[credentials]\nprovider = "command"', 'missing-key 6:2 credentials', /`command` is missing/, null],
  ['[credentials]\nprovider = "keychain"', 'not-allowed 7:12 "keychain"', /"keyring", "prompt"/, null],
  [
    '[credentials]\nprovider = "command"\ncommand = ["pass", "show", "x"]',
    'credentials-command-without-id 8:11 [',
    /same for every/,
    /\{id\}/,
  ],
  ['[credentials]\ndirectory = "secrets"', 'path-not-absolute 7:13 "secrets"', /neither absolute/, null],
  ['[policy]\nmin-free = 5', 'wrong-type 7:12 5', /a size such as/, null],
  ['[policy]\nmax-prune = -1', 'invalid-value 7:13 -1', /0 to 1000000/, null],
  [
    '[syncs.s]\nsource = "laptop:a"',
    'missing-key 6:8 s',
    /`destination` is missing in \[syncs\.s\]/,
    /Where to copy to/,
  ],
  ['[syncs.s]\nsource = "/home"\ndestination = "usb"', 'invalid-endpoint 7:10 "/home"', /begins with a path/, /VOLUME/],
  ['[syncs.s]\nsource = ":x"\ndestination = "usb"', 'invalid-endpoint 7:10 ":x"', /before the colon/, null],
  ['[syncs.s]\nsource = "laptop:../x"\ndestination = "usb"', 'invalid-endpoint 7:10 "laptop:../x"', /`\.\.`/, null],
  ['[syncs.s]\nsource = "lapto:x"\ndestination = "usb"', 'unknown-reference 7:10 "lapto:x"', /`lapto`/, /`laptop`/],
  [
    '[syncs.s]\nsource = "constructor"\ndestination = "usb"',
    'unknown-reference 7:10 "constructor"',
    /`constructor`/,
    null,
  ],
];

describe('a mistake is named with its code, its place and what to do', () => {
  test.each(IN_SYNC)('in a sync: %s', (text, place, message, help) => {
    const file = `${BASE}${SYNC}${text}\n`;
    const relevant = findingsOf(file).filter(({ code }) => !code.startsWith('unused'));
    expect(placesOf(file).filter((each) => !each.startsWith('unused'))).toEqual([place]);
    expect(relevant[0]!.message).toMatch(message);
    expect(relevant[0]!.sync).toBe('s');
    expect(relevant[0]!.help ?? '').toMatch(help ?? /^/);
  });

  test.each(IN_FILE)('elsewhere: %s', (text, place, message, help) => {
    const file = `${BASE}${text}\n`;
    expect(placesOf(file).filter((each) => !each.startsWith('unused'))).toEqual([place]);
    const finding = findingsOf(file).find(({ code }) => !code.startsWith('unused'))!;
    expect(finding.message).toMatch(message);
    expect(finding.help ?? '').toMatch(help ?? /^/);
  });

  test('in a way through more machines than ssh can be told, once and where the limit is passed', () => {
    const way = Array.from({ length: 16 }, (_, index) => `[ssh.e${index}]\nproxy-jump = "e${index - 1}"\n`).slice(1);
    const tree = way.map((text, index) => (index < 2 ? text : text.replace(/"(e\d+)"/, `["$1", "e${index - 1}"]`)));
    const told = (some: string[]): string[] =>
      findingsOf(`${BASE}[ssh.e0]\n${some.join('')}`).flatMap(({ code, message }) =>
        code === 'too-many-jumps' ? [message] : [],
      );
    expect(told(way.slice(0, 8))).toEqual([]);
    expect(told(way)).toEqual(['e9 is reached through 9 other machines, and 8 are possible.']);
    expect(told(tree)).toHaveLength(1);
  });

  test('in the version of the format, or without it', () => {
    expect(placesOf('version = 2\n')).toEqual(['unsupported-version 1:11 2']);
    expect(placesOf('version = "1"\n')).toEqual(['unsupported-version 1:11 "1"']);
    expect(placesOf('# nothing yet\n')).toEqual(['missing-key 1:1 #']);
  });

  test('in a section that is not a table', () => {
    expect(placesOf('version = 1\nsyncs = 3\nvolumes = []\n')).toEqual(['wrong-type 2:9 3', 'wrong-type 3:11 [']);
    expect(placesOf('version = 1\n[[syncs]]\nsource = "a"\n')).toEqual(['wrong-type 2:3 syncs']);
  });
});

describe('all mistakes are found at once', () => {
  test('those of the schema and those beyond it, also within one sync, in the order of the file', () => {
    const file = `version = 1
frobnicate = true
[volumes.laptop]
path = "~"
[volumes.usb]
mount.device-uid = "1A2B-3C4D"
[volumes.nas]
path = "backups"
[syncs.a]
source = "laptop:Documents"
destination = "usbb:docs"
filtres = ["- x"]
max-age = 7
rsync = { options = ["-an"], bandwidth = "fast" }
before = [[""]]
[syncs.b]
source = "laptop"
[syncs.c]
source = "laptop:x"
destination = "laptop:x/y"
snapshots.keep.last = -1
[policy]
min-free = "much"
`;
    expect(placesOf(file)).toEqual([
      'unknown-key 2:1 frobnicate',
      'unknown-key 6:7 device-uid',
      'path-not-absolute 8:8 "backups"',
      'unknown-reference 11:15 "usbb:docs"',
      'unknown-key 12:1 filtres',
      'wrong-type 13:11 7',
      'rsync-option-not-allowed 14:22 "-an"',
      'invalid-value 14:42 "fast"',
      'empty-command 15:12 ""',
      'missing-key 16:8 b',
      'destination-inside-source 20:15 "laptop:x/y"',
      'invalid-value 21:23 -1',
      'invalid-value 23:12 "much"',
    ]);
  });

  test('a reference to something that has a mistake of its own is no second mistake', () => {
    const file = `${BASE}[volumes.Nas]\nssh = "pi"\npath = 3\n[ssh.pi]\nport = "x"\n[syncs.s]\nsource = "Nas:a"\ndestination = "usb"\n`;
    expect(placesOf(file)).toEqual(['invalid-name 6:10 Nas', 'wrong-type 8:8 3', 'wrong-type 10:8 "x"']);
  });

  test('filters with a mistake do not make a destination inside the source another one', () => {
    const sync = '[syncs.s]\nsource = "usb"\ndestination = "usb:copy"\n';
    expect(placesOf(`${BASE}${sync}filters = ["- /copy/", 7]\n`)).toEqual(['wrong-type 9:24 7']);
  });

  test('one that the whole list has in common is told once', () => {
    expect(placesOf(`${BASE}${SYNC}before = ["a", "b", "c"]\n`)).toHaveLength(1);
  });
});

describe('what may be unused is a warning, and only in a spec without mistakes', () => {
  test('volumes and SSH endpoints that nothing names', () => {
    const file = `${BASE}[ssh.pi]\nhost = "h"\n[syncs.s]\nsource = "laptop:a"\ndestination = "laptop:b"\n`;
    expect(placesOf(file)).toEqual(['unused-volume 4:10 usb', 'unused-ssh 6:6 pi']);
    expect(findingsOf(file).map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(placesOf(`${file}foo = 1\n`)).toEqual(['unknown-key 11:1 foo']);
  });

  test('hooks, proxies, parents and disabled syncs count as uses', () => {
    const file = `${BASE}[ssh.a]\nproxy-jump = "b"\nextends = "c"\n[ssh.b]\n[ssh.c]\n[volumes.far]\npath = "/x"\nssh = "a"
[volumes.db]\npath = "/db"\n[syncs.s]\nsource = "laptop:a"\ndestination = "far:b"\nenabled = false
before = [{ run = ["dump"], on = "db" }]\n[syncs.t]\nsource = "laptop:b"\ndestination = "usb"\n`;
    expect(placesOf(file)).toEqual([]);
  });

  test('settings of another provider of passphrases', () => {
    const file = `${BASE}${SYNC}[credentials]\nprovider = "env"\ncommand = ["pass", "{id}"]\ndirectory = "/x"\n`;
    expect(placesOf(file)).toEqual(['unused-setting 11:11 [', 'unused-setting 12:13 "/x"']);
  });

  test('a server whose key is not checked is warned about, whichever way it is written', () => {
    const server = '[volumes.far]\npath = "/x"\nssh = "a"\n[syncs.s]\nsource = "laptop"\ndestination = "far"\n';
    const used = `version = 1\n[volumes.laptop]\npath = "~"\n${server}[ssh.a]\n`;
    expect(placesOf(`${used}strict-host-key-checking = false\n`)).toEqual(['host-key-not-checked 11:28 false']);
    expect(placesOf(`${used}options.StrictHostKeyChecking = "no"\n`)).toEqual(['host-key-not-checked 11:33 "no"']);
    expect(placesOf(`${used}options.StrictHostKeyChecking = "ask"\n`)).toEqual([]);
  });
});
