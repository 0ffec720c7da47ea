import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommands } from '../../src/executors/kinds/command/run-commands.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { stepContext } from '../support/step-context.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { facts, step } from '../unit/executors/run/rig.ts';

describeWithMounts('a command around a copy that fails', () => {
  let dir: TempDir;
  const at = (...names: string[]): string => join(dir.path, ...names);

  beforeAll(async () => {
    dir = await makeTempDir();
    for (const name of ['full', 'fixed']) mkdirSync(at(name));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'nr_inodes=3', 'full', at('full')]);
    for (const name of ['a', 'b']) writeFileSync(at('full', name), '');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'fixed', at('fixed')]);
  });

  afterAll(async () => {
    for (const name of ['full', 'fixed']) execFileSync('umount', [at(name)]);
    await dir.remove();
  });

  it.each([
    ['transfer-prepare-failed', 'mkdir', 'full/x', 'disk-full'],
    ['transfer-prepare-failed', 'mkdir', 'fixed/x', 'destination-read-only'],
    ['snapshot-failed', 'ln -s there', 'fixed/x', 'destination-read-only'],
    ['transfer-clean-up-failed', 'rm -rf', 'proc-is-no-cause', null],
    ['transfer-prepare-failed', 'mkdir', 'missing/x', 'transfer-prepare-failed'],
    ['restore-failed', 'mkdir', 'fixed/x', 'destination-read-only'],
    ['restore-failed', 'mkdir', 'missing/x', 'restore-failed'],
    ['recover-failed', 'mkdir', 'missing/x', 'recover-failed'],
    // What a command of the user says is its own affair.
    ['hook-failed', 'mkdir', 'full/x', 'hook-failed'],
  ] as const)('%s: %s %s: %s', async (code, program, path, expected) => {
    const argv = [...program.split(' '), at(path)];
    const subject = step('a', { commands: [argv] });
    const observe = (): Promise<Facts> => Promise.resolve(facts);
    const context = stepContext(subject, { transport: localTransport(), facts, observe });
    const broken = await runCommands([argv], context, code);
    expect(broken?.findings[0]?.code ?? null).toBe(expected);
    expect(broken?.outcome ?? null).toBe(expected === null ? null : 'failed');
  });
});
