import { describe, expect, test } from 'vitest';
import { Complaints } from '../../../../src/hosts/rsync/complaints.ts';
import type { Pass } from '../../../../src/hosts/rsync/pass.ts';
import { verdictOf } from '../../../../src/hosts/rsync/verdict.ts';
import type { ProcessResult } from '../../../../src/hosts/transport/transport.ts';

const TOTALS = { entries: 10, created: 0, deleted: 0, files: 0, bytes: 0 };
const IN_THE_WAY = [
  'could not make way for new regular file: f',
  'Deletions stopped due to --max-delete limit (3 skipped)',
];
const VANISHED = 'file has vanished: "/x"';
const CUT_OFF = 'rsync: [sender] read errors mapping "/x": No data available (61)';
const NO_OWNERS = 'rsync: [receiver] chown "/usb/.x.FxpYQl" failed: Operation not permitted (1)';
const READ_ONLY = 'rsync: [receiver] mkstemp "/usb/.f.DZWTx7" failed: Read-only file system (30)';
const FULL = 'rsync: [receiver] write failed on "/usb/big": No space left on device (28)';
const BROKEN = 'rsync: [sender] write error: Broken pipe (32)';
const UNREADABLE = 'rsync: [sender] send_files failed to open "/x": Permission denied (13)';

function pass(result: Partial<ProcessResult>, lines: string[] = [], totals: Pass['totals'] = TOTALS): Pass {
  const complaints = new Complaints();
  for (const line of lines) complaints.add(line);
  const ended = { code: 0, signal: null, error: null, timedOut: false, stdout: Buffer.alloc(0), stderr: [] };
  return { result: { ...ended, ...result }, totals, reached: null, complaints, pending: complaints.skipped };
}

function judged(code: number, lines: string[] = [], tolerate = [24]): string {
  const verdict = verdictOf(pass({ code }, lines), { sync: 'photos', tolerate });
  if (!verdict.ok) return verdict.findings.map(({ code }) => code).join();
  const warnings = verdict.warnings.map((finding) => finding.code).join();
  return `ok${warnings === '' ? '' : ` with ${warnings}`}${verdict.sawAll ? '' : ', not all seen'}`;
}

describe('the verdict about a pass', () => {
  test.each([
    ['0', judged(0), 'ok'],
    [
      '25, which is what the limit is for',
      judged(25, ['Deletions stopped due to --max-delete limit (3 skipped)']),
      'ok',
    ],
    ['0 and a line about a file that vanished', judged(0, [VANISHED]), 'ok, not all seen'],
    [
      '25 and a line about a file that vanished',
      judged(25, [VANISHED, 'Deletions stopped due to --max-delete limit (3 skipped)']),
      'ok, not all seen',
    ],
    ['24', judged(24, [VANISHED]), 'ok with files-vanished, not all seen'],
    ['24 that hides a 25', judged(24, [VANISHED, IN_THE_WAY[1] ?? '']), 'ok with files-vanished, not all seen'],
    ['24 not tolerated', judged(24, [VANISHED], []), 'files-vanished'],
    ['23', judged(23, [UNREADABLE]), 'files-unreadable'],
    ['23 tolerated', judged(23, [UNREADABLE], [23]), 'ok with files-unreadable, not all seen'],
    ['23 only because a folder is in the way', judged(23, IN_THE_WAY), 'ok'],
    ['23 without a skipped deletion', judged(23, IN_THE_WAY.slice(0, 1)), 'folder-in-the-way'],
    ['23 with a folder in the way and more', judged(23, [...IN_THE_WAY, UNREADABLE]), 'files-unreadable'],
    ['23 that hides a 24', judged(23, [...IN_THE_WAY, VANISHED]), 'ok with files-vanished, not all seen'],
    ['23 that hides a 24 that is not tolerated', judged(23, [...IN_THE_WAY, VANISHED], []), 'files-vanished'],
    ['23 for a file that was cut off', judged(23, [CUT_OFF]), 'ok with files-changed, not all seen'],
    ['23 for a file that was cut off, 24 not tolerated', judged(23, [CUT_OFF], []), 'files-changed'],
    ['23 for that and more', judged(23, [CUT_OFF, UNREADABLE]), 'files-changed,files-unreadable'],
    [
      '23 for two reasons, tolerated',
      judged(23, [UNREADABLE, NO_OWNERS], [23]),
      'ok with files-unreadable,owners-unholdable, not all seen',
    ],
    [
      '23 for a destination that is read-only, tolerated',
      judged(23, [READ_ONLY, UNREADABLE], [23]),
      'destination-read-only,files-unreadable',
    ],
    [
      '23 that is explained in part',
      judged(23, [UNREADABLE, 'rsync: [sender] what?']),
      'rsync-failed,files-unreadable',
    ],
    ['12 after a full disk', judged(12, [FULL, BROKEN]), 'disk-full'],
    ['12 after a file that cannot be read', judged(12, [UNREADABLE, BROKEN]), 'rsync-failed,files-unreadable'],
    ['30 after a file that cannot be read', judged(30, [UNREADABLE]), 'transfer-timed-out,files-unreadable'],
    ['11', judged(11), 'rsync-failed'],
    ['a code that nobody knows', judged(99), 'rsync-failed'],
    ['30', judged(30), 'transfer-timed-out'],
    ['a full disk', judged(11, ['rsync: [receiver] write failed on "/x": No space left on device (28)']), 'disk-full'],
    [
      'a full disk that ends with 23',
      judged(23, ['rsync: mkdir "/x" failed: No space left on device (28)']),
      'disk-full',
    ],
  ])('with exit code %s', (_code, found, expected) => expect(found).toBe(expected));

  test.each([1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 24, 30, 35])(
    'explains exit code %i in words',
    (code) => {
      const verdict = verdictOf(pass({ code }), { sync: 'photos', tolerate: [] });
      if (verdict.ok) throw new Error('not a failure');
      expect(verdict.findings[0]?.message).toMatch(new RegExp(`^[A-Za-z].{15,} \\(rsync's exit code ${code}\\)\\.$`));
    },
  );

  test('names what rsync complained about', () => {
    const lines = Array.from({ length: 7 }, (_, index) => `rsync: problem ${index}`);
    expect(verdictOf(pass({ code: 23 }, lines), { sync: 'photos', tolerate: [] })).toMatchObject({
      findings: [
        {
          sync: 'photos',
          message: expect.stringMatching(
            /exit code 23\): rsync: problem 0; .*; rsync: problem 4; and 2 more$/,
          ) as string,
        },
      ],
    });
  });

  test.each([
    ['could not be started', { code: null, error: 'ENOENT' }, 'rsync-failed', 'could not be started (ENOENT)'],
    ['was killed', { code: null, signal: 'SIGKILL' }, 'rsync-failed', 'killed (SIGKILL)'],
    ['took too long', { code: 20, timedOut: true }, 'transfer-timed-out', 'longer than its timeout'],
  ])('is a failure when rsync %s', (_what, result, code, words) => {
    const verdict = verdictOf(pass(result, [], null), { sync: 'photos', tolerate: [20, 24] });
    expect(verdict).toMatchObject({
      ok: false,
      findings: [{ code, message: expect.stringContaining(words) as string }],
    });
  });

  test('is a failure without totals, whatever the exit code', () => {
    const verdict = (code: number) => verdictOf(pass({ code }, [], null), { sync: 'photos', tolerate: [23] });
    expect(verdict(0)).toMatchObject({ ok: false, findings: [{ code: 'rsync-output-unknown' }] });
    expect(verdict(23)).toMatchObject({ ok: false, findings: [{ code: 'rsync-failed' }] });
  });
});
