import { describe, expect, it } from 'vitest';
import { runCommands } from '../../../src/executors/kinds/command/run-commands.ts';
import type { StepContext } from '../../../src/executors/contract.ts';
import type { ProcessResult } from '../../../src/hosts/transport/transport.ts';

const DONE: ProcessResult = { code: 0, signal: null, error: null, timedOut: false, stdout: Buffer.of(), stderr: [] };
const COMMANDS = [
  ['mkdir', '{snapshot:photos}'],
  ['mv', 'a', 'b'],
  ['sync', '-f', '/'],
];

/** A fake, which forces an ending: what the real ones do is tried on a server. */
function contextOf(end: { index: number; result: Partial<ProcessResult> }, abort = false) {
  const stop = new AbortController();
  const asked: unknown[] = [];
  const context: Partial<StepContext> = {
    values: { '{snapshot:photos}': 'name' },
    signal: stop.signal,
    run: (argv) => {
      asked.push(argv);
      return Promise.resolve(DONE);
    },
    runInOrder: (commands) => {
      asked.push(commands);
      if (abort) stop.abort();
      return Promise.resolve({ index: end.index, result: { ...DONE, ...end.result } });
    },
  };
  return { context: context as StepContext, asked };
}

describe('commands that can be started together', () => {
  it('are, with what is known of their placeholders', async () => {
    const { context, asked } = contextOf({ index: 2, result: {} });
    expect(await runCommands(COMMANDS, context, 'snapshot-failed')).toBeNull();
    expect(asked).toEqual([[['mkdir', 'name'], ...COMMANDS.slice(1)]]);
  });

  it('fail by the one that was the last', async () => {
    const { context } = contextOf({ index: 1, result: { code: 1, stderr: ['mv: no such thing'] } });
    const broken = await runCommands(COMMANDS, context, 'snapshot-failed');
    expect(broken).toMatchObject({ outcome: 'failed', findings: [{ code: 'snapshot-failed' }] });
    expect(broken?.findings[0]?.message).toContain('mv a b');
  });

  it('are interrupted where that was asked for, however they ended', async () => {
    const { context } = contextOf({ index: 1, result: { code: 143 } }, true);
    expect(await runCommands(COMMANDS, context, 'snapshot-failed')).toEqual({ outcome: 'interrupted', findings: [] });
  });

  it('are not where one of them belongs on this machine, or is alone', async () => {
    const { context, asked } = contextOf({ index: 0, result: {} });
    const commands = [['rsync', '--rsh={ssh:hub}', 'a', 'hub:b'], ['true']];
    expect(await runCommands(commands, context, 'prepare-failed')).toBeNull();
    expect(await runCommands([['true']], context, 'prepare-failed')).toBeNull();
    expect(asked).toEqual([...commands, ['true']]);
  });
});
