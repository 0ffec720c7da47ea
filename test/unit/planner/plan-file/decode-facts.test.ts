import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeFacts } from '../../../../src/planner/plan-file/decode.ts';
import { encodePlan } from '../../../../src/planner/plan-file/encode.ts';
import { planText } from '../../../../src/reporters/human/plan/plan.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { planOf } from '../../../support/planning.ts';
import { samplePlan } from './sample.ts';

const FOLDER = new URL('../../../golden/scenarios/contract-example/', import.meta.url);
const TEXT = readFileSync(new URL('facts.json', FOLDER), 'utf8');

function changed(change: (facts: Record<string, unknown>) => void): string {
  const facts = JSON.parse(TEXT) as Record<string, unknown>;
  change(facts);
  return JSON.stringify(facts);
}

describe('decodeFacts', () => {
  it('reads facts, which are recorded from then on, whatever they say of themselves', () => {
    expect(decodeFacts(TEXT, 'facts.json')).toMatchObject({ ok: true, value: { basis: 'recorded', endpoints: {} } });
  });

  it('ignores properties that it does not know', () => {
    const later = changed((facts) => Object.assign(facts, { later: 1, formatVersion: '1.9' }));
    expect(decodeFacts(later, 'facts.json').ok).toBe(true);
  });

  it.each([
    ['an empty file', '', 'facts-truncated'],
    ['half a file', TEXT.slice(0, TEXT.length / 2), 'facts-truncated'],
    ['a spec', '[syncs.photos]\nsource = {}', 'facts-unreadable'],
    ['a plan', encodePlan(samplePlan()), 'facts-foreign'],
    ['a newer major format', changed((facts) => (facts['formatVersion'] = '2.0')), 'facts-format-unknown'],
    ['an older major format', changed((facts) => (facts['formatVersion'] = '0.1')), 'facts-format-obsolete'],
    ['no hosts', changed((facts) => delete facts['hosts']), 'facts-invalid'],
    ['a time that is none', changed((facts) => (facts['observedAt'] = 'yesterday')), 'facts-invalid'],
    ['a number for a path', changed((facts) => (facts['volumes'] = { usb: { path: 1 } })), 'facts-invalid'],
    ['no end of lists', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'facts-invalid'],
  ])('refuses %s', (_, text, code) => {
    expect(decodeFacts(text, 'facts.json').findings).toMatchObject([{ severity: 'error', code }]);
  });

  it('says which time is none', () => {
    const text = changed((facts) => (facts['observedAt'] = 'yesterday'));
    expect(decodeFacts(text, 'facts.json').findings[0]?.message).toContain('its observedAt is no time');
  });

  it('lets no name in a facts file act on a terminal', () => {
    const hostile = changed((facts) =>
      Object.assign(facts, { machine: { hostname: '\u001b]0;pwned\u0007', user: 'x' } }),
    );
    const facts = decodeFacts(hostile, 'facts.json');
    if (!facts.ok) throw new Error('it was not read');
    const plan = planOf(readFileSync(new URL('spec.toml', FOLDER), 'utf8'), facts.value);
    const text = planText(plan, { commands: true, files: true, all: true }, createStyle({ colour: false, width: 80 }));
    expect(Array.from(text).filter((letter) => letter < ' ' && letter !== '\n')).toEqual([]);
    expect(text).toContain('pwned');
  });
});
