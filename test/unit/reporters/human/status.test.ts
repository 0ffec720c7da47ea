import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../../../src/planner/model/documents.ts';
import { statusText } from '../../../../src/reporters/human/status.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { STATUS } from '../../../../src/reporters/samples/documents.ts';

const [fine, overdue] = STATUS.syncs;
if (fine === undefined || overdue === undefined) throw new Error('the document has no syncs');
const many = Array.from({ length: 200 }, (_, index): SyncStatus => ({
  ...(index === 150 ? overdue : fine),
  name: `s${index}`,
}));

describe('the status of 200 syncs', () => {
  it.each([80, 120])('is one screen of %i columns that names what needs a person', (width) => {
    const text = statusText({ ...STATUS, syncs: many }, createStyle({ colour: false, width }));
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines[0]).toBe('1 of 200 syncs is overdue: s150.');
    expect(text).toContain('199 other syncs are well');
  });

  it('shows each of them with --all', () => {
    expect(
      statusText({ ...STATUS, syncs: many }, createStyle({ colour: false, width: 120 }), true).match(
        /^ {2}\S {2}s\d+ /gm,
      ),
    ).toHaveLength(200);
  });
});

it('shows in the colour of warnings how many snapshots are incomplete', () => {
  const snapshots = { count: 4, latest: null, unverified: 0, incomplete: 3 };
  const text = statusText({ ...STATUS, syncs: [{ ...fine, snapshots }] }, createStyle({ colour: true, width: 120 }));
  expect(text).toContain('4 snapshots (\u001b[33m3 incomplete\u001b[39m)');
});
