import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refuseNonText } from '../../src/api/text-paths.ts';
import { UsageError } from '../../src/api/usage-error.ts';

const bytes = fc.uint8Array({ min: 1, minLength: 1, maxLength: 20 }).map((each) => Buffer.from(each));
/** As Node hands it on, and whether that is still what was meant. */
const place = bytes.map((each) => ({ text: each.toString(), meant: Buffer.from(each.toString()).equals(each) }));
const VARIABLES = ['HOME', 'NBKP_STATE_DIR', 'NBKP_SPEC', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME'];
const TEXT = '/home/ada';

test('a place whose name Node cannot hand on is refused, wherever it comes from, and any other is not', () => {
  const ways = [
    ({ text }: { text: string }) => refuseNonText(['nbkp', 'restore', 'docs', '--to', text], {}, TEXT),
    ({ text }: { text: string }) => refuseNonText([], {}, text),
    ...VARIABLES.map(
      (name) =>
        ({ text }: { text: string }) =>
          refuseNonText([], { HOME: TEXT, [name]: text }, TEXT),
    ),
  ];
  fc.assert(
    fc.property(place, fc.constantFrom(...ways), (given, refuse) => {
      // The character itself, spelled out, cannot be told from one that stands for something else.
      fc.pre(!given.meant || !given.text.includes('\uFFFD'));
      if (given.meant) expect(() => refuse(given)).not.toThrow();
      else expect(() => refuse(given)).toThrow(UsageError);
    }),
  );
});
