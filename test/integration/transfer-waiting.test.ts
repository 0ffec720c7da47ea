import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sync } from '../../src/planner/model/spec.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { syncOf, TransferWorld, type Mode } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

/** Forces an ordering: something happens while the transfer waits for its drive, once. */
function waiting(meanwhile: () => Promise<void>): { toWrite: () => Promise<void> | null; asked: () => number } {
  let asked = 0;
  return { toWrite: () => (asked++ === 0 ? meanwhile() : null), asked: () => asked };
}

const CHANGED: Partial<Sync> = { snapshots: { ...syncOf('hard-link').snapshots, when: 'changed' } };

describe('a transfer that has to wait for its drive', () => {
  it.each<[Mode, Partial<Sync>]>([
    ['none', {}],
    ['hard-link', CHANGED],
  ])('compares anew: %s', async (mode, changes) => {
    const world = await TransferWorld.make(dir.path, mode, changes);
    await world.many(30);
    await world.run();
    rmSync(join(world.source, 'f1'));
    await world.files({ new: 'as it was first' });
    const before = existsSync(join(world.destination, 'new'));
    const turn = waiting(async () => {
      expect(existsSync(join(world.destination, 'new'))).toBe(before);
      await world.files({ f1: 'it is back, and longer', new: 'as it became meanwhile', newer: 'late' });
    });
    const { result, snapshot } = await world.run({ toWrite: turn.toWrite });
    expect(result).toMatchObject({ outcome: 'done', changes: { files: 3 } });
    expect(result.changes?.deleted ?? 0).toBe(0);
    expect(turn.asked()).toBeGreaterThan(1);
    expect(await treeOf(snapshot ?? world.destination)).toEqual(await treeOf(world.source));
  });

  it('is refused where most is gone by then', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.many(30);
    await world.run();
    await world.files({ new: 'one more' });
    const { toWrite } = waiting(() => world.removeMany(20));
    expect((await world.run({ toWrite })).codes).toEqual(['max-delete-exceeded']);
    expect(existsSync(join(world.destination, 'f1'))).toBe(true);
  });

  it('fails where its drive is gone by then', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.many(30);
    const { toWrite } = waiting(() => Promise.resolve(rmSync(join(world.usb, '.nbkp-vol'))));
    const { result } = await world.run({ toWrite });
    expect(result.outcome).toBe('failed');
    expect(existsSync(join(world.destination, 'f1'))).toBe(false);
  });

  it('does not ask for it where nothing differs', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.many(3);
    await world.run();
    const { toWrite, asked } = waiting(() => Promise.resolve());
    expect((await world.run({ toWrite })).result.outcome).toBe('done');
    expect(asked()).toBe(0);
  });
});
