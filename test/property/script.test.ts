import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { observe, openSpec, plan as planNow } from '../../src/api/index.ts';
import { selectSyncs } from '../../src/planner/compile/select.ts';
import { planExitCode } from '../../src/planner/model/exit-code.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { Result } from '../../src/planner/model/result.ts';
import { upstreamsOf } from '../../src/planner/compile/select.ts';
import type { Spec } from '../../src/planner/model/spec.ts';
import { specScript } from '../../src/reporters/script/script.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { planOf, requestFor, specFrom } from '../support/planning.ts';
import { noMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { scriptWorlds, type Places, type ScriptWorld } from './script-worlds.ts';

const WORLDS = 200;
/** At once: most of the time is that of processes. */
const LANES = 4;

let dir: TempDir;
let btrfs: BtrfsMount | null = null;

beforeAll(async () => {
  dir = await makeTempDir();
  if (noMounts === null) btrfs = await makeBtrfs();
});
afterAll(async () => {
  await btrfs?.remove();
  await dir.remove();
});

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.findings.map(({ code, message }) => `${code}: ${message}`).join('\n'));
}

function scriptOf(spec: Spec, facts: Facts): string {
  const asked = { drives: 'leave', conditions: 'ignore' } as const;
  const input = { spec, facts, plan: planOf(spec, facts, asked, 'script'), request: requestFor(asked) };
  return valueOf(specScript(input, valueOf(selectSyncs(spec, input.request)), new Map()));
}

interface Seen {
  script: string[];
  planned: string[];
  plan: Plan;
  said: string;
}

/** What both say of a world. A spec whose syncs are all disabled makes no script. */
async function bothOf(world: ScriptWorld, index: number): Promise<Seen | null> {
  const root = join(dir.path, `it's ${index}`);
  const places: Places = { root, btrfs: btrfs === null ? null : join(btrfs.path, `${index}`) };
  for (const folder of [root, places.btrfs, join(root, 'home')]) if (folder !== null) mkdirSync(folder);
  const toml = world.toml(places);
  const spec = specFrom(toml);
  if (Object.values(spec.syncs).every(({ enabled }) => !enabled)) return null;
  world.make(places);
  const env = { PATH: process.env['PATH'], HOME: join(root, 'home') };
  const stateDir = join(root, 'state');
  const open = valueOf(await openSpec({ text: toml, env, cwd: root, stateDir }));
  try {
    writeFileSync(join(root, 'script.sh'), scriptOf(spec, valueOf(await observe(open))));
    world.spoil(places);
    const [plan, ended] = await Promise.all([
      planNow(open, { files: true }),
      run(['dash', join(root, 'script.sh'), '-n'], { ...env, NBKP_STATE_DIR: stateDir }),
    ]);
    const made = valueOf(plan);
    return {
      plan: made,
      planned: byPlanner(made, spec),
      script: byScript(ended.out, ended.code),
      said: `${toml}\n${ended.out}`,
    };
  } finally {
    await open.close();
  }
}

/** Both streams in one, as they come. */
function run([program = '', ...args]: string[], env: NodeJS.ProcessEnv): Promise<{ out: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', 'exec "$@" 2>&1', 'sh', program, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ out, code });
    });
  });
}

const BY_LOOKING = ['max-delete-exceeded', 'max-change-exceeded'];

/** A line for each thing that the plan says of a sync, in the words of `byScript`. */
function byPlanner(plan: Plan, spec: Spec): string[] {
  const upstreams = upstreamsOf(spec);
  const refusedLate = new Set<string>();
  const lines =
    plan.steps.length === 0 && plan.syncs.length === 0
      ? []
      : inOrder(plan, spec).flatMap((name): string[] => {
          const sync = plan.syncs.find((each) => each.name === name);
          if (sync === undefined || sync.state === 'disabled') return [];
          const upstream = upstreams.get(name)?.name;
          if (upstream !== undefined && refusedLate.has(upstream)) {
            // A run refuses the other one only when it runs, and then this one does not run.
            refusedLate.add(name);
            return [`${name} not run`];
          }
          const { state, code = '' } = sync;
          if (BY_LOOKING.includes(code)) refusedLate.add(name);
          if (state === 'skipped') return [`${name} skipped ${code}`];
          if (state === 'blocked') {
            const isGuard = plan.findings.some(
              (each) => each.sync === name && each.code === code && each.guard === true,
            );
            return [`${name} ${isGuard ? 'refused' : 'failed'} ${code}`];
          }
          const stale = plan.findings.some((each) => each.sync === name && each.code === 'stale-upstream');
          const prunes = sync.retention.flatMap((line) => (line.verdict === 'prune' ? [line.name] : [])).sort();
          return [
            `${name} runs`,
            ...(stale ? [`${name} stale`] : []),
            ...prunes.map((each) => `${name} prunes ${each}`),
          ];
        });
  const options = { strict: false, requiredAbsent: [], unprepared: true, detailed: false };
  return [...lines, `exit ${planExitCode(plan, options)}`];
}

/** Copies that others read come first. */
function inOrder(plan: Plan, spec: Spec): string[] {
  const upstreams = upstreamsOf(spec);
  const depth = (name: string): number => {
    const upstream = upstreams.get(name);
    return upstream === undefined ? 0 : 1 + depth(upstream.name);
  };
  return plan.syncs.map(({ name }) => name).toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

function byScript(out: string, code: number | null): string[] {
  const found = new Map<string, string[]>();
  let guard = '';
  let current = '';
  for (const line of out.split('\n')) {
    const about = /^(s\d)(?:: .* to |( is skipped| is refused| has failed| is not run| copies what ))/.exec(line);
    const reason = /\[([a-z-]+)\]\.(?: nbkp prepare.*)?$/.exec(line)?.[1] ?? '';
    const pruned = /^ {2}would prune (.*)$/.exec(line)?.[1];
    if (about === null) {
      if (pruned !== undefined) found.get(current)?.push(`prunes ${pruned}`);
      else if (reason !== '') guard = reason;
      continue;
    }
    const [, name = '', verdict = ''] = about;
    current = name;
    const said = found.get(name) ?? [];
    found.set(name, said);
    if (verdict === '') said.push('runs');
    else if (verdict === ' copies what ') said.push('stale');
    else if (verdict === ' is not run') said.push('not run');
    else {
      const word = verdict.trim().split(' ').at(-1) ?? '';
      said.splice(0, said.length, `${word} ${reason === '' ? guard : reason}`);
    }
    guard = '';
  }
  const rank = (line: string): string => (line === 'runs' ? '0' : line === 'stale' ? '1' : line);
  const lines = [...found].flatMap(([name, said]) =>
    said.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).map((line) => `${name} ${line}`),
  );
  return [...lines, `exit ${code}`];
}

it(`a script decides as the planner does, in ${WORLDS} random specs and worlds`, { timeout: 1_800_000 }, async () => {
  const worlds = fc.sample(scriptWorlds, { numRuns: WORLDS, seed: 19 });
  const all: Seen[] = [];
  const differ: string[] = [];
  let [next, folder] = [0, 0];
  // Days and hours of retention begin with half an hour of UTC, wherever: both look at the same one.
  const atOneTime = async (world: ScriptWorld): Promise<Seen | null> => {
    const halfHour = (): number => Math.floor(Date.now() / 1_800_000);
    for (;;) {
      const before = halfHour();
      const seen = await bothOf(world, folder++);
      if (halfHour() === before) return seen;
    }
  };
  const lane = async (): Promise<void> => {
    for (let index = next++; index < worlds.length; index = next++) {
      const seen = await atOneTime(worlds[index]!).catch((error: unknown) => String(error));
      if (typeof seen === 'string') differ.push(`world ${index}: ${seen}`);
      if (seen === null || typeof seen === 'string') continue;
      all.push(seen);
      const [ours, theirs] = [seen.script.toSorted(), seen.planned.toSorted()];
      if (ours.join('\n') === theirs.join('\n')) continue;
      const only = (some: string[], others: string[]) => some.filter((line) => !others.includes(line)).join(', ');
      differ.push(`world ${index}\n- planner: ${only(theirs, ours)}\n- script: ${only(ours, theirs)}\n${seen.said}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  expect(differ.join('\n\n')).toBe('');
  // Worlds in which little happens prove little.
  const lines = all.flatMap(({ planned }) => planned);
  for (const [what, least] of [
    [/ runs$/, 100],
    [/ prunes /, 60],
    [/ stale$/, 5],
    [/ skipped /, 30],
    [/ refused /, 20],
    [/ failed /, 20],
    [/ not run$/, 0],
    [/^exit 4$/, 5],
  ] as const)
    expect(lines.filter((line) => what.test(line)).length, String(what)).toBeGreaterThan(least);
});
