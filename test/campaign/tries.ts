import fc from 'fast-check';

/** What happens in the middle of a run. */
export type Fault =
  | { kind: 'killed' }
  | { kind: 'signal'; signal: 'INT' | 'TERM' | 'HUP' }
  | { kind: 'full'; left: number }
  /** A folder is taken away, and an empty one is there instead. */
  | { kind: 'gone'; what: 'drive' | 'source' }
  | { kind: 'many'; runs: number }
  /** The network goes away: only on the way to a server. */
  | { kind: 'cable' };

/** One try: a backup with a history, changes to its source, a fault in the run that follows, and what comes after. */
export interface Try {
  mode: 'none' | 'hard-link' | 'btrfs';
  /** Where the drive is. */
  place: 'here' | 'server';
  fault: Fault;
  /** Before which of the programs that nbkp starts: a share of all. */
  moment: number;
  changes: Changes;
  /** Whether `nbkp recover` runs before the next backup. */
  recovers: boolean;
  /** Commands of the user around the sync. */
  hooks: boolean;
  /** Its marks are empty, so that the run writes down whose the destination is. */
  adopts: boolean;
  /** `policy.prune-first`. */
  prunesFirst: boolean;
  /** Whether `nbkp verify` looks at what the fault has left. */
  verifies: boolean;
}

export interface Changes {
  added: number;
  changed: number;
  removed: number;
  renamed: number;
  /** Bytes of one new file. */
  large: number;
}

const anywhere: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fault>({ kind: 'killed' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('signal'), signal: fc.constantFrom('INT', 'TERM', 'HUP') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('full'), left: fc.nat({ max: 400_000 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('gone'), what: fc.constantFrom('drive', 'source') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('many'), runs: fc.integer({ min: 2, max: 4 }) }) },
);
const cable: fc.Arbitrary<Fault> = fc.constant({ kind: 'cable' });

const someTry = (place: Try['place']): fc.Arbitrary<Try> =>
  fc.record({
    mode: fc.constantFrom('none', 'hard-link', 'btrfs'),
    place: fc.constant(place),
    fault: place === 'here' ? anywhere : fc.oneof(anywhere, cable),
    moment: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    changes: fc.record({
      added: fc.nat({ max: 5 }),
      changed: fc.nat({ max: 5 }),
      removed: fc.nat({ max: 4 }),
      renamed: fc.nat({ max: 3 }),
      large: fc.nat({ max: 2_000_000 }),
    }),
    recovers: fc.boolean(),
    hooks: fc.boolean(),
    adopts: fc.boolean(),
    prunesFirst: fc.boolean(),
    verifies: fc.boolean(),
  });

/** The same seed gives the same tries; more of them begin with the fewer. */
export function tries(seed: number, count: number): Try[] {
  return Array.from({ length: count }, (_, index) => {
    const [one] = fc.sample(fc.constantFrom<Try['place'][]>('here', 'here', 'server').chain(someTry), {
      seed: seed * 1_000_003 + index,
      numRuns: 1,
    });
    if (one === undefined) throw new Error('fast-check gave no sample');
    return one;
  });
}
