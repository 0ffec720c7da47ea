import { execFileSync } from 'node:child_process';
import { renameSync, utimesSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StepResult } from '../../src/executors/contract.ts';
import { observe } from '../../src/hosts/observe/observe.ts';
import { applySnapshot } from '../../src/executors/kinds/snapshot/apply.ts';
import { applyTransfer } from '../../src/executors/kinds/rsync/apply.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { btrfsPlanning } from '../../src/planner/kinds/btrfs/planning.ts';
import { hardLinkPlanning } from '../../src/planner/kinds/hard-link/planning.ts';
import { rsyncPlanning } from '../../src/planner/kinds/rsync/planning.ts';
import { questionsFor } from '../../src/planner/facts/questions.ts';
import type { SyncPlanning, TransferTarget } from '../../src/planner/model/executor.ts';
import type { EndpointFacts, Facts, SyncHistory } from '../../src/planner/model/facts.ts';
import type { Finding } from '../../src/planner/model/finding.ts';
import type { Spec, Sync } from '../../src/planner/model/spec.ts';
import type { Step } from '../../src/planner/model/step.ts';
import { stepContext, type ContextOptions, type RecordedContext } from './step-context.ts';

export type Mode = 'none' | 'hard-link' | 'btrfs';

/** Works with a drive in memory that is soon full. Needs root. @param options of mount(8) */
export async function withFullDrive(path: string, options: string, work: () => Promise<void>): Promise<void> {
  await mkdir(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  try {
    await work();
  } finally {
    execFileSync('umount', [path]);
  }
}

export interface Planned {
  step: Step;
  snapshot: Step | null;
  facts: Facts;
}

export interface Ended {
  result: StepResult;
  context: RecordedContext;
  codes: string[];
}

const SIZES = {
  maxDelete: { percent: 25, files: null },
  maxPrune: null,
  minFree: null,
  maxAge: null,
  parallel: null,
  onBattery: null,
  metered: null,
};

export function syncOf(mode: Mode, changes: Partial<Sync> = {}): Sync {
  return {
    name: 'photos',
    source: { volume: 'laptop', subdir: 'Pictures' },
    destination: { volume: 'usb', subdir: 'photos' },
    enabled: true,
    snapshots: { mode, keep: null, when: 'always' },
    filters: [],
    filterFile: null,
    rsync: { compress: false, checksum: false, bandwidth: null, delete: true, options: null, extraOptions: [] },
    transfer: 'rsync',
    maxAge: null,
    tolerate: [24],
    timeout: null,
    before: [],
    after: [],
    onFailure: [],
    priority: 'normal',
    sourceSnapshot: null,
    policy: SIZES,
    settings: {},
    ...changes,
  };
}

/** An option that nobody has tried with lists, and that does nothing here: passes look at everything. */
export const BY_PASSES: Sync['rsync'] = { ...syncOf('none').rsync, extraOptions: ['--stats'] };

export function specOf(sync: Sync, volumes: Record<string, string>): Spec {
  const local = (name: string, path: string) => ({
    name,
    path,
    ssh: null,
    host: 'local',
    mount: null,
    description: null,
  });
  return {
    path: 'nbkp.toml',
    digest: `sha256:${'0'.repeat(64)}`,
    volumes: Object.fromEntries(Object.entries(volumes).map(([name, path]) => [name, local(name, path)])),
    syncs: { [sync.name]: sync },
    ssh: {},
    credentials: { provider: 'keyring', command: null, directory: null },
    policy: SIZES,
    positions: {},
    lines: [],
    settings: {},
    findings: [],
  };
}

/** Mode `none`: straight into the destination. */
export function plainTarget(destination: EndpointFacts): TransferTarget {
  const nothing = { linkDest: null, compareWith: null, compareSnapshot: null, prepare: [], cleanUp: [] };
  return { path: destination.path, ...nothing, scratch: false, resumes: false };
}

/** A real source and destination with one sync between them, planned and run through the real parts. */
export class TransferWorld {
  readonly source: string;
  readonly destination: string;
  readonly transport = localTransport();
  history: Record<string, SyncHistory> = {};

  private constructor(
    readonly root: string,
    readonly usb: string,
    public sync: Sync,
  ) {
    this.source = join(root, 'laptop/Pictures');
    this.destination = join(usb, 'photos');
  }

  /** @param usb the destination volume; default a folder in `root` */
  static async make(root: string, mode: Mode, changes: Partial<Sync> = {}, usb = join(root, 'usb')) {
    const world = new TransferWorld(root, usb, syncOf(mode, changes));
    await mkdir(world.source, { recursive: true });
    await mkdir(world.destination, { recursive: true });
    await world.files({ [join(root, 'laptop/.nbkp-vol')]: '', [join(usb, '.nbkp-vol')]: '' });
    await world.files({ '.nbkp-src': '', [join(world.destination, '.nbkp-dst')]: '' });
    if (mode === 'none') return world;
    await mkdir(join(world.destination, 'snapshots'));
    await symlink('/dev/null', join(world.destination, 'latest'));
    if (mode === 'btrfs') {
      await world.transport.run(['btrfs', 'subvolume', 'create', join(world.destination, 'staging')]);
    }
    return world;
  }

  /** Writes files; relative paths count from the source. */
  async files(content: Record<string, string>): Promise<void> {
    const write = async ([path, text]: [string, string]): Promise<void> => {
      const full = path.startsWith('/') ? path : join(this.source, path);
      await mkdir(dirname(full), { recursive: true });
      await writeFile(full, text);
    };
    await Promise.all(Object.entries(content).map(write));
  }

  /** Writes `prefix0`, `prefix1`, … into the source. */
  async many(count: number, prefix = 'f', text = 'x'): Promise<void> {
    await this.files(Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, text])));
  }

  move(from: string, to: string): void {
    renameSync(join(this.source, from), join(this.source, to));
  }

  /** Removes `f0`, `f1`, … from the source or another folder. */
  async removeMany(count: number, folder = this.source): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, index) => rm(join(folder, `f${index}`))));
  }

  async observe(): Promise<Facts> {
    const questions = questionsFor(this.spec());
    const facts = await observe(questions, { local: this.transport, specPath: join(this.root, 'nbkp.toml') });
    return { ...facts, history: this.history };
  }

  spec(): Spec {
    return specOf(this.sync, { laptop: join(this.root, 'laptop'), usb: this.usb });
  }

  async plan(): Promise<Planned> {
    const { step, findings, ...rest } = await this.attempt();
    if (step === null) throw new Error(`not planned: ${findings.map(({ message }) => message).join(' ')}`);
    return { step, ...rest };
  }

  async attempt(): Promise<{ step: Step | null; snapshot: Step | null; facts: Facts; findings: Finding[] }> {
    const facts = await this.observe();
    const source = facts.endpoints['laptop:Pictures'];
    const destination = facts.endpoints['usb:photos'];
    const host = facts.hosts['local'];
    if (source === undefined || destination === undefined || host?.reachable !== true) throw new Error('not there');
    const input: SyncPlanning = {
      ...{ spec: this.spec(), facts, sync: this.sync, host, hostId: 'local', sourcePath: this.source },
      ...{ source, destination, prune: true, allowDestructive: false },
    };
    const modes = { none: null, 'hard-link': hardLinkPlanning.snapshots, btrfs: btrfsPlanning.snapshots };
    const snapshots = modes[this.sync.snapshots.mode as Mode] ?? null;
    const { target, findings } = snapshots?.target(input) ?? { target: plainTarget(destination), findings: [] };
    const planned = rsyncPlanning.planTransfer?.(input, target) ?? { steps: [], findings: [] };
    const snapshot = snapshots?.snapshot(input).steps[0] ?? null;
    return { step: planned.steps[0] ?? null, snapshot, facts, findings: [...findings, ...planned.findings] };
  }

  async apply(planned: Planned, options: Partial<ContextOptions> = {}): Promise<Ended> {
    const { transport } = this;
    const { step, facts } = planned;
    const context = stepContext(step, { transport, facts, observe: () => this.observe(), ...options });
    const result = await applyTransfer(step, context);
    return { result, context, codes: result.findings.map(({ code }) => code) };
  }

  /** Plans and transfers, and makes the snapshot when that succeeded. */
  async run(options: Partial<ContextOptions> = {}): Promise<Ended & { snapshot: string | null }> {
    const planned = await this.plan();
    const ended = await this.apply(planned, options);
    if (planned.snapshot === null || ended.result.outcome !== 'done') return { ...ended, snapshot: null };
    const values = ended.result.values ?? {};
    const { transport } = this;
    const made = await applySnapshot(
      planned.snapshot,
      stepContext(planned.snapshot, { transport, facts: planned.facts, observe: () => this.observe(), values }),
    );
    if (made.outcome !== 'done') throw new Error(made.findings.map(({ message }) => message).join(' '));
    const name = made.changes?.snapshot ?? '';
    const entries = ended.result.changes?.entries ?? null;
    const at = new Date().toISOString();
    this.history = {
      photos: {
        lastRun: { run: 'r', outcome: 'succeeded', at },
        lastSuccess: { run: 'r', at, snapshot: name, entries, mountTarget: null },
      },
    };
    return { ...ended, snapshot: join(this.destination, 'snapshots', name) };
  }
}

/** Sets the time of files, so that size and time do not tell them from each other. */
export function alike(folder: string, ...names: string[]): void {
  for (const name of names) utimesSync(join(folder, name), 1_700_000_000, 1_700_000_000);
}

/** Sets the time of folders back, as if for a while nothing had been changed in any of them. */
export function settle(folder: string): void {
  const set = ['-exec', 'touch', '-h', '-d', '10 seconds ago', '{}', '+'];
  execFileSync('find', [folder, '-type', 'd', '-newermt', '10 seconds ago', ...set]);
}

/** Sets the time of a folder ahead, as if there was no moment without a change in it. */
export function inUse(folder: string): void {
  const time = new Date(Date.now() + 3_600_000);
  utimesSync(folder, time, time);
}
