import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSpec } from '../../../../src/planner/spec/index.ts';
import type { Spec } from '../../../../src/planner/model/spec.ts';
import { specOf } from './reading.ts';

/** What does not depend on where in the file things stand. */
function meaningOf(spec: Spec): unknown {
  const { volumes, syncs, ssh, credentials, policy } = spec;
  const findings = spec.findings.map(({ code, message }) => `${code}: ${message}`).sort();
  return { volumes, syncs, ssh, credentials, policy, findings };
}

const keep = fc.option(fc.record({ last: fc.integer({ min: 1, max: 9 }), daily: fc.nat(9) }), { nil: null });

function volumeTable(name: string, kept: { last: number; daily: number } | null): string {
  const rules = kept === null ? '' : `, keep = { last = ${kept.last}, daily = ${kept.daily} }`;
  return `[volumes.${name}]\npath = "/mnt/${name}"\nsnapshots = { mode = "hard-link"${rules} }\n`;
}

const tables = fc.array(keep, { minLength: 2, maxLength: 5 }).chain((volumes) =>
  fc
    .array(
      fc.record({
        from: fc.nat(volumes.length - 1),
        to: fc.nat(volumes.length - 1),
        age: fc.integer({ min: 1, max: 99 }),
        enabled: fc.boolean(),
      }),
      { maxLength: 6 },
    )
    .map((syncs) => [
      ...volumes.map((kept, index) => volumeTable(`v${index}`, kept)),
      ...syncs.map(
        ({ from, to, age, enabled }, index) =>
          `[syncs.s${index}]\nsource = "v${from}:in"\ndestination = "v${to}:out/${index}"\nmax-age = "${age}d"\nenabled = ${enabled}\n`,
      ),
      '[ssh.child]\nextends = "parent"\n',
      '[ssh.parent]\nuser = "me"\n',
      '[policy]\nmin-free = "1GiB"\n',
    ]),
);

describe('for every spec', () => {
  test('the order of its tables changes nothing but positions', () => {
    const shuffled = tables.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const written = (each: string[]): string => `version = 1\n${each.join('\n')}`;
        expect(meaningOf(specOf(written(other)))).toEqual(meaningOf(specOf(written(one))));
      }),
    );
  });

  test('each mistake of one kind is found, however many there are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 30 }), (numbers) => {
        const text = `version = 1\n${numbers.map((n) => `[volumes.v${n}]\npath = "/v"\nextra${n} = 1\n`).join('')}`;
        const result = readSpec(text, 'f');
        expect(result.ok).toBe(false);
        const lines = numbers.map((_, index) => 4 + 3 * index);
        expect(result.findings.map(({ code, location }) => `${code} ${location?.line ?? 0}`)).toEqual(
          lines.map((line) => `unknown-key ${line}`),
        );
      }),
    );
  });
});

describe('for every text', () => {
  const example = readFileSync(join(import.meta.dirname, 'contract.test.ts'), 'utf8');
  const spec = /const EXAMPLE = `(?<spec>[^]*?)\n`;/.exec(example)?.groups?.['spec'] ?? '';

  test('there is an answer, and each error stands at a line of it', () => {
    expect(spec).toContain('[volumes.laptop]');
    const damage = fc.record({ at: fc.nat(spec.length), length: fc.nat(30), text: fc.string({ maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 4 }), (damages) => {
        const text = damages.reduce(
          (damaged, { at, length, text: inserted }) => damaged.slice(0, at) + inserted + damaged.slice(at + length),
          spec,
        );
        const result = readSpec(text, 'f');
        const lines = text.split('\n');
        for (const { location, excerpt } of result.findings) {
          expect(excerpt).toBe(lines[(location?.line ?? 0) - 1]?.replace(/\r$/, ''));
          expect(location?.column).toBeLessThanOrEqual((excerpt ?? '').length + 1);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('also when it is noise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(readSpec(text, 'f').ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a large spec', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => index);

  test('of 10,000 syncs is validated, resolved and checked', () => {
    const syncs = many.map((n) => `[syncs.s${n}]\nsource = "a:${n}"\ndestination = "b:${n}"\nfilters = ["- x"]\n`);
    const spec = specOf(`version = 1\n[volumes.a]\npath = "/a"\n[volumes.b]\npath = "/b"\n${syncs.join('')}`);
    expect(Object.keys(spec.syncs)).toHaveLength(10_000);
    expect(spec.syncs['s9999']!.destination).toEqual({ volume: 'b', subdir: '9999' });
    expect(spec.positions['/syncs/s9999/source']).toEqual({
      file: 'nbkp.toml',
      line: 5 + 4 * 9999 + 2,
      column: 10,
    });
  });

  test('may be a chain of 20,000 syncs, or a circle of as many', () => {
    const chain = (length: number, last: string): string =>
      `version = 1\n[volumes.a]\npath = "/a"\n${Array.from(
        { length },
        (_, n) => `[syncs.s${n}]\nsource = "a:d${n}"\ndestination = "a:${n === length - 1 ? last : `d${n + 1}`}"\n`,
      ).join('')}`;
    expect(readSpec(chain(20_000, 'end'), 'f').ok).toBe(true);
    expect(readSpec(chain(20_000, 'd0'), 'f').findings.map(({ code }) => code)).toEqual(['dependency-cycle']);
  });

  test('may have as many mistakes as syncs', () => {
    const syncs = many.map((n) => `[syncs.s${n}]\nsource = "nowhere:${n}"\ndestination = "b:${n}"\n`);
    const result = readSpec(`version = 1\n[volumes.b]\npath = "/b"\n${syncs.join('')}`, 'f');
    expect(result.findings).toHaveLength(10_000);
  });

  test('may have 10,000 sources around 10,000 destinations that a filter keeps out', () => {
    const syncs = many.map((n) => `[syncs.s${n}]\nsource = "a"\ndestination = "a:out/${n}"\nfilters = ["- /out/"]\n`);
    expect(readSpec(`version = 1\n[volumes.a]\npath = "/a"\n${syncs.join('')}`, 'f').findings).toEqual([]);
  });
});
