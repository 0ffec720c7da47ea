import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { PlannedSync } from '../../../../src/planner/model/plan.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { combine, EXIT, planExitCode, type ExitCode } from '../../../../src/planner/model/exit-code.ts';
import { sampleStep, sampleSync } from '../plan-file/sample.ts';

const LENIENT = { strict: false, requiredAbsent: [], unprepared: false, detailed: false };

function error(changes: Partial<Finding> = {}): Finding {
  return { severity: 'error', code: 'internal-error', message: 'It is so.', ...changes };
}

function codeOf(
  parts: { syncs?: PlannedSync[]; steps?: Step[]; findings?: Finding[] },
  options: Partial<Parameters<typeof planExitCode>[1]> = {},
): ExitCode {
  return planExitCode({ syncs: [], steps: [], findings: [], ...parts }, { ...LENIENT, ...options });
}

describe('combine', () => {
  it('follows the order of the contract', () => {
    const order: ExitCode[] = [130, 143, 1, 3, 75, 4, 2, 0];
    order.forEach((code, index) => {
      expect(combine(order.slice(index).toReversed())).toBe(code);
    });
  });

  it('is 0 for nothing', () => {
    expect(combine([])).toBe(0);
  });

  it('loses no code, and does not depend on the order of the codes nor on how they are grouped', () => {
    const codes = fc.array(fc.constantFrom(...Object.values(EXIT)));
    fc.assert(
      fc.property(codes, codes, (some, others) => {
        const all = [...some, ...others];
        expect(combine(all.toReversed())).toBe(combine(all));
        expect(combine([combine(some), combine(others)])).toBe(combine(all));
        expect(combine(all) === 0).toBe(all.every((code) => code === 0));
      }),
    );
  });
});

describe('planExitCode', () => {
  const blocked = sampleSync('photos', { state: 'blocked' });
  const skipped = sampleSync('photos', { state: 'skipped' });

  it('is 0 for a plan, for skipped and disabled syncs, and for warnings', () => {
    const syncs = [sampleSync('a'), skipped, sampleSync('b', { state: 'disabled' })];
    expect(codeOf({ syncs, steps: [sampleStep('transfer:a')], findings: [error({ severity: 'warning' })] })).toBe(0);
  });

  it('is 3 for a sync that only guards block', () => {
    const findings = [error({ sync: 'photos', guard: true }), error({ sync: 'photos', guard: true })];
    expect(codeOf({ syncs: [blocked], findings })).toBe(3);
  });

  it('is 1 for a sync that anything else blocks too', () => {
    const findings = [error({ sync: 'photos', guard: true }), error({ sync: 'photos' })];
    expect(codeOf({ syncs: [blocked], findings })).toBe(1);
  });

  it('is 1 when of two blocked syncs only one is blocked by a guard', () => {
    const findings = [error({ sync: 'photos', guard: true }), error({ sync: 'music' })];
    expect(codeOf({ syncs: [blocked, sampleSync('music', { state: 'blocked' })], findings })).toBe(1);
  });

  it('is 1 for an error that is about no sync, and for a sync that is blocked without an error', () => {
    expect(codeOf({ findings: [error()] })).toBe(1);
    expect(codeOf({ syncs: [blocked], findings: [error({ sync: 'music', guard: true })] })).toBe(1);
  });

  it('is 0 for a sync of which a warning says why it would be blocked, as in a plan of the spec alone', () => {
    const warned = error({ severity: 'warning', code: 'plugin-not-trusted', sync: 'photos' });
    expect(codeOf({ syncs: [{ ...blocked, code: 'plugin-not-trusted' }], findings: [warned] })).toBe(0);
    expect(codeOf({ syncs: [{ ...blocked, code: 'volume-absent' }], findings: [warned] })).toBe(1);
  });

  it('is 4 for a skipped sync when it is overdue, or under --strict', () => {
    expect(codeOf({ syncs: [sampleSync('photos', { state: 'skipped', overdue: true })] })).toBe(4);
    expect(codeOf({ syncs: [skipped] }, { strict: true })).toBe(4);
  });

  it('is 4 for what is here unprepared where a plan is carried out, and not for what is absent', () => {
    const unprepared = sampleSync('photos', { state: 'skipped', absence: 'unprepared' });
    expect(codeOf({ syncs: [unprepared] })).toBe(0);
    expect(codeOf({ syncs: [unprepared] }, { unprepared: true })).toBe(4);
    const absent = sampleSync('photos', { state: 'skipped', absence: 'absent' });
    expect(codeOf({ syncs: [absent] }, { unprepared: true })).toBe(0);
  });

  it('is not 4 for a sync that is planned though overdue, nor for a disabled one under --strict', () => {
    expect(codeOf({ syncs: [sampleSync('photos', { overdue: true })] })).toBe(0);
    expect(codeOf({ syncs: [sampleSync('photos', { state: 'disabled' })] }, { strict: true })).toBe(0);
  });

  it('is 4 when a required volume is absent', () => {
    expect(codeOf({}, { requiredAbsent: ['usb'] })).toBe(4);
  });

  it('is 2 for changes with --detailed-exitcode, and 1, 3 and 4 go before it', () => {
    const steps = [sampleStep('transfer:photos')];
    expect(codeOf({ steps })).toBe(0);
    expect(codeOf({ steps }, { detailed: true })).toBe(2);
    expect(codeOf({}, { detailed: true })).toBe(0);
    expect(codeOf({ steps }, { detailed: true, requiredAbsent: ['usb'] })).toBe(4);
    expect(codeOf({ steps, findings: [error({ guard: true })] }, { detailed: true, requiredAbsent: ['usb'] })).toBe(3);
    expect(codeOf({ steps, findings: [error()] }, { detailed: true })).toBe(1);
  });
});
