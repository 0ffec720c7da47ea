import { describe, expect, it } from 'vitest';
import type { EndpointFacts, Facts } from '../../../../src/planner/model/facts.ts';
import type { Precondition } from '../../../../src/planner/model/step.ts';
import { checkPreconditions, staleFinding } from '../../../../src/planner/plan-file/staleness.ts';

const X = '2026-03-05T14:30:00.000Z';
const Y = '2026-03-06T14:30:00.000Z';

function factsWith(latest: EndpointFacts['latest']): Facts {
  return {
    formatVersion: '1.0',
    basis: 'observed',
    observedAt: Y,
    machine: { hostname: 'laptop', user: 'me' },
    hosts: {},
    volumes: {},
    endpoints: {
      'usb:photos': {
        path: '/media/usb/photos',
        directory: {
          realPath: '/media/usb/photos',
          device: '2049',
          inode: '2',
          writable: true,
          empty: false,
          subvolume: false,
          mount: null,
          freeBytes: 1000,
          totalBytes: 5000,
          freeInodes: null,
        },
        sentinels: { source: false, destination: true },
        latest,
        snapshots: { [X]: { kind: 'directory' } },
        staging: null,
        leftovers: [],
      },
    },
    filterFiles: {},
    history: {},
    previews: {},
  };
}

const facts = factsWith({ kind: 'snapshot', name: Y });

function precondition(fact: string, check: Precondition['check'], value: Precondition['value']): Precondition {
  return { fact: `/endpoints/usb:photos${fact}`, check, value, description: 'the latest snapshot of usb:photos' };
}

describe('checkPreconditions', () => {
  it.each([
    ['an equal text', precondition('/latest/name', 'equals', Y)],
    ['an equal object, its keys in any order', precondition('/latest', 'equals', { name: Y, kind: 'snapshot' })],
    ['null for what is null', precondition('/staging', 'equals', null)],
    ['null for what is not there', precondition('/snapshots/nothing', 'equals', null)],
    ['exactly as much as needed', precondition('/directory/freeBytes', 'at-least', 1000)],
    ['none of some names', precondition('/latest/name', 'none-of', [X])],
    ['none of no names', precondition('/latest/name', 'none-of', [])],
  ])('accepts %s', (_, held) => {
    expect(checkPreconditions([held], facts)).toEqual([]);
  });

  it.each([
    ['another text', precondition('/latest/name', 'equals', X), Y],
    ['a number for a text', precondition('/directory/device', 'equals', 2049), '2049'],
    ['something for what is not there', precondition('/snapshots/nothing', 'equals', 'directory'), null],
    ['less than needed', precondition('/directory/freeBytes', 'at-least', 1001), 1000],
    ['no number where one is needed', precondition('/directory/freeInodes', 'at-least', 1), null],
    ['a number for a text of digits', precondition('/directory/device', 'at-least', 1), '2049'],
    ['one of the forbidden names', precondition('/latest/name', 'none-of', [X, Y]), Y],
    ['a list of forbidden values that is no list', precondition('/latest/name', 'none-of', X), Y],
  ])('reports %s with what was found', (_, broken, actual) => {
    expect(checkPreconditions([broken], facts)).toEqual([{ precondition: broken, actual }]);
  });

  it('reports each precondition that does not hold, in order', () => {
    const first = precondition('/latest/name', 'equals', X);
    const second = precondition('/latest/kind', 'equals', 'absent');
    const holding = precondition('/latest/kind', 'equals', 'snapshot');
    expect(checkPreconditions([first, holding, second], facts).map((found) => found.precondition)).toEqual([
      first,
      second,
    ]);
  });
});

describe('staleFinding', () => {
  function messageOf(broken: Precondition, seen = facts): string {
    const [mismatch] = checkPreconditions([broken], seen);
    return staleFinding({ id: 'snapshot:photos', sync: 'photos' }, mismatch!).message;
  }

  it('says what changed, what it was and what it is', () => {
    const [mismatch] = checkPreconditions([precondition('/latest/name', 'equals', X)], facts);
    expect(staleFinding({ id: 'snapshot:photos', sync: 'photos', volume: 'usb' }, mismatch!)).toEqual({
      severity: 'error',
      code: 'plan-stale',
      message: `snapshot:photos is not run, because the latest snapshot of usb:photos was ${X} and is now ${Y}.`,
      help: 'Look at a new plan: nbkp plan',
      sync: 'photos',
      volume: 'usb',
    });
  });

  it('calls what is not there nothing', () => {
    const gone = precondition('/latest/name', 'equals', X);
    expect(messageOf(gone, factsWith({ kind: 'absent' }))).toContain(`was ${X} and is now nothing.`);
  });

  it('names only the differences of larger values', () => {
    expect(messageOf(precondition('/latest', 'equals', { kind: 'snapshot', name: X }))).toContain(
      `usb:photos /name was ${X} and is now ${Y}.`,
    );
    const many = { a: { kind: 'file' }, b: { kind: 'file' }, c: { kind: 'file' }, [X]: { kind: 'subvolume' } };
    expect(messageOf(precondition('/snapshots', 'equals', many))).toContain(
      '/a was {"kind":"file"} and is now nothing, /b was {"kind":"file"} and is now nothing, ' +
        '/c was {"kind":"file"} and is now nothing (and 1 more).',
    );
  });

  it('says how much was needed, and what must not be', () => {
    expect(messageOf(precondition('/directory/freeBytes', 'at-least', 2000))).toContain(
      'at least 2000 and is now 1000.',
    );
    expect(messageOf(precondition('/latest/name', 'none-of', [Y]))).toContain(`is now ${Y}, which`);
  });
});
