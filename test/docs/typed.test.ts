import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '@oclif/core/command';
import { parse } from '@oclif/core/parser';
import { describe, expect, it } from 'vitest';
import { commandFirst } from '../../src/commands/command-first.ts';
import { LOADERS } from '../../src/commands/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
  ...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`),
].filter((page) => page.endsWith('.md'));

const TOPICS = new Set(Object.keys(LOADERS).map((id) => id.split(':')[0]));

interface Named {
  command: string;
  /** Within a sentence: `nbkp plan --out` stands for each that has a value there. */
  isPart: boolean;
}

/** What a page says to type, as far as the shell takes it for one command, and what it names within sentences. */
function commandsOf(page: string): Named[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/\\\n\s*/g, ' ');
  const consoles = [...text.matchAll(/^```(?:console|text)\n([^]*?)^```$/gm)].flatMap(([, block = '']) =>
    [...block.matchAll(/^\$ (.*)$/gm)].map(([, line = '']) => line),
  );
  const scripts = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
  const sentences = text.replaceAll(/^```[^]*?^```$/gm, '');
  const inline = [...sentences.matchAll(/`(nbkp [^`\n]+)`/g)].map(([, line = '']) => line);
  const commandOf = (line: string): string =>
    /^(?:sudo )?(nbkp (?:'[^']*'|"[^"]*"|[^'"#>&;|])*)/.exec(line)?.[1]?.trim() ?? '';
  // `nbkp restore …` stands for many.
  const whole = (line: string): boolean => !/…|\.\.\.|[[|]|nbkp [a-z]+[.-]/.test(line);
  return [
    ...[...consoles, ...scripts].map((line) => ({ command: commandOf(line), isPart: false })),
    ...inline.filter(whole).map((line) => ({ command: commandOf(line), isPart: true })),
  ].filter(({ command }) => command !== '');
}

const wordsOf = (command: string): string[] =>
  (command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).slice(1).map((word) => word.replaceAll(/['"]/g, ''));

async function problemOf({ command, isPart }: Named): Promise<string | null> {
  const words = commandFirst(wordsOf(command));
  if (words[0] === 'help' || words.includes('--help') || words.join(' ') === '--version') return null;
  if (isPart && words.length === 1 && TOPICS.has(words[0])) return null;
  const id = [2, 1].map((count) => words.slice(0, count).join(':')).find((each) => each in LOADERS);
  if (id === undefined) return `${command}: there is no such command`;
  const { flags, args, baseFlags, strict } = (await LOADERS[id]?.())?.default as unknown as Command.Class;
  try {
    await parse(words.slice(id.split(':').length), { flags: { ...baseFlags, ...flags }, args, strict });
    return null;
  } catch (error) {
    const [said = ''] = (error as Error).message.split('\n');
    return isPart && !/^(?:Nonexistent|Unexpected)/.test(said) ? null : `${command}: ${said}`;
  }
}

describe('the commands of the pages', () => {
  it.each(PAGES)('can be typed as they are in %s', async (page) => {
    const problems = await Promise.all(commandsOf(page).map(problemOf));
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  it('are many', () => {
    const all = PAGES.flatMap(commandsOf);
    expect(all.filter(({ isPart }) => !isPart).length).toBeGreaterThan(50);
    expect(all.length).toBeGreaterThan(200);
  });
});
