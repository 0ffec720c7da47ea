import type { ExecutorQuestion, SourceSnapshot, SourceSnapshotInput } from '../../model/executor.ts';
import type { EndpointFacts, InnerMount } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import * as findings from '../../model/findings/source-snapshots.ts';
import { pointer } from '../../model/pointer.ts';
import { endpointKey, hostAt, type Sync } from '../../model/spec.ts';
import type { Step } from '../../model/step.ts';
import type { KnownSync } from '../../model/known.ts';
import { sourcePreconditions } from '../rsync/preconditions.ts';
import {
  FOLDER,
  NO_SUBVOLUME,
  removeCommand,
  sourceSnapshotCommands,
  SURVEY,
  WALK,
  type SourceSnapshotParams,
} from './commands.ts';
import {
  FOR_THIS_TRANSFER,
  isAnswered,
  leftOut,
  mountsRead,
  noFolder,
  sourceStep,
  staysApart,
  stopped,
  WHAT_IS_LEFT,
  wholeOf,
} from './common.ts';

const QUESTION = 'source';
/** A large folder that nobody has read for long takes its time, as the transfer does that reads it next. */
const PATIENCE_MS = 120_000;

/** What has to be known of a source on btrfs: its subvolume, and those below it. */
export function questionsAboutSource({ spec, facts, sync }: KnownSync): ExecutorQuestion[] {
  const source = facts.endpoints[endpointKey(sync.source)];
  if (sync.sourceSnapshot !== 'btrfs' || source?.directory?.mount?.fsType !== 'btrfs') return [];
  const apart = (source.mounts ?? []).flatMap(({ mount }) => ['-o', '-path', pattern(mount.target)]);
  const argv = ['sh', '-c', SURVEY, 'sh', source.directory.realPath, WALK, ...apart];
  return [{ id: QUESTION, host: hostAt(spec, sync.source.volume), argv, timeoutMs: PATIENCE_MS }];
}

/** To find(1) a path is a pattern. */
function pattern(path: string): string {
  return path.replace(/[*?[\]\\]/g, '\\$&');
}

/** Nothing on another file system, where no snapshot can be made of it: why is told by the plan. */
export function prepareSource({ path, leftovers, directory }: EndpointFacts): string[][] {
  const isElsewhere = directory?.mount != null && directory.mount.fsType !== 'btrfs';
  return isElsewhere || leftovers.includes(FOLDER) ? [] : [['mkdir', '-m', '700', `${path}/${FOLDER}`]];
}

/** Whatever has the lock of its name is its user, so that what is there without one is nobody's. */
export function cleanUpSource({ directory, leftovers }: EndpointFacts, { name }: Sync): string[][] {
  const isElsewhere = directory?.mount != null && directory.mount.fsType !== 'btrfs';
  if (directory === null || isElsewhere || !leftovers.includes(`${FOLDER}/${name}`)) return [];
  return [removeCommand(`${directory.realPath}/${FOLDER}`, name)];
}

/** A subvolume, and who owns it. */
interface Subvolume {
  uid: number;
  path: string;
}

interface Survey {
  root: Subvolume;
  inner: Subvolume[];
}

/** The steps that make a snapshot of the source's subvolume and remove it, and where the transfer reads in it. */
export function planSource(input: SourceSnapshotInput): SourceSnapshot {
  const { source, sync } = input;
  const folder = `${source.directory.realPath}/${FOLDER}`;
  if (!isAnswered(input))
    return snapshotOf(input, { folder, subvolume: source.directory.realPath, inner: [], unread: [] });
  const survey = surveyOf(input);
  if ('finding' in survey) return stopped(sync, survey.finding);
  const apart = staysApart(sync);
  const isLeftOut = leftOut(sync.filters, source.directory.realPath);
  const inner = survey.inner.filter(({ path }) => !isLeftOut(path));
  const missing = apart ? [] : mountsRead(sync.filters, source);
  const wanted = apart ? [] : inner;
  const problem = unfit(input, { root: survey.root, inner: wanted }, missing);
  if (problem !== null) return stopped(sync, problem);
  const unread = apart ? null : survey.inner.filter(({ path }) => isLeftOut(path)).map(({ path }) => path);
  const paths = wanted.map(({ path }) => path);
  const taken = snapshotOf(input, { folder, subvolume: survey.root.path, inner: paths, unread });
  const told = paths.length === 0 ? [] : [findings.sourceSnapshotInner({ source: endpointKey(sync.source), paths })];
  return { ...taken, findings: told };
}

function surveyOf(input: SourceSnapshotInput): Survey | { finding: Finding } {
  const { sync, source, host, facts } = input;
  const about = { source: endpointKey(sync.source), path: source.path };
  const fsType = source.directory.mount?.fsType ?? 'unknown';
  if (fsType !== 'btrfs') return { finding: findings.sourceSnapshotFileSystem({ ...about, fsType }) };
  if (!host.btrfs) return { finding: findings.sourceSnapshotBtrfsMissing() };
  const unprepared = noFolder(source, sync);
  if (unprepared !== null) return { finding: unprepared };
  const answer = facts.answers?.['btrfs']?.[sync.name]?.[QUESTION];
  if (answer?.code === NO_SUBVOLUME) return { finding: findings.sourceSnapshotNoSubvolume(about) };
  const survey = answer === undefined ? null : parseSurvey(answer.stdout);
  if (answer?.code === 0 && survey !== null) return survey;
  const why = answer?.problem ?? 'the answer was not complete';
  return { finding: findings.sourceSnapshotUnknown({ ...about, why }) };
}

/** Null for an answer that is not whole, or holds what is not UTF-8. */
function parseSurvey(text: string): Survey | null {
  const words = text.split('\0');
  if (words.at(-2) !== 'end' || text.includes('\uFFFD')) return null;
  const found = words.slice(0, -2).flatMap((word) => {
    const [, kind = '', uid = '', path = ''] = /^(root|inner) (\d+) (\/.*)$/s.exec(word) ?? [];
    return kind === '' ? [] : [{ kind, uid: Number(uid), path }];
  });
  const root = found.find(({ kind }) => kind === 'root');
  return root === undefined ? null : { root, inner: found.filter(({ kind }) => kind === 'inner') };
}

function unfit(
  { sync, source, host }: SourceSnapshotInput,
  { root, inner }: Survey,
  mounts: InnerMount[],
): Finding | null {
  if (mounts.length > 0) {
    const targets = mounts.map(({ mount }) => mount.target);
    return findings.sourceSnapshotMounts({ source: endpointKey(sync.source), targets });
  }
  if (host.uid === 0) return null;
  const foreign = [root, ...inner].find(({ uid }) => uid !== host.uid);
  if (foreign !== undefined) return findings.sourceSnapshotNotAllowed({ subvolume: foreign.path, target: null });
  const { mount } = source.directory;
  if (mount === null || mount.options.includes('user_subvol_rm_allowed')) return null;
  return findings.sourceSnapshotNotAllowed({ subvolume: root.path, target: mount.target });
}

type Taken = Pick<SourceSnapshotParams, 'folder' | 'subvolume' | 'inner' | 'unread'>;

function snapshotOf(input: SourceSnapshotInput, { folder, subvolume, inner, unread }: Taken): SourceSnapshot {
  const { sync, source } = input;
  const known = isAnswered(input);
  const name = sync.name;
  const top = subvolume === '/' ? '' : subvolume;
  const there = (path: string): string => `${folder}/${name}${path.slice(top.length)}`;
  const { realPath } = source.directory;
  const path = there(realPath === '/' ? '' : realPath);
  const replaces = !known || source.leftovers.includes(`${FOLDER}/${name}`);
  const params: SourceSnapshotParams = {
    ...{ kind: 'source-snapshot', folder, name, subvolume, inner, source: path, replaces },
    unread: unread?.map(there) ?? null,
    whole: wholeOf(sync),
  };
  const make = step(input, params);
  const remove = step(input, {
    ...params,
    kind: 'source-release',
    inner: [],
    unread: null,
    whole: null,
    replaces: false,
  });
  return {
    make: [{ ...make, preconditions: known ? relied(input) : [] }],
    remove: [{ ...remove, releases: make.id }],
    path,
    findings: [],
  };
}

function step(input: SourceSnapshotInput, params: SourceSnapshotParams): Step {
  const key = endpointKey(input.sync.source);
  const left = params.replaces ? WHAT_IS_LEFT : '';
  const words =
    params.kind === 'source-snapshot'
      ? {
          summary: `make a read-only snapshot of ${key} to copy from`,
          reason: `${left}source-snapshot = "btrfs"`,
        }
      : { summary: `remove the snapshot of ${key}`, reason: FOR_THIS_TRANSFER };
  return sourceStep(input, 'btrfs', { ...words, commands: sourceSnapshotCommands(params), params: { ...params } });
}

/** The source is what was planned, and holds the same subvolumes. */
function relied(input: SourceSnapshotInput): Step['preconditions'] {
  const { sync, facts } = input;
  const place = ['answers', 'btrfs', sync.name, QUESTION, 'stdout'];
  return [
    ...sourcePreconditions(input),
    {
      fact: pointer(...place),
      check: 'equals',
      value: facts.answers?.['btrfs']?.[sync.name]?.[QUESTION]?.stdout ?? null,
      description: `the subvolumes in ${endpointKey(sync.source)}`,
    },
  ];
}
