import { pruneParams, type PruneParams } from '../../planner/kinds/prune/planning.ts';
import type { Prunable } from '../../planner/model/facts.ts';
import type { Range } from '../../planner/model/range.ts';
import type { Step } from '../../planner/model/step.ts';
import { LineSplitter } from '../transport/lines.ts';
import type { Transport } from '../transport/transport.ts';

/**
 * Counts what a prune would give back, and writes nothing. Of hard-linked snapshots that is what no other directory has a
 * link to, as find(1) of GNU tells; of subvolumes, which share extents, it is between what is theirs alone and all of it
 * (btrfs-filesystem(8), du).
 *
 * @param runner runs commands on the host of the step
 * @returns null for a step that removes nothing, and when it could not be counted
 */
export async function countPrunable(step: Step, runner: Pick<Transport, 'run'>): Promise<Prunable | null> {
  const params = pruneParams(step);
  if (params === null || params.remove.length === 0) return null;
  const pathsOf = (kind: PruneParams['remove'][number]['kind']): string[] =>
    params.remove.filter((each) => each.kind === kind).map(({ name }) => `${params.root}/snapshots/${name}`);
  const counted = [await unlinked(pathsOf('directory'), runner), await exclusive(pathsOf('subvolume'), runner)];
  let [low, high] = [0, 0];
  for (const range of counted) {
    if (range === null) return null;
    low += range.low;
    high += range.high;
  }
  // The snapshot that comes before will share what the latest one has.
  if (params.remove.some(({ name }) => name === params.previous)) low = 0;
  return { snapshots: params.remove.map(({ name }) => name), bytes: { low, high } };
}

const BLOCK = 512;

async function unlinked(paths: readonly string[], runner: Pick<Transport, 'run'>): Promise<Range | null> {
  if (paths.length === 0) return { low: 0, high: 0 };
  const linksLeft = new Map<string, number>();
  let bytes = 0;
  const output = new LineSplitter((line) => {
    const [inode = '', links = '', blocks = ''] = line.split(' ');
    const left = (linksLeft.get(inode) ?? Number(links)) - 1;
    if (left === 0) bytes += Number(blocks) * BLOCK;
    if (left === 0) linksLeft.delete(inode);
    else linksLeft.set(inode, left);
  });
  const argv = ['find', ...paths, '-xdev', '!', '-type', 'd', '-printf', '%i %n %b\\n'];
  const { code } = await runner.run(argv, { onStdout: (chunk) => output.write(chunk) });
  output.end();
  return code === 0 ? { low: bytes, high: bytes } : null;
}

async function exclusive(paths: readonly string[], runner: Pick<Transport, 'run'>): Promise<Range | null> {
  if (paths.length === 0) return { low: 0, high: 0 };
  const sum = { low: 0, high: 0 };
  const output = new LineSplitter((line) => {
    const [, total, own] = /^\s*(\d+)\s+(\d+)\s/.exec(line) ?? [];
    if (total === undefined || own === undefined) return;
    sum.low += Number(own);
    sum.high += Number(total);
  });
  const argv = ['btrfs', 'filesystem', 'du', '-s', '--raw', ...paths];
  const { code } = await runner.run(argv, { onStdout: (chunk) => output.write(chunk) });
  output.end();
  return code === 0 ? sum : null;
}

/** The snapshots of a step's sync that would go after its success, but for the latest, and what that frees; null: not known. */
export async function prunableLater(
  { sync, host }: Pick<Step, 'sync' | 'host'>,
  steps: readonly Step[],
  runner: Pick<Transport, 'run'>,
): Promise<{ snapshots: string[]; bytes: Range | null }> {
  const planned = steps.find((other) => other.kind === 'prune' && other.sync === sync && other.host === host);
  const params = planned === undefined ? null : pruneParams(planned);
  if (planned === undefined || params === null) return { snapshots: [], bytes: null };
  const remove = params.remove.filter(({ name }) => name !== params.previous).map((each) => ({ ...each }));
  const counted = await countPrunable({ ...planned, params: { ...params, remove } }, runner);
  return { snapshots: remove.map(({ name }) => name), bytes: counted?.bytes ?? null };
}
