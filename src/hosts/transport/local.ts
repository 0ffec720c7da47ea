import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { childEnvironment } from './environment.ts';
import { takeLock } from './lock.ts';
import { signalGroup } from './process-group.ts';
import { runProcess } from './process.ts';
import type { Transport } from './transport.ts';

export type LocalTransport = Transport & {
  killAll(): void;
  keepAwake(): () => Promise<void>;
};

/** What holds the machine awake for as long as its input is open (systemd-inhibit(1)). */
const HOLD = ['systemd-inhibit', '--what=sleep', '--mode=block', '--who=nbkp', '--why=A backup is under way', 'cat'];

/**
 * The transport of this machine. `killAll` ends all that it runs at once (SIGKILL to each process group).
 *
 * `keepAwake` keeps the machine from going to sleep until what it returns is called. Where there is no such program, or it
 * may not, the machine sleeps as ever. Its input ends with this process, however that ends: nothing is left behind.
 *
 * @param env the whole environment of what it runs
 */
export function localTransport(env = childEnvironment(process.env)): LocalTransport {
  const groups = new Set<number>();
  return {
    hostId: LOCAL_HOST,
    run: (argv, { locks = [], ...options } = {}) =>
      runProcess(argv, { ...options, env, descriptors: locks.map((lock) => lock.descriptor) }, groups),
    lock: (request, holder, options = {}) =>
      takeLock(request, holder, options, (argv, descriptor) =>
        runProcess(argv, { env, descriptors: [descriptor] }, groups),
      ),
    keepAwake: () => {
      const ending = new AbortController();
      const options = { env, descriptors: [], stdin: '', endsWithInput: true, signal: ending.signal };
      const held = runProcess(HOLD, options, groups);
      return async () => {
        ending.abort();
        await held;
      };
    },
    killAll: () => groups.forEach((group) => signalGroup(group, 'SIGKILL')),
  };
}
