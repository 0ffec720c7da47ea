import type { Executor } from '../../src/executors/contract.ts';
import { archive } from './archive.ts';
import type { Liar } from './lying.ts';
import { keeper } from './tar-keeper.ts';

/** `keeper`, which forgets otherwise than it was told. */
function forgetting(ids: (told: string[]) => string[]): Executor {
  const { volumes } = keeper.planning;
  return {
    ...keeper,
    planning: {
      ...keeper.planning,
      volumes: {
        history: (input) => volumes?.history(input) ?? { state: 'absent', reason: 'there is none' },
        forget: (input, snapshots) =>
          volumes?.forget?.(
            input,
            ids(snapshots.map(({ id }) => id)).map((id) => ({ id, at: id })),
          ) ?? {
            commands: [],
            params: null,
          },
      },
    },
  };
}

const FORGETTING: Liar[] = [
  {
    law: 'remembered',
    does: 'forgets one more than it was told',
    executor: forgetting((told) => [...told, '2026-01-03T10:00:00.000Z.tar']),
    world: archive,
    says: /2026-01-03T10:00:00\.000Z\.tar of docs is gone, and nobody said so/,
  },
  {
    law: 'remembered',
    does: 'forgets another than it was told',
    executor: forgetting(() => ['nothing.tar']),
    world: archive,
    says: /2026-01-01T10:00:00\.000Z\.tar of docs is still there/,
  },
];

/** `keeper`, which verifies otherwise. */
function verifying(argv: (file: string) => string[]): Executor {
  const { volumes } = keeper.planning;
  if (volumes?.verify === undefined) throw new Error('keeper verifies nothing');
  const verify: typeof volumes.verify = (input, snapshot) => {
    const check = volumes.verify?.(input, snapshot);
    return { host: 'local', argv: argv(check?.argv.at(-1)?.replace('--file=', '') ?? '') };
  };
  return { ...keeper, planning: { ...keeper.planning, volumes: { ...volumes, verify } } };
}

const VERIFYING: Liar[] = [
  {
    law: 'verified',
    does: 'finds all whole without a look',
    executor: verifying(() => ['true']),
    world: archive,
    says: /damaged by `spoil`[^]*found all of them whole/,
  },
  {
    law: 'verified',
    does: 'finds all damaged',
    executor: verifying(() => ['sh', '-c', 'echo no good >&2; false']),
    world: archive,
    says: /just made[^]*Z\.tar: sh ended with exit code 1: no good/,
  },
  {
    law: 'verified',
    does: 'mends what it verifies',
    executor: verifying((file) => ['touch', file]),
    world: archive,
    says: /Changed: .*\.tar/,
  },
  {
    law: 'verified',
    does: 'verifies, in a world where nobody tries it',
    executor: keeper,
    world: (({ spoil: _, ...rest }) => rest)(archive),
    says: /the world has no `spoil`/,
  },
  {
    law: 'pure',
    does: 'reads the clock to know its history',
    executor: {
      ...keeper,
      planning: {
        ...keeper.planning,
        volumes: {
          history: (input) =>
            Date.now() === 0 || keeper.planning.volumes === undefined
              ? { state: 'absent', reason: 'long ago' }
              : keeper.planning.volumes.history(input),
        },
      },
    },
    world: archive,
    says: /volumes\.history used Date\.now/,
  },
];

export const KEEPING_LIARS: readonly Liar[] = [...FORGETTING, ...VERIFYING];
