import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appliedBefore, consumePlan } from '../../../src/store/applied-plans.ts';
import type { Result } from '../../../src/planner/model/result.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

const START = Date.UTC(2026, 2, 1);

/** The plan that was made in that minute. */
function plan(minute: number): { id: string; createdAt: string } {
  return { id: 'sha256:one', createdAt: new Date(START + minute * 60_000).toISOString() };
}

function consume(minute: number): string {
  return codeOf(consumePlan(dir.path, plan(minute), START));
}

function codeOf(result: Result<null>): string {
  return result.ok ? 'ok' : (result.findings[0]?.code ?? '');
}

function marks(): number {
  return readdirSync(join(dir.path, 'applied-plans')).filter((name) => name !== 'forgotten.json').length;
}

describe('a saved plan', () => {
  it('is consumed once, and another one with its id, made later, once too', () => {
    expect([consume(1), consume(1), consume(2), consume(2)]).toEqual(['ok', 'plan-consumed', 'ok', 'plan-consumed']);
    expect(codeOf(appliedBefore(dir.path, plan(3)))).toBe('ok');
  });

  it('is never consumed twice, although only 500 marks are kept, whatever the order in which plans are applied', () => {
    for (let minute = 0; minute < 510; minute += 1) expect(consume(minute ^ 1)).toBe('ok');
    expect(marks()).toBe(500);
    const again = Array.from({ length: 510 }, (_, minute) => codeOf(appliedBefore(dir.path, plan(minute))));
    expect(again).not.toContain('ok');
    expect(again.filter((code) => code === 'plan-too-old').length).toBeGreaterThanOrEqual(10);
    expect(consume(3)).toBe('plan-too-old');
    expect(consume(600)).toBe('ok');
    expect(marks()).toBe(500);
  });

  it('stays consumed when a crash has left nothing in its mark', () => {
    expect(consume(1)).toBe('ok');
    const folder = join(dir.path, 'applied-plans');
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '');
    expect(consume(1)).toBe('plan-consumed');
  });

  it('is not consumed where nothing can be written', () => {
    mkdirSync(join(dir.path, 'file'), { recursive: true });
    writeFileSync(join(dir.path, 'file', 'applied-plans'), '');
    expect(codeOf(consumePlan(join(dir.path, 'file'), plan(1), START))).toBe('state-unwritable');
  });

  it('says when it was applied, where its mark says so', () => {
    expect(consume(1)).toBe('ok');
    const said = (): string | undefined => appliedBefore(dir.path, plan(1)).findings[0]?.message;
    expect(said()).toContain(new Date(START).toISOString());
    const folder = join(dir.path, 'applied-plans');
    for (const text of ['{}', '7', 'null']) {
      for (const name of readdirSync(folder)) writeFileSync(join(folder, name), text);
      expect(said()).not.toContain(new Date(START).toISOString());
    }
  });

  it('is too old from then on, whatever the marks say that are damaged', () => {
    const folder = join(dir.path, 'applied-plans');
    expect(consume(10)).toBe('ok');
    writeFileSync(join(folder, 'forgotten.json'), JSON.stringify({ until: plan(5).createdAt }));
    expect([4, 5, 6].map(consume)).toEqual(['plan-too-old', 'plan-too-old', 'ok']);
    for (const text of ['', '{}', 'null', '{"until":"soon"}']) {
      writeFileSync(join(folder, 'forgotten.json'), text);
      expect(codeOf(appliedBefore(dir.path, plan(0)))).toBe('ok');
    }
  });

  it('with an older mark is forgotten by when it was applied; one without a time stays', () => {
    const folder = join(dir.path, 'applied-plans');
    mkdirSync(folder, { recursive: true });
    const mark = (index: number, text: string): void =>
      writeFileSync(join(folder, `${String(index).padStart(32, '0')}.json`), text);
    for (let index = 0; index < 498; index += 1) mark(index, '{"appliedAt":"2026-02-01T00:00:00.000Z"}');
    mark(498, '{}');
    mark(499, '{"createdAt":"never"}');
    writeFileSync(join(folder, 'notes'), '');
    expect(consume(1)).toBe('ok');
    const names = readdirSync(folder);
    expect(names).toHaveLength(502);
    expect(names).toEqual(expect.arrayContaining(['notes', `${'0'.repeat(29)}498.json`, `${'0'.repeat(29)}499.json`]));
    expect(codeOf(appliedBefore(dir.path, { id: 'x', createdAt: '2026-02-01T00:00:00.000Z' }))).toBe('plan-too-old');
  });
});
