import { cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Laptop, type, type Typed } from '../support/laptop.ts';
import { describeWithMounts } from '../support/requirements.ts';
import type { Terminal } from '../support/terminal.ts';

/** A command of the page, and all that its screen shows below it. */
interface Screen extends Typed {
  shown: string;
}

const PAGE = 'docs/getting-started.md';
const SCREENS = screensOf(readFileSync(PAGE, 'utf8'));

/** The commands below "Five restores", each with what its restore is asked. */
function restoresOf(page: string): Typed[] {
  const [, section = ''] = page.split('\n## Five restores\n');
  const blocks = [...(section.split('\n## ')[0] ?? '').matchAll(/^```sh\n([^]*?)^```$/gm)];
  return blocks
    .flatMap(([, lines = '']) => lines.trim().split('\n'))
    .map((command) => {
      const asks = command.startsWith('nbkp restore ');
      return { command, answers: asks ? [{ question: 'Run it? [y/N]', answer: 'y' }] : [] };
    });
}

/** What stands after `$` in the consoles of a page, and which lines of the screens are questions. */
function screensOf(page: string): Screen[] {
  const consoles = [...page.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, screen = '']) => screen);
  return consoles
    .flatMap((screen) => screen.split(/^\$ /m).slice(1))
    .map((part) => {
      const [command = '', ...lines] = part.split('\n');
      const questions = lines.flatMap(
        (line) => /^(.*(?:\? \[[yY]\/[nN]\]|another folder:|HOST:FOLDER:)) ?(.*)$/.exec(line) ?? [],
      );
      const answers = chunks(questions).map(([, question = '', answer = '']) => ({ question, answer }));
      return { command, answers, shown: lines.join('\n') };
    });
}

/** A screen with the names that the page has for what is here by chance. */
function asOnThePage(screen: string): string {
  return screen.replaceAll(/\/dev\/loop\d+/g, '/dev/sda1').replaceAll(process.cwd(), '/usr/lib/node_modules/nbkp');
}

/** UPDATE_GOLDEN=1 writes it to the page instead. */
function expectScreen({ command, shown }: Screen, seen: string): void {
  const isSame = masked(seen) === masked(shown);
  if (!isSame && process.env['UPDATE_GOLDEN'] === '1') {
    const page = readFileSync(PAGE, 'utf8');
    writeFileSync(
      PAGE,
      page.replace(`$ ${command}\n${shown}`, () => `$ ${command}\n${seen.replaceAll(/ +$/gm, '').trimEnd()}\n`),
    );
  } else expect(masked(seen), `${command}; UPDATE_GOLDEN=1 writes it anew`).toBe(masked(shown));
}

/** A screen without what is another thing in each run, and how its lines are broken by that. */
function masked(screen: string): string {
  return screen
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+Z| UTC)/g, 'TIME')
    .replaceAll(/(?<=\bin )\d+(?:\.\d+)? m?s/g, 'SOME s')
    .replaceAll(/\d+ MiB(?= free)|\d+ MiB of \d+ MiB(?= stay free)/g, 'ROOM')
    .replaceAll(/[\d.]+ KiB(?= .config\/nbkp\/nbkp.toml)/g, 'SOME KiB')
    .trim();
}

function chunks(groups: readonly string[]): string[][] {
  return Array.from({ length: groups.length / 3 }, (_, index) => groups.slice(3 * index, 3 * index + 3));
}

let laptop: Laptop;
let terminal: Terminal;

/** A new account and an empty drive. */
async function begin(env: Record<string, string> = {}): Promise<void> {
  laptop = await Laptop.begin();
  terminal = await laptop.terminal(env);
  laptop.files({
    'Documents/Letters/grandmother.txt': 'Dear reader\n',
    'Documents/taxes-2025.csv': 'taxes\n',
    'Pictures/summer.jpg': 30,
    '.cache/pictures': 50,
    'code/app/node_modules/library.js': 20,
    '.local/share/Trash/old': 10,
  });
}

const end = (): Promise<void> => laptop.end();

/** @returns what the terminal shows below the command */
async function shownBy(typed: Typed): Promise<string> {
  const { code, screen } = await type(terminal, typed);
  expect([typed.command, code], screen).toEqual([typed.command, 0]);
  return screen.slice(0, screen.lastIndexOf('[0] '));
}

function expectRestored(): void {
  expect(existsSync(join(laptop.home, 'Documents/Letters/grandmother.txt'))).toBe(false);
  expect(readFileSync(join(laptop.home, 'restored/Documents/Letters/grandmother.txt'), 'utf8')).toBe('Dear reader\n');
}

describeWithMounts('docs/getting-started.md', () => {
  beforeAll(() => begin());
  afterAll(end);

  it('has at most five commands to type until a deleted file is back', () => {
    const commands = SCREENS.map(({ command }) => command.split(' ').slice(0, 2).join(' '));
    expect(commands).toEqual([
      'nbkp init',
      'nbkp prepare',
      'nbkp apply',
      expect.stringMatching(/^rm /),
      'nbkp restore',
    ]);
  });

  it('tells a story that happens when a new user types it, and shows the screens that are seen then', async () => {
    for (const screen of SCREENS) expectScreen(screen, asOnThePage(await shownBy(screen)));
    expectRestored();
  });

  it('has five restores, each in at most two commands, that give back what they say', async () => {
    const restores = restoresOf(readFileSync('docs/getting-started.md', 'utf8'));
    expect(restores.filter(({ command }) => command.startsWith('nbkp restore'))).toHaveLength(5);
    expect(restores.length).toBeLessThanOrEqual(10);
    const destination = join(laptop.root, 'media/ada/Backup/backups/laptop/home');
    const lastWeek = join(destination, 'snapshots/2026-11-19T10:00:00.000Z');
    cpSync(join(destination, readlinkSync(join(destination, 'latest'))), lastWeek, { recursive: true });
    writeFileSync(join(lastWeek, 'Documents/Letters/grandmother.txt'), 'of last week\n');
    mkdirSync(join(laptop.root, 'media/ada/New'));
    rmSync(join(laptop.home, 'Documents/taxes-2025.csv'));
    for (const restore of restores) await shownBy(restore);
    const letter = 'Documents/Letters/grandmother.txt';
    expect(readFileSync(join(laptop.home, 'Documents/taxes-2025.csv'), 'utf8')).toBe('taxes\n');
    expect(readFileSync(join(laptop.home, 'last-week', letter), 'utf8')).toBe('of last week\n');
    for (const place of [
      join(laptop.home, 'found'),
      join(laptop.root, 'media/ada/New/ada'),
      join(laptop.home, 'from-laptop'),
    ]) {
      expect(readFileSync(join(place, letter), 'utf8')).toBe('Dear reader\n');
    }
  });

  it('ends with a status that says that nothing is overdue', async () => {
    expect(await shownBy({ command: 'nbkp status', answers: [] })).toContain('No sync is overdue.');
  });
});

describeWithMounts('docs/getting-started.md in the locale C', () => {
  beforeAll(() => begin({ LANG: 'C', LC_ALL: 'C' }));
  afterAll(end);

  it('tells the same story in signs of ASCII', async () => {
    for (const screen of SCREENS) {
      const shown = await shownBy(screen);
      expect(shown.replaceAll(/[\u0000-\u007f]/g, ''), shown).toBe('');
    }
    expectRestored();
  });
});
