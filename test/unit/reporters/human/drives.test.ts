import { expect, it } from 'vitest';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { RunRecord } from '../../../../src/planner/model/run.ts';
import { driveRows } from '../../../../src/reporters/human/drives.ts';
import { createStyle } from '../../../../src/reporters/style.ts';

const style = createStyle({ colour: false, width: 80 });

/** What is said of a drive whose steps were all done. */
function said(kinds: readonly string[], findings: Finding[] = []): string | undefined {
  const done = { outcome: 'done', startedAt: null, durationMs: null, findings: [], log: [] } as const;
  const steps = kinds.map((kind) => ({ ...done, id: `${kind}:usb` }));
  const [row] = driveRows({ steps, findings } as unknown as RunRecord, style);
  return row?.at(-1);
}

it.each(['drive-open', 'container-open'] as const)(
  'says of no unlocked container that it is safe to unplug (%s)',
  (code) => {
    const found: Finding = { severity: 'info', code, message: '', volume: 'usb' };
    expect(said(['mount', 'unmount'], [found])).toBe('unmounted, and still unlocked: not safe to unplug');
    expect(said(['mount', 'unmount'], [{ ...found, volume: 'other' }])).toBe('closed: safe to unplug');
  },
);

it('says of a drive that is closed that it is safe to unplug', () => {
  expect(said(['unlock', 'mount', 'unmount', 'lock'])).toBe('closed: safe to unplug');
  expect(said(['mount'])).toBe('still open: not safe to unplug');
});
