import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

interface Flag {
  char?: string;
  allowNo?: boolean;
}
const { commands } = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, { flags: Record<string, Flag> }>;
};
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const text = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** The lines of the blocks that a reader is meant to type, without what comes after them on the line. */
function typedLines(page: string): string[] {
  const blocks = [...text(page).matchAll(/^```(?:sh|bash|console)\n([^]*?)^```/gm)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) =>
      line
        .replace(/^\s*\$ /, '')
        .replace(/\s+#.*$/, '')
        .trim(),
    );
}

/** What no command of nbkp would understand in a line such as `nbkp plan --files`. */
function misunderstood(line: string): string[] {
  const [, ...words] = line.split(/ && | \| | > /)[0]?.split(/\s+/) ?? [];
  const plain = words.slice(0, words.findIndex((word) => word.startsWith('-')) >>> 0);
  const id = [plain.slice(0, 2).join(':'), plain[0] ?? ''].find((each) => commands[each] !== undefined);
  if (id === undefined) return words[0]?.startsWith('-') === true ? [] : [line];
  const known = Object.entries(commands[id]!.flags).flatMap(([name, { char, allowNo }]) => [
    `--${name}`,
    ...(char === undefined ? [] : [`-${char}`]),
    ...(allowNo === true ? [`--no-${name}`] : []),
  ]);
  const written = words.filter((word) => word.startsWith('-'));
  // `-vv` is `-v` twice.
  const flags = written.map((word) => word.replace(/=.*$/, '').replace(/^-(\w)\1$/, '-$1'));
  return flags.filter((flag) => ![...known, '--help', '-h'].includes(flag)).map((flag) => `${line}: ${flag}`);
}

describe.each(PAGES)('%s', (page) => {
  it('shows only commands and flags that nbkp has', () => {
    const lines = typedLines(page).filter((line) => line.startsWith('nbkp '));
    expect(lines.flatMap(misunderstood)).toEqual([]);
  });

  it('shows only npm scripts that there are', () => {
    const named = typedLines(page).flatMap((line) => /^npm run ([\w:-]+)/.exec(line)?.[1] ?? []);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('links only to files that there are', () => {
    const links = [...text(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
  });
});

describe('README.md', () => {
  it('shows commands at all', () => {
    expect(typedLines('README.md').filter((line) => line.startsWith('nbkp ')).length).toBeGreaterThan(3);
    expect(typedLines('README.md')).toEqual(expect.arrayContaining(['npm run demo', 'npm test']));
  });
});
