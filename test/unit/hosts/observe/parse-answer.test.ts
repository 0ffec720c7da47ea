import { describe, expect, it } from 'vitest';
import { endpointFacts } from '../../../../src/hosts/observe/endpoint-facts.ts';
import { hostFacts } from '../../../../src/hosts/observe/host-facts.ts';
import { parseAnswer, type Answer } from '../../../../src/hosts/observe/parse-answer.ts';
import type { HostQuestions } from '../../../../src/planner/model/questions.ts';

const questions: HostQuestions = {
  volumes: [{ volume: 'usb', path: '/mnt/usb', uuid: null }],
  endpoints: [{ key: 'usb:photos', volume: 'usb', subdir: 'photos' }],
};

const PROC = '5 1 416d';
const STATS = ['8 2 41ed', '8 9 41ed'];

interface Given {
  latest?: string;
  stats?: string[];
  host?: string[];
  snapshots?: string[];
}

/** An answer as the probe gives it for a volume and an endpoint that are there and a staging that is not. */
function answerBytes({ latest = '', stats = STATS, host, snapshots = [] }: Given = {}): Buffer {
  const [volume = null, endpoint = null, src = null, dst = null, snapshotsStat = null] = stats;
  const seen = [PROC, volume, PROC, endpoint, PROC, PROC, src, PROC, dst, PROC, snapshotsStat, PROC];
  const lines = seen.filter((line) => line !== null).map((line) => `${line}\n`);
  const [none, some] = ['0 0 0 0 4096', '10 20 30 5 4096'];
  const statfs = [none, some, none, some, none, none];
  const words = [
    ...['/root', 'ID="1" PARENT="0" FSTYPE="ext4" TARGET="/"', '', '', '', ''],
    ...['/mnt/usb', '/mnt/usb', 'wo', 'y'],
    ...['/mnt/usb/photos', '/mnt/usb/photos', 'w', 'sd', '', latest, 'd', ...snapshots, '', '', ''],
    ...[lines.join(''), statfs.map((line) => `${line}\n`).join(''), ''],
    ...[
      'bf',
      ...(host ?? ['Linux', 'uid=0(root) gid=0(root)', 'rsync  version 3.2.7  protocol version 31', 'Copyright']),
      'end',
    ],
  ];
  return Buffer.from(words.map((word) => `${word}\0`).join(''));
}

function answer(given?: Given): Answer {
  const parsed = parseAnswer(answerBytes(given), questions);
  if (parsed === null) throw new Error('not complete');
  return parsed;
}

function endpoint(given: Given) {
  const { endpoints, inode256 } = answer(given);
  return endpointFacts(endpoints[0]!, () => null, inode256);
}

describe('parseAnswer', () => {
  it('gives each directory its own line of stat', () => {
    const { volumes, endpoints } = answer();
    expect(volumes[0]).toMatchObject({ path: '/mnt/usb', sentinel: true, directory: { stat: '8 2 41ed' } });
    expect(endpoints[0]?.directory).toMatchObject({ stat: '8 9 41ed', statfs: '10 20 30 5 4096', writable: true });
    expect(endpoints[0]?.staging).toMatchObject({ realPath: '', stat: null, statfs: null });
  });

  it('does not shift the lines of stat when a directory vanished before it was asked', () => {
    const bytes = answerBytes().toString().replace(`${PROC}\n8 2 41ed\n`, `${PROC}\n`);
    const { volumes, endpoints } = parseAnswer(Buffer.from(bytes), questions)!;
    expect(volumes[0]?.directory.stat).toBeNull();
    expect(endpoints[0]?.directory.stat).toBe('8 9 41ed');
  });

  it('knows which sentinel has a time with a fraction of a second', () => {
    const at = (time: string) => `8 5 81a4 0 2026-03-10 10:00:00${time} +0000`;
    const kept = (src: string, dst: string) => endpoint({ stats: [...STATS, at(src), at(dst)] }).nanoseconds;
    expect(kept('.000000001', '.500000000')).toEqual({ source: true, destination: true });
    expect(kept('.000000000', '')).toEqual({ source: false, destination: false });
    expect(endpoint({}).nanoseconds).toEqual({ source: false, destination: false });
  });

  it('refuses an answer that was cut off anywhere', () => {
    const bytes = answerBytes();
    for (let length = 0; length < bytes.length; length++) {
      expect(parseAnswer(bytes.subarray(0, length), questions)).toBeNull();
    }
  });

  it('refuses an answer that ends too early or too late: that host is not observed, and the others are', () => {
    const words = answerBytes().toString().split('\0').slice(0, -1);
    const answerOf = (some: string[]) => parseAnswer(Buffer.from(some.map((word) => `${word}\0`).join('')), questions);
    expect(answerOf(words)).not.toBeNull();
    for (let less = 1; less < words.length; less++) expect(answerOf([...words.slice(0, -1 - less), 'end'])).toBeNull();
    for (const word of ['', 'more']) expect(answerOf([...words.slice(0, -1), word, 'end'])).toBeNull();
  });

  it('refuses an answer without separators: which directory is meant would be a guess', () => {
    const bytes = answerBytes().toString().replaceAll(`${PROC}\n`, '');
    expect(parseAnswer(Buffer.from(bytes), questions)).toBeNull();
  });

  it('refuses an answer about another place, with numbers that are none, or with more than any machine has', () => {
    const bytes = answerBytes().toString();
    const changed = (from: string, to: string) => parseAnswer(Buffer.from(bytes.replace(from, to)), questions);
    expect(changed('', '')).not.toBeNull();
    for (const [from, to] of [
      ['/mnt/usb\0', '/mnt/other\0'],
      ['\0/mnt/usb/photos\0w', '\0photos\0w'],
      ['8 2 41ed', '8 2'],
      ['8 9 41ed', 'nonsense'],
      ['10 20 30 5 4096', '10 20 ? 5 4096'],
      ['TARGET="/"', `TARGET="/"${'\n'.repeat(30_000)}`],
      ['\0d\0', `\0${'d\0'.repeat(1_100_000)}`],
    ] as const) {
      expect(bytes).toContain(from);
      expect(changed(from, to)).toBeNull();
    }
  });

  it('keeps names with line feeds, quotes and a leading dash, and says U+FFFD for what is not UTF-8', () => {
    const { endpoints } = answer({ snapshots: ['d-a\nb', `f'"$\``] });
    expect(endpoints[0]?.snapshots).toEqual(['d-a\nb', `f'"$\``]);
    const bytes = answerBytes({ snapshots: ['dX'] });
    bytes[bytes.indexOf('dX') + 1] = 0xff;
    expect(parseAnswer(bytes, questions)?.endpoints[0]?.snapshots).toEqual(['d\uFFFD']);
  });
});

describe('endpointFacts', () => {
  it.each([
    ['', { kind: 'absent' }],
    ['x', { kind: 'foreign', target: null }],
    ['t/dev/null', { kind: 'none-yet' }],
    ['tsnapshots/2026-03-06T14:30:00.000Z', { kind: 'snapshot', name: '2026-03-06T14:30:00.000Z' }],
    ['tsnapshots/a\nb', { kind: 'snapshot', name: 'a\nb' }],
    ['tsnapshots/..', { kind: 'foreign', target: 'snapshots/..' }],
    ['tsnapshots/a/b', { kind: 'foreign', target: 'snapshots/a/b' }],
    ['t/elsewhere', { kind: 'foreign', target: '/elsewhere' }],
  ])('reads the link %j', (latest, facts) => {
    expect(endpoint({ latest }).latest).toEqual(facts);
  });

  it('knows which folder `snapshots/` is', () => {
    const folder = (stat: string) => endpoint({ stats: [...STATS, '8 5 81a4', '8 6 81a4', stat] }).snapshotsFolder;
    expect(folder('8 77 41ed 1000 2026-03-10 10:00:00 +0000')).toEqual({ inode: '77', owner: '1000' });
    expect(folder('9 77 41ed 0')).toEqual({ inode: '77', owner: '0', apart: true });
    expect(endpoint({}).snapshotsFolder).toBeUndefined();
  });

  it('takes no entry for a part of the language', () => {
    const { snapshots } = endpoint({ snapshots: ['d__proto__', 'lconstructor', 'ox'] });
    expect(Object.entries(snapshots ?? {})).toEqual([
      ['__proto__', { kind: 'directory' }],
      ['constructor', { kind: 'symlink' }],
      ['x', { kind: 'other' }],
    ]);
  });
});

describe('hostFacts', () => {
  const rsync = (...lines: string[]) => hostFacts(answer({ host: ['Linux', 'uid=0(root)', ...lines] })).rsync;

  it('knows user and system', () => {
    const facts = hostFacts(answer({ host: ['Darwin', 'uid=501(jo) gid=20(staff)', '', ''] }));
    expect(facts).toMatchObject({ os: 'darwin', uid: 501, user: 'jo', rsync: null, btrfs: true, flock: true });
  });

  it('tells rsync from openrsync and from what it does not know', () => {
    expect(rsync('rsync  version 3.2.7  protocol version 31', 'Copyright')).toEqual({
      kind: 'rsync',
      version: '3.2.7',
    });
    expect(rsync('rsync  version v3.4.1pre1  protocol version 32', 'C')).toEqual({ kind: 'rsync', version: '3.4.1' });
    expect(rsync('openrsync: protocol version 29', 'rsync version 2.6.9 compatible')).toEqual({
      kind: 'openrsync',
      version: '2.6.9',
    });
    expect(rsync('openrsync: protocol version 27', '')).toEqual({ kind: 'openrsync', version: '' });
    expect(rsync('something else', '')).toEqual({ kind: 'unknown', version: '' });
  });
});
