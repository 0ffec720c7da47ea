import { describe, expect, it } from 'vitest';
import { guardAgainst } from '../../../../../src/executors/kinds/rsync/guard.ts';
import type { Comparison } from '../../../../../src/executors/kinds/rsync/compare.ts';
import { JudgedNames } from '../../../../../src/hosts/rsync/judged-names.ts';
import { localTransport } from '../../../../../src/hosts/transport/local.ts';
import { transferParams, type TransferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import type { Compared } from '../../../../../src/planner/model/max-delete.ts';
import { world } from '../../../../support/facts.ts';
import { planOf, stepIn } from '../../../../support/planning.ts';
import { stepContext } from '../../../../support/step-context.ts';

const LAST = '2026-03-09T12:00:00.000Z';

const specOf = (mode: string): string => `version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.path = "/media/usb"
syncs.docs = { source = "laptop:docs", destination = "usb:docs", snapshots.mode = "${mode}" }
`;

interface Scene {
  mode?: 'none' | 'hard-link';
  seen: Partial<Compared>;
  /** What the dry run before the first pass saw; null where there was none. */
  compared?: { entries: number; created: number; replaced?: number } | null;
  /** Of the last snapshot; null where no record tells. */
  recorded?: number | null;
  counted?: number | null;
  allowDestructive?: boolean;
  params?: Partial<TransferParams>;
}

async function judge({ mode = 'none', seen, compared = null, recorded = null, counted = null, ...more }: Scene) {
  const facts = world({
    volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/usb' } },
    endpoints: {
      'laptop:docs': { source: true },
      'usb:docs': { destination: true, snapshots: mode === 'none' ? [] : [LAST] },
    },
    history: {
      docs: {
        lastRun: { run: 'r', outcome: 'succeeded', at: LAST },
        lastSuccess: { run: 'r', at: LAST, snapshot: LAST, entries: recorded, mountTarget: null },
      },
    },
  });
  const step = stepIn(planOf(specOf(mode), facts), 'transfer:docs');
  const asked: string[] = [];
  const context = stepContext(step, {
    ...{ transport: localTransport(), facts, observe: () => Promise.resolve(facts) },
    allowDestructive: more.allowDestructive ?? false,
  });
  context.query.countEntries = (path) => {
    asked.push(path);
    return Promise.resolve(counted);
  };
  const comparison: Omit<Comparison, 'pass' | 'verdict' | 'since'> | null =
    compared === null
      ? null
      : {
          totals: { ...compared, deleted: 0, files: 0, bytes: 0 },
          attributes: { files: 0, bytes: 0 },
          change: { contents: 0, times: 0, files: 0 },
          ...{ names: new JudgedNames(), replaced: compared.replaced ?? 0, sawAll: true, differs: true },
        };
  const params = { ...transferParams(step.params), ...more.params };
  const all = { entries: 100, created: 0, gone: 0, ...seen };
  const finding = await guardAgainst(params, all, comparison, context);
  return { code: finding?.code ?? null, message: finding?.message, sync: finding?.sync, asked };
}

describe('the guard of a copy without snapshots', () => {
  it('lets a quarter of what was there go, and no more', async () => {
    expect((await judge({ seen: { entries: 75, gone: 25 } })).code).toBeNull();
    expect(await judge({ seen: { entries: 74, gone: 26 } })).toMatchObject({
      code: 'max-delete-exceeded',
      sync: 'docs',
    });
  });

  it('counts what is replaced by something of another kind as lost', async () => {
    const seen = { entries: 80, created: 10, gone: 20 };
    expect((await judge({ seen, compared: { entries: 80, created: 10, replaced: 2 } })).code).toBeNull();
    expect((await judge({ seen, compared: { entries: 80, created: 10, replaced: 9 } })).code).toBe(
      'max-delete-exceeded',
    );
  });

  it('lets everything go where the user allows it', async () => {
    expect((await judge({ seen: { entries: 0, gone: 100 }, allowDestructive: true })).code).toBeNull();
  });

  it('does not let the last entry go, however few there were', async () => {
    expect((await judge({ seen: { entries: 0, gone: 1 } })).code).toBe('source-empty');
    expect((await judge({ seen: { entries: 0, gone: 0 } })).code).toBeNull();
    expect((await judge({ seen: { entries: 1, gone: 1 } })).code).toBeNull();
  });

  it('names the copy and the source that is empty now, not the snapshot that stands for it', async () => {
    const seen = { entries: 0, gone: 3 };
    expect((await judge({ seen })).message).toContain('/home/ada/docs');
    expect((await judge({ seen })).message).toContain('usb:docs');
    const live = await judge({ seen, params: { source: '/home/ada/.nbkp-source/docs', live: '/home/ada/docs' } });
    expect(live.message).not.toContain('.nbkp-source');
  });
});

describe('the guard of a new snapshot', () => {
  const mode = 'hard-link';

  it('takes the entries of the last one from its record, and counts nothing', async () => {
    const lost = { mode, seen: { entries: 74, created: 0 }, recorded: 100 } as const;
    expect(await judge(lost)).toMatchObject({ code: 'max-delete-exceeded', asked: [] });
    expect((await judge({ ...lost, seen: { entries: 75, created: 0 } })).code).toBeNull();
  });

  it('counts them where no record has them', async () => {
    const { code, asked } = await judge({ mode, seen: { entries: 74 }, counted: 100 });
    expect([code, asked]).toEqual(['max-delete-exceeded', [`/media/usb/docs/snapshots/${LAST}`]]);
  });

  it('refuses where they cannot be counted', async () => {
    expect(await judge({ mode, seen: {} })).toMatchObject({
      code: 'history-unreadable',
      sync: 'docs',
      message: expect.stringContaining(`snapshots/${LAST}`),
    });
  });

  it('takes no other entries in their place as what makes up for those that are gone', async () => {
    expect((await judge({ mode, seen: { entries: 100, created: 30 }, recorded: 100 })).code).toBe(
      'max-delete-exceeded',
    );
  });

  it('believes the dry run before it, where an earlier run has copied what is new already', async () => {
    const seen = { entries: 100, created: 0 };
    const compared = { entries: 100, created: 30 };
    expect((await judge({ mode, seen, compared, recorded: 100 })).code).toBe('max-delete-exceeded');
    expect((await judge({ mode, seen, compared: { entries: 100, created: 20 }, recorded: 100 })).code).toBeNull();
  });

  it('counts what the pass did not see any more as lost, whatever the dry run saw', async () => {
    const compared = { entries: 100, created: 0 };
    expect((await judge({ mode, seen: { entries: 70 }, compared, recorded: 100 })).code).toBe('max-delete-exceeded');
  });

  it('names the last snapshot, with what was in it, where the source is empty', async () => {
    const { code, message } = await judge({ mode, seen: { entries: 0 }, recorded: 5 });
    expect(code).toBe('source-empty');
    expect(message).toContain(LAST);
    expect(message).toContain('5');
  });

  it('judges the copy itself where there is no last one', async () => {
    const params = { compareWith: null, compareSnapshot: null };
    const { code, asked } = await judge({ mode, seen: { entries: 74, gone: 26 }, params });
    expect([code, asked]).toEqual(['max-delete-exceeded', []]);
  });
});
