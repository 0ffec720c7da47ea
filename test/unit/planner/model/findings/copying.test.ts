import { describe, expect, test } from 'vitest';
import { roomToMake } from '../../../../../src/planner/model/findings/copying.ts';

describe('what can make room on a full drive', () => {
  const snapshots = ['2026-03-01T00:00:00.000Z'];

  test('is the snapshots that would go, with what that frees', () => {
    const said = roomToMake({ snapshots, bytes: { low: 1024, high: 2048 } });
    expect(said).toContain(`${snapshots[0]}\`; that frees 1 KiB to 2 KiB`);
    expect(said).toContain('policy.prune-first');
    expect(roomToMake({ snapshots, bytes: null })).toContain('how much that frees is unknown');
  });

  test.each([
    ['when none may go', [], null],
    ['when what would go frees nothing', snapshots, { low: 0, high: 0 }],
  ])('is no snapshot %s, and removing some first is not advised', (_, names, bytes) => {
    const said = roomToMake({ snapshots: names, bytes });
    expect(said).toContain('Keep fewer (snapshots.keep), remove other files, or use a larger drive.');
    expect(said).not.toContain('prune-first');
  });
});
