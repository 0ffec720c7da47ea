import { describe, expect, it } from 'vitest';
import { planId } from '../../../../src/planner/plan-file/id.ts';
import { samplePlan, sampleStep } from './sample.ts';

describe('planId', () => {
  it('is a digest that stays what it is for saved plans', () => {
    expect(samplePlan().id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(samplePlan().id).toBe('sha256:9f8cc5e2037fc841f35aa0aef1203994f818a46570dd13ca75d853a9f9f05dcd');
  });

  it('does not depend on when the plan was made, nor on the id that it has', () => {
    const plan = samplePlan();
    expect(planId({ ...plan, createdAt: '2030-01-01T00:00:00.000Z' })).toBe(plan.id);
    expect(planId({ ...plan, ...{ id: 'another' } })).toBe(plan.id);
  });

  it('does not depend on how much room there was, nor on the way to a server', () => {
    const plan = samplePlan();
    expect(planId({ ...plan, ...{ forecast: ['less'], routes: ['lane'] } } as unknown as typeof plan)).toBe(plan.id);
  });

  it('depends on all of a plan, however long it is', () => {
    const long = (last: string) =>
      samplePlan({ steps: [sampleStep('transfer:photos', { commands: [['x'.repeat(200_000), last], ['true']] })] });
    const start = (first: string) =>
      samplePlan({ steps: [sampleStep('transfer:photos', { commands: [[first, 'x'.repeat(200_000)], ['true']] })] });
    expect(new Set([long('a'), long('b'), start('a'), start('b')].map(({ id }) => id)).size).toBe(4);
  });

  it('does not depend on the order of keys', () => {
    const plan = samplePlan();
    expect(planId({ ...Object.fromEntries(Object.entries(plan).reverse()), ...plan })).toBe(plan.id);
  });

  it('depends on what is remarked and not on where in the spec that stands', () => {
    const findings = [
      { severity: 'warning' as const, code: 'unused-volume' as const, message: 'Volume `a` is never used.' },
    ];
    const remarked = samplePlan({ findings });
    const location = { file: 'nbkp.toml', line: 3, column: 1 };
    expect(samplePlan({ findings: findings.map((each) => ({ ...each, location, excerpt: '[volumes.a]' })) }).id).toBe(
      remarked.id,
    );
    expect(remarked.id).not.toBe(samplePlan().id);
  });

  it('depends on everything else, also on the order of steps and on what this version does not know', () => {
    const plan = samplePlan();
    const others = [
      samplePlan({ applyable: false }),
      samplePlan({ steps: plan.steps.toReversed() }),
      samplePlan({ steps: [sampleStep('transfer:photos', { commands: [] })] }),
    ];
    const unknown = { ...plan, later: 'unknown' };
    const ids = [plan.id, ...others.map(({ id }) => id), planId(unknown)];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
