import { newsCommand } from '../../planner/kinds/rsync/argv.ts';
import { leftOutCommand, lostCommand } from '../../planner/kinds/rsync/presence.ts';
import type { TransferParams } from '../../planner/kinds/rsync/params.ts';
import type { LossDetails } from '../../planner/model/max-delete.ts';
import type { ProcessResult, RunOptions } from '../transport/transport.ts';
import { bytesOf } from './judged-names.ts';
import { OutputLines } from './output-lines.ts';

/** Runs a dry run. */
export type Rehearse = (
  argv: readonly string[],
  options: Pick<RunOptions, 'stdin' | 'onStdout'>,
) => Promise<Pick<ProcessResult, 'code'>>;

interface Entry {
  /** `f`, `d`, `L`, … */
  kind: string;
  /** Size and time. */
  state: string;
  /** As rsync shows it. */
  name: string;
}

/** `%i %l %M %n` */
const LINE = /^(?:(?<gone>\*deleting {2})|[<>ch.](?<kind>[fdLDS])(?<code>[^ ]{9})) (?<state>\d+ [^ ]+) (?<name>.+)$/;
/** More names than these are not kept: it is for a sentence. */
const MOST = 100_000;

/**
 * Of what a refused transfer would lose, what looks renamed, by size and time or by its own name in another folder, and what
 * the source has all the same. Nothing where that cannot be told.
 */
export async function lossDetails(params: TransferParams, rehearse: Rehearse): Promise<LossDetails> {
  const gone: string[] = [];
  const fresh: Entry[] = [];
  const { code } = await linesOf(rehearse, newsCommand(params), null, (line) => {
    const { gone: isGone, kind = '', code: differs, state = '', name = '' } = LINE.exec(line)?.groups ?? {};
    if (isGone !== undefined && gone.length <= MOST) gone.push(name);
    if (differs === '+++++++++' && fresh.length <= MOST) fresh.push({ kind, state, name });
  });
  if (code !== 0 || gone.length > MOST || fresh.length > MOST) return {};
  const there = await inSource(params, gone, rehearse);
  const arrivals = new Arrivals(fresh);
  const renamed: string[] = [];
  await entriesOf(
    rehearse,
    lostCommand(params),
    gone.filter((name) => !there.has(name)),
    (entry) => {
      if (arrivals.take(entry)) renamed.push(entry.name);
    },
  );
  return { renamed: renamed.length, leftOut: there.size };
}

/**
 * Which of the names the source has, but for those that are there only behind a link. Folders are asked about one level at a time:
 * rsync says nothing of a link when it is asked about something behind it, too.
 */
async function inSource(params: TransferParams, names: readonly string[], rehearse: Rehearse): Promise<Set<string>> {
  let left = [...names];
  for (let level = 1; left.some((name) => folderOf(name, level) !== null); level += 1) {
    const folders = new Set(left.flatMap((name) => folderOf(name, level) ?? []));
    const real = new Set<string>();
    await entriesOf(rehearse, leftOutCommand(params), [...folders], ({ kind, name }) => {
      if (kind === 'd') real.add(name);
    });
    left = left.filter((name) => real.has(folderOf(name, level) ?? '') || folderOf(name, level) === null);
  }
  const wanted = new Set(left);
  const there = new Set<string>();
  await entriesOf(rehearse, leftOutCommand(params), left, ({ name }) => {
    if (wanted.has(name)) there.add(name);
  });
  return there;
}

/** `a/b/c` is in `a/` and in `a/b/`. */
function folderOf(name: string, level: number): string | null {
  const parts = name.replace(/\/$/, '').split('/');
  return parts.length > level ? `${parts.slice(0, level).join('/')}/` : null;
}

/** New entries, of which each can be only one old one under another name. */
class Arrivals {
  readonly #byTrait = new Map<string, Entry[]>();
  readonly #taken = new Set<Entry>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      for (const trait of traitsOf(entry)) {
        const known = this.#byTrait.get(trait);
        if (known === undefined) this.#byTrait.set(trait, [entry]);
        else known.push(entry);
      }
    }
  }

  take(old: Entry): boolean {
    return traitsOf(old).some((trait) => {
      const alike = this.#byTrait.get(trait) ?? [];
      while (alike.length > 0) {
        const entry = alike.pop();
        if (entry === undefined || this.#taken.has(entry)) continue;
        this.#taken.add(entry);
        return true;
      }
      return false;
    });
  }
}

/** Size and time tell nothing of a folder, and less of a file than its own name. */
function traitsOf({ kind, state, name }: Entry): string[] {
  const own = `${kind} /${name.slice(name.lastIndexOf('/', name.length - 2) + 1)}`;
  return kind === 'f' ? [own, `f ${state}`] : [own];
}

/** With a slash at its end the name of a link is that of the folder to which it leads. */
async function entriesOf(
  rehearse: Rehearse,
  argv: readonly string[],
  names: readonly string[],
  onEntry: (entry: Entry) => void,
): Promise<void> {
  if (names.length === 0) return;
  const stdin = Buffer.concat(
    names.flatMap((name) => [Buffer.from('./'), bytesOf(name.replace(/\/$/, '')), Buffer.of(0)]),
  );
  await linesOf(rehearse, argv, stdin, (line) => {
    const { kind, state = '', name = '' } = LINE.exec(line)?.groups ?? {};
    if (kind !== undefined) onEntry({ kind, state, name });
  });
}

async function linesOf(
  rehearse: Rehearse,
  argv: readonly string[],
  stdin: Buffer | null,
  onLine: (line: string) => void,
): Promise<Pick<ProcessResult, 'code'>> {
  const output = new OutputLines(onLine);
  const input = stdin === null ? {} : { stdin };
  const result = await rehearse(argv, { ...input, onStdout: (chunk) => output.write(chunk) });
  output.end();
  return result;
}
