import type { FileProblem, SyncVerification, VerifyCounts, VerifyDocument } from '../../planner/model/verification.ts';
import type { Style } from '../style.ts';
import { findingLines } from '../findings.ts';
import { formatBytes, formatCount, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { wrap } from '../text/width.ts';

/** So many bad files of a sync are named; `--json` has a thousand. */
const NAMED = 20;

/** What became of each copy, and where what is bad lies. */
export function verifyText(document: VerifyDocument, style: Style): string {
  const safe = sanitised(document);
  const about = ({ name }: SyncVerification): string[] =>
    safe.findings.filter(({ sync }) => sync === name).flatMap((each) => findingLines(each, style, { excerpt: false }));
  const blocks = safe.syncs.map((sync) => `${[...syncLines(sync, style), ...about(sync)].join('\n')}\n`);
  return blocks.length === 0 ? 'Nothing to verify.\n' : blocks.join('\n');
}

/** One line that the next one overwrites. */
export function verifyProgressText(sync: string, { files, total }: VerifyCounts): string {
  const end = files < total ? '' : '\n';
  return `\r${sync}: ${formatCount(files)} of ${plural(total, 'file')}${end}`;
}

function syncLines(sync: SyncVerification, style: Style): string[] {
  const what = sync.snapshot === null ? sync.destination : `${sync.destination}, snapshot ${sync.snapshot}`;
  const title = wrap(`${sign(sync, style)} ${style.bold(sync.name)}: ${what}`, style.width, '', '  ');
  const reason = sync.reason === undefined ? [] : wrap(`${sync.reason} [${sync.code ?? ''}]`, style.width, '  ');
  if (sync.help !== undefined) reason.push(...wrap(`help: ${sync.help}`, style.width, '  ', '    '));
  if (sync.counts.total === 0 && reason.length > 0) return [...title, ...reason];
  if (sync.by !== undefined) return [...title, ...wrap(lookedAt(sync.by, sync), style.width, '  ')];
  return [
    ...title,
    ...reason,
    ...wrap(progress(sync), style.width, '  '),
    ...wrap(evidence(sync.counts), style.width, '  '),
    ...problems(sync, style),
  ];
}

function sign({ state, counts }: SyncVerification, style: Style): string {
  if (state === 'failed' || counts.bad > 0) return style.red('✗');
  return state === 'verified' ? style.green('✓') : style.yellow('-');
}

function progress({ state, counts, sample }: SyncVerification): string {
  const part = sample === null ? '' : ` (sample ${sample.part} of ${sample.of})`;
  const read = `${formatCount(counts.files)} of ${plural(counts.total, 'file')}${part} read, ${formatBytes(counts.bytes)}`;
  return state === 'partly' ? `${read}; the next verification goes on from there` : read;
}

function lookedAt(executor: string, { state }: SyncVerification): string {
  return state === 'partly'
    ? `${executor} was interrupted, and the next verification begins anew`
    : `${executor}, which keeps it, found it whole`;
}

function evidence({ recorded, sameAsSource, unknown, bad }: VerifyCounts): string {
  const parts = [
    ...(recorded > 0 ? [`${formatCount(recorded)} as they were copied`] : []),
    ...(sameAsSource > 0 ? [`${formatCount(sameAsSource)} as in the source, and recorded now`] : []),
    ...(unknown > 0
      ? [`${formatCount(unknown)} cannot be judged: nothing is recorded, and the source has changed since or is away`]
      : []),
    ...(bad > 0 ? [`${formatCount(bad)} bad`] : []),
  ];
  return parts.join('; ');
}

function problems({ problems: all, counts, path }: SyncVerification, style: Style): string[] {
  if (all.length === 0) return [];
  const lines = all
    .slice(0, NAMED)
    .flatMap((one) => wrap(`${one.path}: ${meaning(one)}`, style.width, `  ${style.red('✗')} `, '      '));
  const more = counts.bad > NAMED ? [`    and ${plural(counts.bad - NAMED, 'other')}: see --json`] : [];
  return [...lines, ...more, ...wrap(`They are in ${path ?? ''}. ${WAY_ON}`, style.width, '  ')];
}

const WAY_ON =
  'Snapshots that share a file by a hard link share the damage. What the source still has is copied anew when the sync runs once with rsync.checksum = true. Then look at the health of the drive.';

function meaning({ problem, source }: FileProblem): string {
  if (problem === 'unreadable') return 'cannot be read';
  if (problem === 'missing') return 'missing, though the source has had it since before this copy';
  if (problem === 'extra') return 'not in the source, and was not there when this copy was made';
  if (problem === 'changed') return 'of another kind, size, time or target than in the source, which has not changed';
  if (problem === 'differs')
    return 'not as in the source, although size and time are; nothing says which of the two is right';
  const still =
    source === 'intact'
      ? 'the source still has what was copied'
      : source === 'changed'
        ? 'the source has something else by now'
        : 'the source does not have it, or is away';
  return `rotten: not what was copied; ${still}`;
}
