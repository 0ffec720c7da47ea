import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runReporter } from '../../../../src/reporters/progress/index.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { plannedSync, planOf, transfer, withSteps } from '../../../../src/reporters/samples/parts.ts';
import { event, progress } from './events.ts';

const plain = createStyle({ colour: false, width: 80 });
const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

/** What a terminal of 80 × 24 is to a program; it keeps what is written. Not a real one, since a test has none. */
class Terminal extends Writable {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  written = '';
  frames = 0;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString();
    this.frames += 1;
    done();
  }
}

const open = async (
  count: number,
): Promise<{ terminal: Terminal; reporter: Awaited<ReturnType<typeof runReporter>> }> => {
  const names = Array.from({ length: count }, (_, index) => `sync-${index}`);
  const plan = planOf(names.map((name) => withSteps(plannedSync(name), transfer(name))));
  const terminal = new Terminal();
  return { terminal, reporter: await runReporter(plan, terminal as unknown as NodeJS.WriteStream, plain) };
};

/** Waits until something is drawn that holds the text. */
async function drawn(terminal: Terminal, text: string): Promise<void> {
  while (!terminal.written.includes(text)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the live reporter', () => {
  it('draws the progress of what runs, and clears everything in the end', async () => {
    const { terminal, reporter } = await open(2);
    reporter.event(event(0, { type: 'step-started', step: 'transfer:sync-0' }));
    reporter.event(event(1, { type: 'step-progress', step: 'transfer:sync-0', progress: progress(43) }));
    await drawn(terminal, '] 43 %, 43 MiB');
    reporter.event(event(2, { type: 'sync-finished', sync: 'sync-0', outcome: 'succeeded' }));
    await drawn(terminal, '✓ sync-0  succeeded');
    await reporter.close();
    expect(terminal.written.startsWith(HIDE)).toBe(true);
    expect(terminal.written.endsWith(`\u001b[J\r${SHOW}`)).toBe(true);
  });

  it('leaves signals and the end of the process to the scheduler', async () => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const before = signals.map((signal) => process.listenerCount(signal));
    const { reporter } = await open(1);
    expect(signals.map((signal) => process.listenerCount(signal))).toEqual(before);
    await reporter.close();
  });

  it('draws a bounded number of pictures, however many events there are', async () => {
    const { terminal, reporter } = await open(1000);
    const since = performance.now();
    for (let index = 0; index < 1000; index += 1) {
      reporter.event(event(0, { type: 'step-started', step: `transfer:sync-${index}` }));
      for (let percent = 0; percent < 100; percent += 10) {
        reporter.event(
          event(1, { type: 'step-progress', step: `transfer:sync-${index}`, progress: progress(percent) }),
        );
      }
      reporter.event(event(2, { type: 'sync-finished', sync: `sync-${index}`, outcome: 'succeeded' }));
    }
    await drawn(terminal, '1,000 of 1,000 done');
    await reporter.close();
    // One in a tenth of a second, however long all of it takes on this machine.
    expect(terminal.frames).toBeLessThan(20 + (performance.now() - since) / 50);
  });

  it('shows no escape sequence from a name', async () => {
    const plan = planOf([withSteps(plannedSync('a\u001b[2J'), transfer('a\u001b[2J'))]);
    const terminal = new Terminal();
    const reporter = await runReporter(plan, terminal as unknown as NodeJS.WriteStream, plain);
    reporter.event(event(0, { type: 'step-started', step: 'transfer:a\u001b[2J' }));
    await drawn(terminal, 'a\\x1b[2J  transfer');
    await reporter.close();
    expect(terminal.written).not.toContain('\u001b[2J');
  });
});

it('goes on when the terminal is gone', async () => {
  const { terminal, reporter } = await open(1);
  terminal.destroy(new Error('EIO'));
  reporter.event(event(0, { type: 'step-started', step: 'transfer:sync-0' }));
  await expect(reporter.close()).resolves.toBeUndefined();
});

it('writes lines where there is no terminal', async () => {
  const terminal = Object.assign(new Terminal(), { isTTY: false });
  const reporter = await runReporter(planOf([]), terminal as unknown as NodeJS.WriteStream, plain);
  reporter.event(event(0, { type: 'run-finished', exitCode: 0, durationMs: 0 }));
  await reporter.close();
  expect(terminal.written).toBe('run r1: ended after 0 s\n');
});
