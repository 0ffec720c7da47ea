import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StepContext, StepResult } from '../../../../../src/executors/contract.ts';
import { applyMount, applyUnmount } from '../../../../../src/executors/kinds/mount/apply.ts';
import { applyUnlock } from '../../../../../src/executors/kinds/unlock/apply.ts';
import type { ProcessResult } from '../../../../../src/hosts/transport/transport.ts';
import { udisksCommands, type UdisksKind, type UdisksParams } from '../../../../../src/planner/kinds/drive/planning.ts';
import type { DriveFacts, Facts, VolumeFacts } from '../../../../../src/planner/model/facts.ts';
import type { Step } from '../../../../../src/planner/model/step.ts';
import type { DriveNote } from '../../../../../src/planner/model/stored.ts';

// The lab opens real drives. Here an order is forced: udev is late, udisks2 answers as it is told.

const PATH = '/media/ada/usb';
const DONE: ProcessResult = {
  code: 0,
  signal: null,
  error: null,
  timedOut: false,
  stdout: Buffer.from(''),
  stderr: [],
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function seen(state: 'closed' | 'unlocked' | 'mounted'): VolumeFacts {
  const device = { type: 'part', fsType: 'ext4', label: '', readOnly: false };
  const drive: DriveFacts = {
    devices: [{ ...device, path: '/dev/sdb1', uuid: 'aa' }],
    cleartext: state === 'unlocked' ? { ...device, path: '/dev/dm-1', uuid: 'bb' } : null,
    namesake: null,
  };
  const mount = { target: PATH, source: '/dev/sdb1', fsType: 'ext4', uuid: 'aa', options: [] };
  return { drive, directory: state === 'mounted' ? { mount } : null } as unknown as VolumeFacts;
}

/** `looks`: what each look at the drive finds; the last one for ever. */
class Scene {
  readonly ran: string[][] = [];
  note: Omit<DriveNote, 'run'> | null = null;
  readonly #looks: VolumeFacts[];
  readonly #result: ProcessResult;

  constructor(looks: VolumeFacts[], result: Partial<ProcessResult> = {}) {
    this.#looks = looks;
    this.#result = { ...DONE, ...result };
  }

  async apply(
    kind: UdisksKind,
    action: (step: Step, context: StepContext) => Promise<StepResult>,
  ): Promise<StepResult> {
    const params: UdisksParams = {
      ...{ kind, volume: 'usb', uuid: 'aa', fileSystem: 'aa', passphraseId: kind === 'unlock' ? 'usb' : null },
      ...{ target: null, intent: 'scope' },
    };
    const step = { id: `${kind}:usb`, host: 'local', params, commands: udisksCommands(params) };
    const ending = action(step as unknown as Step, this.#context());
    await vi.runAllTimersAsync();
    return ending;
  }

  #context(): StepContext {
    const observe = (): Promise<Facts> => {
      const usb = this.#looks.length > 1 ? this.#looks.shift() : this.#looks[0];
      return Promise.resolve({ volumes: { usb } } as unknown as Facts);
    };
    const drives = {
      alone: async (_key: unknown, _signal: unknown, action: () => Promise<unknown>) => ({
        ok: true,
        value: await action(),
      }),
      note: () => this.note,
      write: (_key: unknown, note: Omit<DriveNote, 'run'> | null) => void (this.note = note),
      others: () => [],
      leave: () => undefined,
    };
    return {
      run: (argv: string[]) => (this.ran.push(argv), Promise.resolve(this.#result)),
      query: { observe, holders: () => Promise.resolve([]) },
      drives,
      secretProblem: () => null,
      values: {},
      signal: new AbortController().signal,
      now: () => 0,
    } as unknown as StepContext;
  }
}

describe('a drive that udisks2 has opened and udev does not know of yet', () => {
  it('is looked at until it is seen mounted', async () => {
    const scene = new Scene([seen('closed'), seen('closed'), seen('closed'), seen('closed'), seen('mounted')]);
    const result = await scene.apply('mount', applyMount);
    expect(result).toMatchObject({ outcome: 'done', values: { '{mount:usb}': PATH } });
    expect(scene.note?.mounted).not.toBeNull();
  });

  it('is looked at until it is seen unlocked', async () => {
    const scene = new Scene([seen('closed'), seen('closed'), seen('closed'), seen('unlocked')]);
    const result = await scene.apply('unlock', applyUnlock);
    expect(result).toMatchObject({ outcome: 'done', values: { '{device:usb}': '/dev/dm-1' } });
  });

  it.each([
    ['mount', applyMount, 'mount-failed', 'The drive usb could not be mounted'],
    ['unlock', applyUnlock, 'unlock-failed', 'The drive usb could not be unlocked'],
  ] as const)(
    'stays noted as opened, and is closed again, when it never is: %s',
    async (kind, action, code, message) => {
      const scene = new Scene([seen('closed')]);
      const result = await scene.apply(kind, action);
      const said = `${message}: udisks2 says that it is, and it was looked for in vain`;
      expect(result).toMatchObject({ outcome: 'failed', left: true, findings: [{ code, message: said }] });
      expect(scene.note).not.toBeNull();
    },
  );

  it('is unmounted without a flush of a place that nobody has seen', async () => {
    const scene = new Scene([seen('closed')]);
    expect(await scene.apply('unmount', applyUnmount)).toMatchObject({ outcome: 'done' });
    expect(scene.ran).toEqual([
      ['udisksctl', 'unmount', '--block-device', '/dev/disk/by-uuid/aa', '--no-user-interaction'],
    ]);
  });
});

describe('a drive that udisks2 has not opened', () => {
  it('is looked at once more, and is not noted as opened', async () => {
    const scene = new Scene([seen('closed')], { code: 1, stderr: ['it is odd'] });
    const result = await scene.apply('mount', applyMount);
    expect(result).toMatchObject({ outcome: 'failed', findings: [{ code: 'mount-failed' }] });
    expect(result).not.toHaveProperty('left');
    expect(scene.note).toBeNull();
  });
});
