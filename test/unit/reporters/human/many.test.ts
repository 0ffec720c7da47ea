import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { CheckResult, HistoryDocument } from '../../../../src/planner/model/documents.ts';
import { runSummary } from '../../../../src/planner/documents/history.ts';
import { checkText } from '../../../../src/reporters/human/check.ts';
import { historyText } from '../../../../src/reporters/human/history.ts';
import { planText } from '../../../../src/reporters/human/plan/plan.ts';
import { runSummaryText } from '../../../../src/reporters/human/run-summary.ts';
import { lineReporter } from '../../../../src/reporters/progress/line.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import {
  estimate,
  finding,
  items,
  NOW,
  plannedSync,
  planOf,
  snapshot,
  transfer,
  withSteps,
} from '../../../../src/reporters/samples/parts.ts';
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

  it('are some lines where the cause of each has its own name', () => {
    const reason = (number: number): string => `usb:s${number}x is not prepared: there is no /usb/s${number}x.`;
    const ofEach = numbers.map((number): CheckResult => ({
      ...{ subject: `the sync s${number}x`, sync: `s${number}x`, outcome: 'absent', fix: [] },
      finding: finding({ severity: 'info', code: 'sentinel-missing', message: reason(number) }),
    }));
    expect(lines(checkText({ checks: ofEach, findings: [] }, style)).length).toBeLessThan(25);
    expect(lines(checkText({ checks: ofEach, findings: [] }, style, { all: true })).length).toBeGreaterThan(500);
    const skipped = numbers.map((number) => {
      const about = { outcome: 'skipped' as const, reason: reason(number) };
      return { ...RECORDS['all-well']!.syncs[0]!, ...about, name: `s${number}x` };
    });
    const summary = runSummaryText({ ...RECORDS['prepare']!, steps: [], syncs: skipped }, style);
    expect(lines(summary).length).toBeLessThan(12);
    expect(summary.replaceAll(/\s+/g, ' ')).toContain('and 188 more skipped alike, the first: usb:s0x is not prepared');
    const planned = numbers.map((number) => {
      const about = { state: 'skipped' as const, code: 'sentinel-missing' as const, reason: reason(number) };
      return { sync: plannedSync(`s${number}x`, about), steps: [] };
    });
    const shown = (all: boolean): string => planText(planOf(planned), { commands: false, files: false, all }, style);
    expect(lines(shown(false)).length).toBeLessThan(25);
    expect(lines(shown(true)).length).toBeGreaterThan(399);
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
    expect(text.match(/^ +No snapshot was made, moved or deleted/gm)).toHaveLength(1);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('s11 and 188 more (interrupted)');
  });

  it('are one line of the history, with all of them counted', () => {
    const record = RECORDS['all-well']!;
    const stopped = { outcome: 'interrupted' as const, reason: 'The run was interrupted.' };
    const syncs = numbers.map((number) => ({
      ...record.syncs[0]!,
      name: `s${number}`,
      ...(number === 199 ? { outcome: 'skipped' as const, reason: 'usb is not mounted.' } : stopped),
    }));
    const summary = runSummary('finished', { ...record, syncs, findings: [], steps: [] });
    expect(summary.notDone).toHaveLength(20);
    const document = { observedAt: NOW, runs: [summary] } as HistoryDocument;
    const text = historyText(document, { spec: '/etc/nbkp.toml', newestLast: false }, style).replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      's0, s1, s2 and 196 more interrupted: The run was interrupted; 1 more: see nbkp history RUN',
    );
  });

  it('are some lines of a plan with the files of its preview, and each by itself with --all', () => {
    const found = (name: string, deletes: number): Parameters<typeof planOf>[0][number] =>
      withSteps(
        plannedSync(name, { lastSuccess: null, items: items('create', 1, 'letters') }),
        transfer(name, { estimate: estimate({ files: 1, bytes: 1_000_000, creates: 1, deletes }) }),
        snapshot(name),
      );
    const plan = planOf([...numbers.map((number) => found(`s${number}`, 0)), found('losing', 44)]);
    const text = planText(plan, { commands: false, files: true, all: false }, style);
    expect(lines(text).length).toBeLessThan(65);
    expect(text).toContain('200 syncs alike');
    expect(text).toMatch(/\+ +977 KiB {2}s0\/letters\//);
    expect(text).toMatch(/and 180 more: /);
    expect(text).toContain('--all shows each sync by itself');
    expect(text).toMatch(/losing: .*44\s+gone from the source/s);
    expect(lines(planText(plan, { commands: false, files: true, all: true }, style)).length).toBeGreaterThan(800);
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

it('a sync that cannot run for what is wrong with a place is told with that, and with what fixes it', () => {
  const words = finding({ code: 'destination-not-writable', message: '/mnt/usb/s cannot be written to.' });
  const told: CheckResult[] = [
    { subject: 'the sync s', sync: 's', outcome: 'failed', finding: words, fix: [] },
    {
      subject: 'usb:s as a destination',
      volume: 'usb',
      outcome: 'failed',
      finding: words,
      fix: [['chown', 'ada', '/mnt/usb/s']],
    },
  ];
  for (const order of [told, told.toReversed()]) {
    const text = checkText({ checks: order, findings: [] }, createStyle({ colour: false, width: 80 }));
    expect(text.match(/cannot be written to/g)).toHaveLength(1);
    expect(text).toContain('$ chown ada /mnt/usb/s');
  }
});
