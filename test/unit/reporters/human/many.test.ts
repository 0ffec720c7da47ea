import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../../src/planner/model/documents.ts';
import { checkText } from '../../../../src/reporters/human/check.ts';
import { runSummaryText } from '../../../../src/reporters/human/run-summary.ts';
import { lineReporter } from '../../../../src/reporters/progress/line.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { finding, planOf } from '../../../../src/reporters/samples/parts.ts';
import { event } from '../progress/events.ts';
import { RECORDS } from '../../../../src/reporters/samples/records.ts';

const numbers = Array.from({ length: 200 }, (_, index) => index);
const fix = [['nbkp', 'prepare', 'laptop']];

function missing(subject: string, message: string): CheckResult {
  const about = finding({ severity: 'error', code: 'sentinel-missing', message });
  return { subject, volume: 'laptop', outcome: 'failed', finding: about, fix };
}

const absent = finding({ severity: 'info', code: 'sentinel-missing', message: 'laptop is here and not prepared.' });
const checks: CheckResult[] = [
  missing('the volume laptop', 'There is no .nbkp-vol in /home/sam.'),
  ...numbers.map((number) =>
    missing(`laptop:d${number} as a source`, `There is no .nbkp-src in /home/sam/d${number}.`),
  ),
  ...numbers.map((number): CheckResult => ({
    subject: `the sync s${number}`,
    sync: `s${number}`,
    outcome: 'absent',
    finding: absent,
    fix: [],
  })),
];
const warnings = numbers.map((number) =>
  finding({ code: 'unused-setting', sync: `s${number}`, message: `s${number} has a setting that nothing uses.` }),
);

describe.each([80, 120])('200 syncs with one cause, at %i columns', (width) => {
  const style = createStyle({ colour: false, width });
  const lines = (text: string): string[] => text.trimEnd().split('\n');

  it('are two blocks of check, with what fixes them, and each by itself with --all', () => {
    const text = checkText({ checks, findings: [] }, style);
    expect(lines(text).length).toBeLessThan(20);
    expect(text).toContain('$ nbkp prepare laptop');
    expect(text).toMatch(/The same for laptop:d0 as a source, .* and 195\s+more\./s);
    expect(text).toContain(
      '201 failed, 0 checks passed, 200 things are absent now.\nnbkp check --all tells each by itself.',
    );
    expect(lines(checkText({ checks, findings: [] }, style, { all: true })).length).toBeGreaterThan(1600);
    expect(lines(checkText({ checks: [], findings: warnings }, style)).length).toBeLessThan(20);
  });

  it('are some lines of a summary', () => {
    const record = RECORDS['prepare']!;
    const steps = numbers.map((number) => ({ ...record.steps[0]!, id: `create:usb:d${number}` }));
    const syncs = numbers.map((number) => ({
      ...RECORDS['all-well']!.syncs[0]!,
      name: `s${number}`,
      outcome: 'skipped' as const,
      reason: 'usb is not mounted.',
    }));
    const text = runSummaryText({ ...record, steps: [...steps, record.steps[1]!], syncs }, style);
    expect(lines(text).length).toBeLessThan(30);
    expect(text).toContain('and 188 more');
    expect(text).toContain('command-failed');
  });

  it('are some lines of a summary after Ctrl-C', () => {
    const record = RECORDS['interrupted']!;
    const [sync] = record.syncs.filter(({ outcome }) => outcome === 'interrupted');
    const syncs = numbers.map((number) => ({ ...sync!, name: `s${number}` }));
    const steps = numbers.map((number) => ({
      ...record.steps[0]!,
      ...{ id: `snapshot:s${number}`, outcome: 'not-run' as const, findings: [] },
    }));
    const text = runSummaryText({ ...record, syncs, steps, findings: [] }, style);
    expect(lines(text).length).toBeLessThan(40);
    expect(text.match(/^ +Its snapshots are as they were/gm)).toHaveLength(1);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('s11 and 188 more (interrupted)');
  });

  it('are one line of a log', async () => {
    const stream = new PassThrough();
    const reporter = lineReporter(planOf([]), stream, style);
    const reason = 'usb is not mounted.';
    for (const number of numbers) {
      reporter.event(event(0, { type: 'sync-finished', sync: `s${number}`, outcome: 'skipped', reason }));
    }
    await reporter.close();
    const names = numbers.slice(0, 12).map((number) => `s${number}`);
    expect(String(stream.read())).toBe(`${names.join(', ')} and 188 more: ○ skipped: ${reason}\n`);
  });
});
