import { describe, expect, it } from 'vitest';
import { checkOrigin, type Here } from '../../../../src/planner/plan-file/origin.ts';
import { samplePlan } from './sample.ts';

const plan = samplePlan();
const here: Here = {
  ...{ machine: plan.machine, version: plan.tool.version, specDigest: plan.spec.digest },
  executors: { rsync: '1.4.0' },
  now: Date.parse(plan.createdAt),
};

describe('checkOrigin', () => {
  it('accepts a plan where it was made', () => {
    expect(checkOrigin(plan, here)).toEqual([]);
  });

  it.each([
    ['plan-other-machine', { ...here, machine: { ...here.machine, hostname: 'pi' } }, 'on laptop, and this is pi.'],
    ['plan-other-user', { ...here, machine: { ...here.machine, user: 'root' } }, 'by the user me, and this is root.'],
    ['plan-other-tool', { ...here, version: '0.2.0' }, 'by nbkp 0.1.0, and this is 0.2.0.'],
    [
      'plan-other-executor',
      { ...here, executors: { rsync: '2.0.0' } },
      'of the executor rsync, and installed is 2.0.0',
    ],
    ['plan-other-spec', { ...here, specDigest: 'sha256:1' }, 'The spec /home/me/nbkp.toml is not the one'],
  ])('refuses with %s', (code, elsewhere, words) => {
    const findings = checkOrigin(plan, elsewhere);
    expect(findings.map((finding) => [finding.code, finding.severity])).toEqual([[code, 'error']]);
    expect(findings[0]?.message).toContain(words);
  });

  it.each([
    ['recorded', 'from recorded facts'],
    ['none', 'from the spec alone'],
  ] as const)('refuses a plan on %s facts', (basis, words) => {
    const findings = checkOrigin(samplePlan({ basis, applyable: false }), here);
    expect(findings.map(({ code }) => code)).toEqual(['plan-not-applyable']);
    expect(findings[0]?.message).toContain(words);
  });

  it('refuses a plan on other facts, whatever else it says of itself', () => {
    const codes = checkOrigin(samplePlan({ basis: 'recorded', applyable: true }), here).map(({ code }) => code);
    expect(codes).toEqual(['plan-not-applyable']);
    expect(checkOrigin(samplePlan({ applyable: false }), here)).toHaveLength(1);
  });

  it('refuses a plan that was made more than ten minutes ahead of this clock, or at no time at all', () => {
    const tenMinutes = { ...here, now: here.now - 600_000 };
    expect(checkOrigin(plan, tenMinutes)).toEqual([]);
    const codes = (made: typeof plan, at: Here) => checkOrigin(made, at).map(({ code }) => code);
    expect(codes(plan, { ...tenMinutes, now: tenMinutes.now - 1 })).toEqual(['plan-from-future']);
    expect(codes({ ...plan, createdAt: 'tomorrow' }, here)).toEqual(['plan-from-future']);
  });

  it('names everything that is wrong at once', () => {
    const elsewhere = {
      ...{ machine: { hostname: 'pi', user: 'root' }, version: '9.0.0', specDigest: 'sha256:1' },
      ...{ executors: {}, now: here.now },
    };
    expect(checkOrigin(samplePlan({ applyable: false }), elsewhere)).toHaveLength(5);
  });
});
