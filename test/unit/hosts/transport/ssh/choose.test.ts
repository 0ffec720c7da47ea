import { describe, expect, test, vi } from 'vitest';
import { chooseEndpoint, type Attempted } from '../../../../../src/hosts/transport/ssh/choose.ts';

const LONG = 2 ** 30;
const PROBLEM = {
  code: 'host-no-route' as const,
  short: 'no route',
  message: 'There is no way to it.',
  help: 'Go there.',
};

interface Attempt {
  signal: AbortSignal;
  answer(): void;
  fail(): void;
  close: ReturnType<typeof vi.fn<() => Promise<void>>>;
}

/** Attempts that answer when the test says so. The order of answers is what is tested, so nothing here is real. */
function attempts() {
  const made = new Map<string, Attempt>();
  const attempt = (endpoint: string, signal: AbortSignal) =>
    new Promise<Attempted<{ close(): Promise<void> }>>((resolve) => {
      const close = vi.fn(() => Promise.resolve());
      const fail = () => resolve({ ok: false, problem: PROBLEM });
      made.set(endpoint, { signal, close, fail, answer: () => resolve({ ok: true, connection: { close } }) });
      signal.addEventListener('abort', fail);
    });
  const of = (endpoint: string): Attempt => {
    const found = made.get(endpoint);
    if (found === undefined) throw new Error(`nothing was tried at ${endpoint}`);
    return found;
  };
  return { attempt, of };
}

describe('which endpoint', () => {
  test('all are tried at once, and the most wanted of those that answer is taken', async () => {
    const { attempt, of } = attempts();
    const choice = chooseEndpoint(['lan', 'vpn', 'wan'], attempt, LONG);
    of('wan').answer();
    of('vpn').answer();
    of('lan').fail();
    expect(await choice).toEqual({
      chosen: { endpoint: 'vpn', connection: { close: of('vpn').close } },
      passedOver: [{ endpoint: 'lan', problem: PROBLEM }],
    });
    expect([of('vpn').close.mock.calls.length, of('wan').close.mock.calls.length]).toEqual([0, 1]);
  });

  test('one that is wanted more may answer a little later', async () => {
    const { attempt, of } = attempts();
    const choice = chooseEndpoint(['lan', 'wan'], attempt, LONG);
    of('wan').answer();
    await Promise.resolve();
    of('lan').answer();
    expect((await choice).chosen?.endpoint).toBe('lan');
    expect(of('wan').close).toHaveBeenCalledOnce();
  });

  test('one that stays silent is not waited for when another has answered', async () => {
    const { attempt, of } = attempts();
    const choice = chooseEndpoint(['lan', 'wan'], attempt, 0);
    of('wan').answer();
    expect(await choice).toMatchObject({
      chosen: { endpoint: 'wan' },
      passedOver: [{ endpoint: 'lan', problem: null }],
    });
    expect(of('lan').signal.aborted).toBe(true);
  });

  test('a connection that stands only after the choice is closed again', async () => {
    const late = vi.fn(() => Promise.resolve());
    const choice = await chooseEndpoint(
      ['lan', 'wan'],
      (endpoint, signal) =>
        new Promise<Attempted<{ close(): Promise<void> }>>((resolve) => {
          const connection = { close: endpoint === 'lan' ? late : () => Promise.resolve() };
          if (endpoint === 'wan') resolve({ ok: true, connection });
          else signal.addEventListener('abort', () => resolve({ ok: true, connection }));
        }),
      0,
    );
    expect(choice.chosen?.endpoint).toBe('wan');
    expect(late).toHaveBeenCalledOnce();
  });

  test('when none answers, each says why', async () => {
    const { attempt, of } = attempts();
    const choice = chooseEndpoint(['lan', 'wan'], attempt, 0);
    of('wan').fail();
    of('lan').fail();
    const passedOver = ['lan', 'wan'].map((endpoint) => ({ endpoint, problem: PROBLEM }));
    expect(await choice).toEqual({ chosen: null, passedOver });
  });

  test('without endpoints there is nobody to choose', async () => {
    expect(await chooseEndpoint([], attempts().attempt)).toEqual({ chosen: null, passedOver: [] });
  });
});
