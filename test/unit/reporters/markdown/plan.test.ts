import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { planMarkdown } from '../../../../src/reporters/markdown/plan.ts';
import { finding, plannedSync, planOf, transfer, withSteps } from '../../../../src/reporters/samples/parts.ts';
import { SCENARIOS } from '../scenarios.ts';

const GOLDEN = join(import.meta.dirname, '../../../golden/reporters/markdown');
const shown = (plan: Plan, maxBytes = 65_536): string =>
  planMarkdown(plan, { commands: false, files: false, all: false, maxBytes });

/** What is outside of fences and code spans, where Markdown and HTML have a meaning; throws for a fence without an end. */
function outside(markdown: string): string[] {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const [ticks] = /^`{3,}/.exec(line) ?? [];
    if (fence !== null) {
      if (line === fence) fence = null;
    } else if (ticks === undefined) lines.push(line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, ''));
    else fence = ticks;
  }
  if (fence !== null) throw new Error('a fence is not closed');
  return lines;
}

/** The tags outside of fences, but for the empty comments that keep mentions apart. */
function tags(markdown: string): string[] {
  const own = outside(markdown).join('\n').replaceAll('<!-- -->', '');
  return own.match(/(?<!\\)<[^>\n]*>/g) ?? [];
}

const OWN_TAGS = ['<details>', '</details>', '<summary>', '</summary>', '<sub>', '</sub>'];
const ESCAPES = [
  '</details>\n<script>alert(1)</script>',
  '```\n# broken out\n```',
  '`````',
  '@everyone see https://example.org/ and #1 or www.example.org',
  '/close',
  '![x](https://example.org/x.png)',
  '<!-- ',
  '| a | b |\n|---|---|',
  '- [ ] item\n1. item',
  '\u001b[31m\u202e',
];

/** Each text wherever the world can put one into a plan. */
function hostilePlan(text: string): Plan {
  const sync = plannedSync('a', { source: `laptop:${text}`, destination: `usb:${text}` });
  const skipped = plannedSync('b', { state: 'skipped', reason: text, code: text });
  const copy = transfer('a', { id: `transfer:${text}`, summary: text, reason: text, commands: [['rsync', text]] });
  const findings = [
    finding({ code: text, message: text, help: text, location: { file: text, line: 1, column: 1 } }),
    finding({ severity: 'error', code: 'x', message: `${text} ${text}`, sync: text }),
  ];
  const made = planOf([withSteps(sync, copy), { sync: skipped, steps: [] }], { findings });
  return { ...made, id: text, spec: { path: text, digest: '' }, machine: { hostname: text, user: text } };
}

describe.each(Object.entries(SCENARIOS))('the plan "%s" in Markdown', (name, plan) => {
  it('is as in its golden file', async () => {
    await expect(shown(plan)).toMatchFileSnapshot(join(GOLDEN, `${name}.md`));
  });

  it('is cut at any size without an open fence or tag, and never longer', () => {
    for (let maxBytes = 1024; maxBytes < 12_000; maxBytes = Math.ceil(maxBytes * 1.1)) {
      const text = shown(plan, maxBytes);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
      const found = tags(text);
      for (const tag of ['details', 'summary', 'sub']) {
        const count = (wanted: string): number => found.filter((each) => each === wanted).length;
        expect(count(`<${tag}>`)).toBe(count(`</${tag}>`));
      }
    }
  });
});

describe.each(ESCAPES)('the text %j in a plan', (text) => {
  const markdown = shown(hostilePlan(text));

  it('makes no tag, no heading, no item and no command of its own', () => {
    expect(tags(markdown).filter((tag) => !OWN_TAGS.includes(tag))).toEqual([]);
    const starts = outside(markdown).filter((line) => line !== '');
    const ours =
      /^(?:### Backup plan|\*\*|- (?:❌|⚠️) \*\*|<details><summary>[^<]*<\/summary>$|<\/details>$|<sub>Plan )/;
    expect(starts.filter((line) => !ours.test(line))).toEqual([]);
  });

  it('mentions nobody and links to nothing', () => {
    const open = outside(markdown).join('\n');
    expect(open).not.toMatch(/@\w|https?:\/\/|www\.|(?<!\\)!\[|(?<!\\)\]\(|#\d/i);
  });

  it('sends a terminal nothing but text', () => {
    expect(markdown.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
  });
});

it('says that it was cut, and how to see all of it', () => {
  expect(shown(SCENARIOS['many']!, 2000)).toMatch(/\*Cut to 2,000 bytes\.\* All of it: `nbkp plan`/);
});

it('puts what the plan deletes before anything that is folded', () => {
  const text = shown(SCENARIOS['second-run']!);
  expect(text.indexOf('This plan deletes')).toBeGreaterThan(0);
  expect(text.indexOf('This plan deletes')).toBeLessThan(text.indexOf('<details>'));
});
