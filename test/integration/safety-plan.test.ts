import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryDocument } from '../../src/planner/model/documents.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Backup, type BackupOptions } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import type { Mode } from '../support/transfer.ts';
import { growTree, stateOf } from '../support/tree.ts';

let dir: TempDir;
let places = 0;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

function backup(options: Partial<BackupOptions> = {}): Backup {
  places += 1;
  const mode = options.mode ?? 'hard-link';
  const drive = options.drive === undefined ? {} : { drive: join(options.drive, String(places)) };
  return new Backup(join(dir.path, String(places)), { ...options, mode, ...drive });
}

/** With everything in it that a plan can be about: a history, things to copy, to delete, to prune and to finish. */
function eventful(mode: Mode, drive?: string): Backup {
  const keep = mode === 'none' ? '' : 'snapshots.keep.last = 1';
  const subject = backup({ mode, sync: keep, ...(drive === undefined ? {} : { drive }) });
  subject.many(40);
  growTree(subject.source);
  subject.run(0);
  if (mode !== 'none') subject.run(0, '--no-prune');
  subject.write({ f0: 'changed', new: 'new' });
  for (const name of ['f1', 'f2', 'linked']) rmSync(join(subject.source, name));
  return subject;
}

/** All that exists in the sandbox and on the drive; nothing else can be written to without leaving a trace in /. */
async function world(subject: Backup): Promise<string[]> {
  const { root } = subject.sandbox;
  const elsewhere = subject.drive.startsWith(`${root}/`) ? [] : await stateOf(subject.drive);
  return [...(await stateOf(root)), ...elsewhere];
}

const LOOKING = [
  ['plan'],
  ['plan', '--files'],
  ['plan', '--files', '--json'],
  ['plan', '--commands', '--detailed-exitcode'],
  ['plan', '--allow-destructive'],
  ['run', '--dry-run'],
  ['apply'],
  ['status'],
  ['check'],
  ['graph'],
  ['snapshots', 'list'],
  ['history'],
  ['spec', 'show'],
  ['prepare'],
  ['recover'],
  ['restore', 'documents', '--to', 'ROOT/back'],
  ['snapshots', 'prune'],
];

function changesNothing(mode: Mode, commands: readonly string[][], drive: () => string | undefined): void {
  // The last test alone changes it.
  let subject: Backup;
  beforeAll(() => {
    subject = eventful(mode, drive());
  });

  it('changes nothing anywhere, however it is looked at', async () => {
    const before = await world(subject);
    for (const words of commands) {
      const args = words.map((word) => word.replace('ROOT', subject.sandbox.root));
      const { code, stderr } = subject.sandbox.nbkp(...args);
      expect([args, [0, 2, 3].includes(code ?? -1) || stderr]).toEqual([args, true]);
      expect([args, await world(subject)]).toEqual([args, before]);
    }
  });

  it('is the same a second time, but for the time of its making and the room there was then', () => {
    for (const flags of [[], ['--files']]) {
      const [first, second] = [subject.plan(...flags), subject.plan(...flags)];
      expect(second.id).toBe(first.id);
      expect(second).toEqual({ ...first, createdAt: second.createdAt, forecast: second.forecast });
    }
  });

  it('is what then happens, and nothing more', async () => {
    const plan = subject.plan('--files');
    const estimate = plan.steps.find(({ kind }) => kind === 'transfer')?.estimate;
    expect(estimate).toMatchObject({ files: 2, bytes: 10 });
    const record = subject.run(0);
    expect(record.steps.map(({ id }) => id)).toEqual(plan.steps.map(({ id }) => id));
    expect(record.syncs).toMatchObject([{ files: 2, bytes: 10, deleted: mode === 'hard-link' ? 0 : 3 }]);
    const pruned = plan.syncs[0]?.retention.filter(({ verdict }) => verdict === 'prune').map(({ name }) => name);
    expect(record.syncs[0]?.pruned).toEqual(pruned);
    const counted = mode === 'none' ? { low: 0, high: 0 } : expect.objectContaining({ low: 0 });
    expect(plan.forecast).toMatchObject([{ pruned: { snapshots: pruned?.length, bytes: counted as unknown } }]);
    // The run made no dry run, so it went by the run before.
    expect(record.syncs[0]?.predicted).toMatchObject({ basis: 'last-run' });
    expect(subject.sandbox.nbkp('history', record.run).stdout).toMatch(/2 files, 10 B\b.*\d+ files, .* the last time/s);
    const { source, restored } = await subject.roundTrip();
    expect(restored).toEqual(source);
  });
}

describe('a plan without snapshots', () => changesNothing('none', [['plan', '--files']], () => undefined));

describe('a plan with hard-link snapshots', () => changesNothing('hard-link', LOOKING, () => undefined));

describeWithMounts('a plan with btrfs snapshots', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());
  changesNothing(
    'btrfs',
    [
      ['plan', '--files'],
      ['snapshots', 'prune'],
    ],
    () => btrfs.path,
  );
});

describe('--json', () => {
  let subject: Backup;
  beforeAll(() => {
    subject = eventful('hard-link');
    subject.sandbox.save();
  });
  beforeEach(() => subject.sandbox.reset());

  /** One document is what JSON.parse accepts; text before or after it is an error. */
  function document(...args: string[]): unknown {
    const { stdout, stderr } = subject.sandbox.nbkp(...args, '--json');
    try {
      return JSON.parse(stdout);
    } catch (error) {
      throw new Error(`${args.join(' ')}: ${String(error)}\n${stdout}\n${stderr}`);
    }
  }

  it('is one document on standard output, whatever the command and however it ends', () => {
    const ok = [...LOOKING.filter(([command]) => !['graph', 'apply'].includes(command ?? '')), ['executors']];
    const bad = [
      ['plan', '--only', 'typo'],
      ['run', '--nonsense'],
      ['restore', 'documents@1999', '--to', '/tmp/x'],
      ['nothing'],
    ];
    const unanswered = [['apply'], ['restore', 'documents', '--to', 'ROOT/back']];
    for (const words of [...ok, ...bad, ...unanswered]) {
      const args = words.filter((word) => word !== '--json').map((word) => word.replace('ROOT', subject.sandbox.root));
      expect(document(...args)).toBeInstanceOf(Object);
    }
    subject.sandbox.writeSpec('version = 1\nnonsense = true\n');
    expect(document('plan')).toMatchObject({ findings: [{ severity: 'error' }] });
  });

  it('fits the published schemas: plans, and records of runs that went well, failed or were skipped', () => {
    const events = join(subject.sandbox.root, 'events.ndjson');
    const documents: [string, unknown][] = [
      ['plan', document('plan', '--files')],
      ['plan', document('run', '--dry-run')],
      ['run', document('run', '--events', events)],
    ];
    symlinkSync('/nowhere', join(subject.source, 'dangling link'));
    subject.respec({ mode: 'hard-link', sync: 'rsync.extra-options = ["-L"]\non-failure = [["false"]]' });
    documents.push(['run', document('run', '--events', events)]);
    rmSync(join(subject.source, '.nbkp-src'));
    documents.push(['plan', document('plan')], ['run', document('run', '--events', events)]);
    for (const [schema, value] of documents) expect(schemaErrors(schema, value)).toEqual([]);
    const [run] = (document('history') as HistoryDocument).runs;
    expect(schemaErrors('run', document('history', run?.run ?? ''))).toEqual([]);

    const lines = subject.read('events.ndjson').trimEnd().split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as { type: string });
    expect(parsed.flatMap((event) => schemaErrors('event', event))).toEqual([]);
    const types = parsed.map(({ type }) => type);
    expect(types.filter((type) => type === 'run-started')).toHaveLength(3);
    expect(types.filter((type) => type === 'run-finished')).toHaveLength(3);
    expect(new Set(types)).toEqual(
      new Set([
        'run-started',
        'step-started',
        'step-output',
        'step-finished',
        'sync-finished',
        'run-finished',
        ...types.filter((type) => type === 'step-progress'),
      ]),
    );
  });

  it('fits the schema of plans when it comes from --out, and show reads it', () => {
    const file = join(subject.sandbox.root, 'a plan');
    const shown = JSON.parse(subject.sandbox.nbkp('plan', '--out', file, '--json').stdout) as Plan;
    expect(JSON.parse(subject.read('a plan'))).toEqual(shown);
    expect(schemaErrors('plan', shown)).toEqual([]);
    expect(subject.sandbox.nbkp('show', file).code).toBe(0);
    expect(existsSync(join(subject.sandbox.root, 'back'))).toBe(false);
  });
});
