import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWithNetwork, Network } from '../support/ssh/network.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
const subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
subject.write({ file: '1' });
subject.run(0);
const terminal = new Terminal(subject.sandbox);

afterAll(async () => {
  terminal.close();
  await dir.remove();
});

describe('nbkp plan on a terminal', () => {
  it('looks at the files of what is on this machine, and says what to type next', async () => {
    subject.write({ file: '1', another: '2' });
    terminal.run('nbkp plan --only documents');
    const { code, screen } = await terminal.ends();
    expect(code).toBe(0);
    expect(screen).toContain('(by a dry run)');
    expect(screen).toContain('To run it: nbkp apply --only documents');
    expect(screen).not.toContain('not looked at');
  });

  it('does not where it is told so, where its answer is for a program, and where nobody is', async () => {
    terminal.run('nbkp plan --no-files');
    expect((await terminal.ends()).screen).not.toContain('To run it');
    terminal.run('nbkp plan --json | grep -c previews');
    expect((await terminal.ends()).screen).not.toContain('To run it');
    expect(subject.sandbox.nbkp('plan').stdout).not.toContain('To run it');
  });
});

describeWithNetwork('nbkp plan on a terminal, with a server', () => {
  it('looks at files where the last transfer took 10 s at most', async () => {
    const network = await Network.start('laptop', 'pi');
    const [laptop, pi] = [network.machine('laptop'), network.machine('pi')];
    await network.connect('lan', 'laptop', 'pi');
    await pi.startSshd();
    pi.authorize(laptop);
    laptop.know(pi, 'pi.lan');
    await pi.must('mkdir ~/backups');
    const sandbox = new Sandbox(laptop.folder, laptop.enter);
    sandbox.files({ 'home/data/file': '1' });
    sandbox.writeSpec(`version = 1
[ssh.pi]
host = "pi.lan"
[volumes.laptop]
path = "~/data"
[volumes.pi]
ssh = "pi"
path = "~/backups"
[syncs.data]
source = "laptop"
destination = "pi:data"
`);
    expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
    const there = new Terminal(sandbox);
    const planned = async (): Promise<string> => {
      there.run('nbkp plan');
      return (await there.ends()).screen;
    };
    const unseen = 'The files of data were not looked at: --files does.';
    expect(await planned()).toContain(unseen);
    const { run } = JSON.parse(sandbox.nbkp('run', '--json').stdout) as RunRecord;
    sandbox.files({ 'home/data/another': '2' });
    const quick = await planned();
    expect(quick).toContain('(by a dry run)');
    expect(quick).not.toContain('not looked at');
    // Only the time that the transfer took is forced.
    const stored = join(sandbox.state, 'runs', run, 'record.json');
    const record = JSON.parse(readFileSync(stored, 'utf8')) as RunRecord;
    const steps = record.steps.map((step) => (step.id === 'transfer:data' ? { ...step, durationMs: 10_001 } : step));
    writeFileSync(stored, JSON.stringify({ ...record, steps }));
    expect(await planned()).toContain(unseen);
    there.close();
    await network.stop();
  });
});
