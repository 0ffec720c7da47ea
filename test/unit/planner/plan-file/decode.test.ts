import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { canonical } from '../../../../src/planner/model/canonical.ts';
import { decodePlan } from '../../../../src/planner/plan-file/decode.ts';
import { encodePlan } from '../../../../src/planner/plan-file/encode.ts';
import { planId } from '../../../../src/planner/plan-file/id.ts';
import { samplePlan, sampleStep, sampleSync } from './sample.ts';

function codes(text: string): string[] {
  return decodePlan(text, 'plan.json').findings.map(({ code }) => code);
}

function changed(change: (plan: Record<string, unknown>) => void): string {
  const plan = JSON.parse(encodePlan(samplePlan())) as Record<string, unknown>;
  change(plan);
  return JSON.stringify(plan);
}

function withRightId(change: (plan: Record<string, unknown>) => void): string {
  return changed((plan) => {
    change(plan);
    plan['id'] = planId(plan as unknown as Plan);
  });
}

describe('decodePlan', () => {
  it('reads what encodePlan wrote', () => {
    const plan = samplePlan();
    expect(decodePlan(encodePlan(plan), 'plan.json')).toEqual({ ok: true, value: plan, findings: [] });
  });

  it('reads a plan that was formatted otherwise: its content counts, not its bytes', () => {
    const plan = samplePlan();
    expect(decodePlan(JSON.stringify(plan), 'plan.json')).toEqual({ ok: true, value: plan, findings: [] });
    expect(decodePlan(canonical(plan), 'plan.json')).toEqual({ ok: true, value: plan, findings: [] });
  });

  it('ignores properties that it does not know, but not a change to them', () => {
    const text = withRightId((plan) => {
      plan['later'] = { added: 1 };
      plan['formatVersion'] = '1.7';
    });
    expect(decodePlan(text, 'plan.json').ok).toBe(true);
    expect(codes(text.replace('"added":1', '"added":2'))).toEqual(['plan-tampered']);
  });

  it.each([
    ['an empty file', '', 'plan-truncated'],
    ['white space', ' \n', 'plan-truncated'],
    ['another kind of file', '[syncs.photos]\nsource = {}', 'plan-unreadable'],
    ['a shell script', '#!/bin/sh\nrm -rf "${x}"\n', 'plan-unreadable'],
    ['a plan with something after it', `${encodePlan(samplePlan())}}`, 'plan-unreadable'],
    ['JSON that is no object', '[]', 'plan-invalid'],
    ['null', 'null', 'plan-invalid'],
    ['an object of another kind', '{"syncs": []}', 'plan-invalid'],
    ['a newer major format', changed((plan) => (plan['formatVersion'] = '2.0')), 'plan-format-unknown'],
    ['a newer major format of another shape', '{"formatVersion": "12.3"}', 'plan-format-unknown'],
    ['an older major format', '{"formatVersion": "0.9"}', 'plan-format-obsolete'],
    ['facts', '{"formatVersion": "1.0", "basis": "observed"}', 'plan-foreign'],
    ['a plan of another tool', changed((plan) => (plan['tool'] = { name: 'other', version: '1' })), 'plan-foreign'],
    ['a format that is no version', changed((plan) => (plan['formatVersion'] = 'one')), 'plan-tampered'],
    ['a plan without steps', withRightId((plan) => delete plan['steps']), 'plan-invalid'],
    [
      'a command that is not an argv',
      withRightId((plan) => (plan['steps'] = [sampleStep('a:b', { ...{ commands: ['ls'] } } as never)])),
      'plan-invalid',
    ],
    ['a changed command', encodePlan(samplePlan()).replace('--max-delete=0', '--max-delete=9'), 'plan-tampered'],
    ['a changed id', changed((plan) => (plan['id'] = `sha256:${'0'.repeat(64)}`)), 'plan-tampered'],
    ['an added property', changed((plan) => (plan['extra'] = 1)), 'plan-tampered'],
  ])('refuses %s', (_, text, code) => {
    expect(codes(text)).toEqual([code]);
  });

  it('refuses arrays nested 100,000 deep without running out of stack', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(codes(encodePlan(samplePlan()).replace('"deep": [', `"deep": [${deep},`))).toEqual(['plan-invalid']);
  });

  it('names the file, the place of the mistake, and what to do', () => {
    const result = decodePlan(
      withRightId((plan) => (plan['applyable'] = 'yes')),
      'old/plan.json',
    );
    expect(result.findings).toEqual([
      {
        severity: 'error',
        code: 'plan-invalid',
        message: 'old/plan.json is not a plan: it does not fit plan.schema.json at /applyable (type).',
        help: 'Make it again: nbkp plan --out FILE',
      },
    ]);
  });

  it('refuses a plan that was cut off anywhere', () => {
    const text = encodePlan(samplePlan());
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 3 }), (length) => {
        expect(codes(text.slice(0, length))).toEqual(['plan-truncated']);
      }),
    );
  });

  it('catches the change of any single byte that changes what the plan says, but for the time it was made at', () => {
    const plan = samplePlan();
    const bytes = Buffer.from(encodePlan(plan));
    const meaning = canonical({ ...plan, createdAt: '' });
    const mutation = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }));
    let caught = 0;
    fc.assert(
      fc.property(mutation, ([index, difference]) => {
        const mutated = Buffer.from(bytes);
        mutated[index] = mutated[index]! ^ difference;
        const result = decodePlan(mutated.toString('utf8'), 'plan.json');
        if (result.ok) expect(canonical({ ...result.value, createdAt: '' })).toBe(meaning);
        else caught += 1;
      }),
      { numRuns: 3000 },
    );
    expect(caught).toBeGreaterThan(2000);
  });

  it('catches the change of every single character of a command', () => {
    const text = encodePlan(samplePlan());
    const start = text.indexOf('"--max-delete=0"') + 1;
    for (let index = start; index < start + '--max-delete=0'.length; index += 1) {
      const result = decodePlan(`${text.slice(0, index)}X${text.slice(index + 1)}`, 'plan.json');
      expect(result.findings.map(({ code }) => code)).toEqual(['plan-tampered']);
    }
  });

  it('gives back every plan that was encoded, whatever its texts and params hold', () => {
    const texts = fc.string({ unit: 'binary' });
    const plans = fc.record({ name: texts, summary: texts, params: fc.jsonValue() }).map(({ name, summary, params }) =>
      samplePlan({
        syncs: [sampleSync(name)],
        steps: [sampleStep('transfer:photos', { summary, params: JSON.parse(JSON.stringify(params)) as never })],
      }),
    );
    fc.assert(
      fc.property(plans, (plan) => {
        const result = decodePlan(encodePlan(plan), 'plan.json');
        expect(result.ok && canonical(result.value)).toBe(canonical(plan));
      }),
    );
  });
});
