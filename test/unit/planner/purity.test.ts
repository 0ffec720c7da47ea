import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PLANNER = fileURLToPath(new URL('../../../src/planner', import.meta.url));
const SOURCES = readdirSync(PLANNER, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[jt]s$/.test(file));

/** Everything through which the world could come in, or go out, without being an argument or a result. */
const IMPURE: Record<string, RegExp> = {
  'the clock': /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|\bperformance\.|\bhrtime\b/,
  chance: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bgetRandomValues\b/,
  'the environment': /\bprocess\.|\bimport\.meta\b|\bglobalThis\b/,
  'files and processes':
    /(?:from|import|require)\s*\(?['"](?:node:)?(?:fs|fs\/promises|child_process|os|net|http|https|worker_threads|timers)['"]/,
  timers: /\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b|\bqueueMicrotask\b/,
  'the locale': /\.toLocale\w*\(|\blocaleCompare\(/,
  'the terminal': /\bconsole\./,
};

/** Comments may speak of what code must not do. */
function code(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

describe('the planner', () => {
  it('is looked at as a whole', () => {
    expect(SOURCES.length).toBeGreaterThan(80);
  });

  it.each(Object.entries(IMPURE))('does not know %s', (_, pattern) => {
    const found = SOURCES.filter((file) => pattern.test(code(readFileSync(join(PLANNER, file), 'utf8'))));
    expect(found).toEqual([]);
  });

  it.each([
    ['the clock', 'const now = Date.now();'],
    ['the clock', 'const now = new Date();'],
    ['chance', 'const some = Math.random();'],
    ['the environment', "const home = process.env['HOME'];"],
    ['files and processes', "import { readFileSync } from 'node:fs';"],
    ['timers', 'setTimeout(later, 10);'],
    ['the locale', 'names.sort((a, b) => a.localeCompare(b));'],
    ['the terminal', 'console.log(plan);'],
  ])('would be caught knowing %s: %s', (what, line) => {
    expect(IMPURE[what]?.test(code(`${line}\n`))).toBe(true);
  });
});
