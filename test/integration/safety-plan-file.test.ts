import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FindingsDocument } from '../../src/planner/model/documents.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { planId } from '../../src/planner/plan-file/id.ts';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { stateOf } from '../support/tree.ts';

let dir: TempDir;
let subject: Backup;
let file: string;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
  subject.write({ a: 'first', b: 'first' });
  subject.run(0);
  subject.run(0, '--no-prune');
  subject.write({ a: 'second version', b: 'second version' });
  subject.sandbox.save();
});

afterAll(() => dir.remove());

const world = () => stateOf(subject.sandbox.root);

async function expectRefused(code: number, ...findings: object[]): Promise<void> {
  const before = await world();
  const answer = subject.expectCode(code, subject.sandbox.nbkp('apply', file, '--yes', '--json'));
  expect((JSON.parse(answer.stdout) as FindingsDocument).findings).toMatchObject(findings);
  expect(await world()).toEqual(before);
}

const stale = (text: RegExp): object => ({ code: 'plan-stale', message: expect.stringMatching(text) });

describe('apply PLAN_FILE', () => {
  beforeEach(() => {
    subject.sandbox.reset();
    file = join(subject.sandbox.root, 'monday.plan');
    // Copies two files, names a snapshot and prunes another. It knows folders by inodes, which are others each time.
    subject.expectCode(0, subject.sandbox.nbkp('plan', '--out', file));
  });

  it('runs exactly that plan, and refuses it a second time', async () => {
    const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
    const pruned = plan.syncs[0]?.retention.filter(({ verdict }) => verdict === 'prune').map(({ name }) => name);
    const answer = subject.expectCode(0, subject.sandbox.nbkp('apply', file, '--yes', '--json'));
    const record = JSON.parse(answer.stdout) as RunRecord;
    expect(record).toMatchObject({ plan: plan.id, syncs: [{ outcome: 'succeeded', files: 2, pruned }] });
    const { source, restored } = await subject.roundTrip();
    expect(restored).toEqual(source);
    await expectRefused(3, { code: 'plan-consumed', message: expect.stringContaining(record.startedAt.slice(0, 13)) });
    const copy = `${file}-copy`;
    copyFileSync(file, copy);
    file = copy;
    await expectRefused(3, { code: 'plan-consumed' });
  });

  it('refuses when it says that it was made by a clock that is ahead of this one', async () => {
    const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
    writeFileSync(file, JSON.stringify({ ...plan, createdAt: new Date(Date.now() + 3_600_000).toISOString() }));
    await expectRefused(3, { code: 'plan-from-future' });
    writeFileSync(file, JSON.stringify({ ...plan, createdAt: new Date(Date.now() + 300_000).toISOString() }));
    subject.expectCode(0, subject.sandbox.nbkp('apply', file, '--yes'));
  });

  it('refuses when another run has made a snapshot meanwhile, and names both', async () => {
    const was = subject.latest().slice('snapshots/'.length);
    subject.run(0, '--no-prune');
    const is = subject.latest().slice('snapshots/'.length);
    const both = new RegExp(`latest of usb:documents.*${was}.*${is}`);
    await expectRefused(3, stale(both), stale(both));
  });

  it('refuses when a sentinel is gone, in the source or in the destination', async () => {
    const source = join(subject.source, '.nbkp-src');
    rmSync(source);
    await expectRefused(3, stale(/the source sentinel of laptop:Documents was true and is now false/));
    writeFileSync(source, '');
    rmSync(join(subject.destination, '.nbkp-dst'));
    await expectRefused(3, stale(/the destination sentinel of usb:documents was true and is now false/));
  });

  it('skips what is on a drive that is not here, and still runs when the drive is back', () => {
    renameSync(subject.drive, `${subject.drive}-unplugged`);
    const answer = subject.expectCode(0, subject.sandbox.nbkp('apply', file, '--yes', '--json'));
    expect(answer.stderr).toContain('unverifiable: 4 steps');
    expect(JSON.parse(answer.stdout)).toMatchObject({ steps: [], syncs: [{ name: 'documents', outcome: 'skipped' }] });
    renameSync(`${subject.drive}-unplugged`, subject.drive);
    expect(subject.recordOf(0, subject.sandbox.nbkp('apply', file, '--yes', '--json'))).toMatchObject({
      syncs: [{ outcome: 'succeeded' }],
    });
  });

  it('runs the rest when one of two drives is not here', () => {
    const second = join(subject.sandbox.root, 'second');
    mkdirSync(second);
    subject.respec({
      mode: 'hard-link',
      more: `[volumes.second]\npath = ${JSON.stringify(second)}\n[syncs.again]\nsource = "laptop:Documents"\ndestination = "second:again"\n`,
    });
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    subject.expectCode(0, subject.sandbox.nbkp('plan', '--out', file));
    renameSync(second, `${second}-unplugged`);
    const answer = subject.sandbox.nbkp('apply', file, '--yes', '--json');
    expect(answer.stderr).toMatch(/unverifiable: 2 steps, .*transfer:again/s);
    const record = subject.recordOf(0, answer);
    expect(record.syncs.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['again', 'skipped'],
      ['documents', 'succeeded'],
    ]);
  });

  it('refuses when a symlink leads to another destination', async () => {
    const other = join(subject.sandbox.root, 'other');
    renameSync(subject.destination, other);
    symlinkSync(other, subject.destination);
    const moved = `is not run, because the real path of usb:documents was .*/usb/documents and is now ${other}`;
    await expectRefused(
      3,
      ...['transfer', 'snapshot', 'prune', 'record'].map((kind) => stale(new RegExp(`${kind}:documents ${moved}`))),
    );
  });

  it('refuses when a snapshot that it would prune is gone, or is something else', async () => {
    const [first = ''] = subject.snapshots();
    renameSync(subject.snapshot(first), join(subject.sandbox.root, 'moved'));
    await expectRefused(3, stale(new RegExp(`prune:documents .*snapshot ${first} of usb:documents was directory`)));
    writeFileSync(subject.snapshot(first), '');
    await expectRefused(3, stale(new RegExp(`snapshot ${first} of usb:documents was directory and is now file`)));
  });

  it('refuses when a partial snapshot has to be taken over that was not there', async () => {
    mkdirSync(subject.snapshot('.partial-2026-01-01T00:00:00.000Z'));
    await expectRefused(3, stale(/transfer:documents would be planned otherwise now/));
  });

  it('refuses when the spec means something else', async () => {
    writeFileSync(
      subject.sandbox.spec,
      `${readFileSync(subject.sandbox.spec, 'utf8')}\n[volumes.more]\npath = "/more"\n`,
    );
    await expectRefused(3, { code: 'plan-other-spec', message: expect.stringContaining(subject.sandbox.spec) });
  });

  it('is applied when the spec was only written otherwise', () => {
    const [top = '', ...tables] = readFileSync(subject.sandbox.spec, 'utf8').split(/^(?=\[)/m);
    writeFileSync(subject.sandbox.spec, [top, '# Why:\n', ...tables.toReversed()].join('\n'));
    const record = subject.recordOf(0, subject.sandbox.nbkp('apply', file, '--yes', '--json'));
    expect(record.syncs).toMatchObject([{ name: 'documents', outcome: 'succeeded' }]);
  });

  it.skipIf(process.getuid?.() !== 0)('refuses when another user wants to run it', () => {
    execFileSync('chown', ['-R', '65534:65534', subject.sandbox.root]);
    execFileSync('chmod', ['0755', dir.path]);
    const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const entries = subject.entries();
    const answer = subject.expectCode(3, subject.sandbox.nbkpThrough(asNobody, 'apply', file, '--yes'));
    expect(answer.stderr).toMatch(/root.*nobody|nobody.*root/s);
    expect(subject.entries()).toEqual(entries);
  });

  it.skipIf(process.getuid?.() !== 0)('names a spec that is trusted no more than one that was found', () => {
    const entries = subject.entries();
    execFileSync('chown', ['65534', subject.sandbox.spec]);
    const nameless = subject.sandbox.nbkpWith({ NBKP_SPEC: '' }, 'apply', file, '--yes');
    expect([nameless.code, nameless.stderr]).toEqual([65, expect.stringContaining('spec-writable-by-others')]);
    expect(subject.entries()).toEqual(entries);
  });

  it.skipIf(process.getuid?.() !== 0)('is not run when somebody else owns the file', () => {
    const entries = subject.entries();
    execFileSync('chown', ['65534', file]);
    const answer = subject.sandbox.nbkp('apply', file, '--yes');
    expect([answer.code, answer.stderr]).toEqual([65, expect.stringContaining('plan-file-exposed')]);
    expect(subject.entries()).toEqual(entries);
  });

  it('is shown and recorded as it is planned now, whatever else the file says', () => {
    const shown = subject.expectCode(3, subject.sandbox.nbkp('apply', file));
    const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
    plan.purpose = 'prune';
    const deleteLimit = { percent: 100, files: null };
    const estimate = { files: 0, bytes: 0, creates: 0, updates: 0, deletes: 0, basis: 'dry-run' };
    Object.assign(plan.steps[0]!, { summary: 'copy nothing', deleteLimit, awaits: ['usb'], estimate });
    const id = planId(plan);
    writeFileSync(file, JSON.stringify({ ...plan, id }));
    const edited = subject.expectCode(3, subject.sandbox.nbkp('apply', file));
    expect(edited.stdout).toBe(shown.stdout);
    const record = subject.recordOf(0, subject.sandbox.nbkp('apply', file, '--yes', '--json'));
    expect(record).toMatchObject({ plan: id, purpose: 'backup', syncs: [{ outcome: 'succeeded', files: 2 }] });
    expect(record.syncs[0]?.predicted?.basis).toBe('last-run');
  });

  it('gives no permission to destroy', () => {
    subject.many(100);
    subject.run(0);
    subject.emptySource();
    subject.write({ left: 'alone' });
    subject.expectCode(0, subject.sandbox.nbkp('plan', '--out', file));
    const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
    plan.request.allowDestructive = true;
    writeFileSync(file, JSON.stringify({ ...plan, id: planId(plan) }));
    const entries = subject.snapshots();
    subject.expectCode(3, subject.sandbox.nbkp('apply', file, '--yes'));
    expect(subject.snapshots()).toEqual(entries);
  });

  it('is stopped by the guards like any other', () => {
    subject.many(100);
    subject.run(0);
    subject.emptySource();
    subject.write({ left: 'alone' });
    subject.expectCode(0, subject.sandbox.nbkp('plan', '--out', file));
    const entries = subject.entries();
    subject.expectCode(3, subject.sandbox.nbkp('apply', file, '--yes'));
    expect(subject.snapshots()).toEqual(entries);
  });
});

describe('apply with a file that is not the plan that was shown', () => {
  let text: string;
  beforeAll(() => {
    subject.sandbox.reset();
    file = join(subject.sandbox.root, 'monday.plan');
    // Copies two files, names a snapshot and prunes another. It knows folders by inodes, which are others each time.
    subject.expectCode(0, subject.sandbox.nbkp('plan', '--out', file));
    text = readFileSync(file, 'utf8');
  });
  beforeEach(() => writeFileSync(file, text));

  const others = [['--allow-destructive'], ['--no-prune'], ['--no-mount'], ['--keep-mounted']];
  it.each([...others, ['--only', 'documents'], ['--exclude', 'documents']])(
    'cannot be told to be another plan: %s is a usage error',
    async (...flags) => {
      const before = await world();
      subject.expectCode(64, subject.sandbox.nbkp('apply', file, '--yes', ...flags));
      expect(await world()).toEqual(before);
    },
  );

  it('refuses a file that was changed, cut or is none (65)', async () => {
    writeFileSync(file, text.replace('"destructive": true', '"destructive": false'));
    await expectRefused(65, { code: 'plan-tampered' });
    writeFileSync(file, text);
    truncateSync(file, Math.floor(text.length / 2));
    await expectRefused(65, { code: 'plan-truncated' });
    writeFileSync(file, '[1]');
    await expectRefused(65, { code: 'plan-invalid' });
    rmSync(file);
    await expectRefused(65, { code: expect.stringMatching(/^plan-/) });
  });

  /** Somebody who can count digests can make any file; what it says is still not what the planner makes. */
  it.each<[string, string, (plan: Plan) => void]>([
    ['a command', 'plan-path-outside', ({ steps }) => void steps[0]?.commands[0]?.push('/etc')],
    [
      'a command with its params',
      'plan-path-outside',
      ({ steps }) =>
        void Object.assign(steps[0] ?? {}, {
          commands: [['rm', '-rf', '/x']],
          kind: 'command',
          executor: { name: 'command', version: '1.0.0' },
          params: { commands: [['rm', '-rf', '/x']] },
        }),
    ],
    ['a precondition less', 'plan-stale', ({ steps }) => void steps[0]?.preconditions.pop()],
    ['a command that its executor would not run', 'plan-commands-differ', ({ steps }) => void steps[0]?.commands.pop()],
    [
      'a name for a terminal',
      'plan-names-unsafe',
      ({ steps }) => void Object.assign(steps[0] ?? {}, { id: 'x\u001b[2J' }),
    ],
    ['a basis', 'plan-not-applyable', (plan) => void (plan.basis = 'recorded')],
    ['an order', 'plan-stale', ({ steps }) => void steps.reverse()],
    ['a step more', 'plan-stale', ({ steps }) => void steps.push({ ...steps[0]!, id: 'transfer:other' })],
  ])('refuses a file with a right digest and %s that the planner would not make', async (_, finding, change) => {
    const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
    change(plan);
    writeFileSync(file, JSON.stringify({ ...plan, id: planId(plan) }));
    const before = await world();
    const { code, stderr } = subject.sandbox.nbkp('apply', file, '--yes');
    expect([code, stderr]).toEqual([3, expect.stringContaining(finding)]);
    expect(await world()).toEqual(before);
  });
});
