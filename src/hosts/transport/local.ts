import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { childEnvironment } from './environment.ts';
import { takeLock } from './lock.ts';
import { signalGroup } from './process-group.ts';
import { runProcess } from './process.ts';
import type { Transport } from './transport.ts';

/**
 * The transport of this machine. `killAll` ends all that it runs at once (SIGKILL to each process group).
 *
 * @param env the whole environment of what it runs
 */
export function localTransport(env = childEnvironment(process.env)): Transport & { killAll(): void } {
  const groups = new Set<number>();
  return {
    hostId: LOCAL_HOST,
    run: (argv, { locks = [], ...options } = {}) =>
      runProcess(argv, { ...options, env, descriptors: locks.map((lock) => lock.descriptor) }, groups),
    lock: (request, holder, options = {}) =>
      takeLock(request, holder, options, (argv, descriptor) =>
        runProcess(argv, { env, descriptors: [descriptor] }, groups),
      ),
    killAll: () => groups.forEach((group) => signalGroup(group, 'SIGKILL')),
  };
}
