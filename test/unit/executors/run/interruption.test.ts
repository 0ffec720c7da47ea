import { describe, expect, it } from 'vitest';
import { Interruption, RunKilled, whenAborted } from '../../../../src/executors/run/interruption.ts';

function interrupted(...signals: NodeJS.Signals[]) {
  const subject = new Interruption();
  for (const signal of signals) subject.interrupt(signal);
  const { name, exitCode, gentle, forced } = subject;
  return { name, exitCode, gentle: gentle.aborted, forced: forced.aborted };
}

describe('what ends a run early', () => {
  it('is nothing at first', () => {
    expect(interrupted()).toEqual({ name: null, exitCode: null, gentle: false, forced: false });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('is one %s, in order, and the exit code is %i', (signal, exitCode) => {
    expect(interrupted(signal)).toEqual({ name: signal, exitCode, gentle: true, forced: false });
  });

  it('is a second signal, at once; the code stays that of the first', () => {
    expect(interrupted('SIGINT', 'SIGTERM')).toEqual({ name: 'SIGINT', exitCode: 130, gentle: true, forced: true });
    expect(interrupted('SIGHUP', 'SIGINT')).toMatchObject({ name: 'SIGHUP', exitCode: 143, forced: true });
  });

  it('is no second SIGHUP: a terminal that is closed sends several', () => {
    expect(interrupted('SIGHUP', 'SIGHUP', 'SIGHUP').forced).toBe(false);
    expect(interrupted('SIGINT', 'SIGHUP').forced).toBe(false);
  });

  it('comes from this process’s signals as long as it listens', () => {
    const count = (): number => process.listenerCount('SIGHUP') + process.listenerCount('SIGTERM');
    const before = count();
    const subject = new Interruption();
    const stop = subject.listen();
    expect(count()).toBe(before + 2);
    process.emit('SIGTERM', 'SIGTERM');
    expect(subject.name).toBe('SIGTERM');
    stop();
    expect(count()).toBe(before);
  });
});

describe('what waits for the end', () => {
  it('is told once, at once where it has come already', () => {
    const controller = new AbortController();
    let told = 0;
    whenAborted(controller.signal, () => (told += 1));
    expect(told).toBe(0);
    controller.abort();
    controller.abort();
    expect(told).toBe(1);
    whenAborted(controller.signal, () => (told += 1));
    expect(told).toBe(2);
  });

  it('gets the exit code of a run that was ended at once', () => {
    expect(new RunKilled(130)).toMatchObject({ exitCode: 130, message: 'the run was ended at once' });
  });
});
