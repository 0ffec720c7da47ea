import { expect, it } from 'vitest';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { RunRecord } from '../../../../src/planner/model/run.ts';
import { driveRows } from '../../../../src/reporters/human/drives.ts';
import { createStyle } from '../../../../src/reporters/style.ts';

const style = createStyle({ colour: false, width: 80 });

/** What is said of a drive whose steps were all done, but for those whose outcome is named: `lock failed`. */
function said(kinds: readonly string[], findings: Finding[] = []): string | undefined {
  const common = { startedAt: null, durationMs: null, findings: [], log: [] } as const;
  const steps = kinds.map((step) => {
    const [kind, outcome = 'done'] = step.split(' ');
    return { ...common, id: `${kind}:usb`, outcome };
  });
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

it.each([
  [['unmount', 'lock failed'], 'lock failed; unmounted, and still unlocked: not safe to unplug'],
  [['unmount', 'lock interrupted'], 'lock interrupted; unmounted, and still unlocked: not safe to unplug'],
  [['take-over', 'unmount', 'lock failed'], 'lock failed; unmounted, and still unlocked: not safe to unplug'],
  [['unlock', 'mount', 'unmount', 'lock failed'], 'lock failed; unmounted, and still unlocked: not safe to unplug'],
  [['unmount failed', 'lock not-run'], 'unmount failed; still open: not safe to unplug'],
  [['unlock', 'mount failed', 'unmount not-run', 'lock'], 'mount failed; closed: safe to unplug'],
  [['unlock failed', 'mount not-run', 'unmount not-run', 'lock not-run'], 'unlock failed; left as it was'],
  [['take-over', 'lock'], 'closed: safe to unplug'],
] as const)('says of no drive that could not be closed that it is: %j', (steps, text) => {
  expect(said(steps)).toBe(text);
});
