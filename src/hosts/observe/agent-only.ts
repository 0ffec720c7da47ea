import type { SshEndpoint } from '../../planner/model/spec.ts';
import { sshArguments } from '../../planner/ssh/arguments.ts';
import type { Transport } from '../transport/transport.ts';

const TIMEOUT_MS = 15_000;

/**
 * The endpoints that let this session in and would not without its agent. Each is tried for real, all at once; those that do
 * not answer are none of them.
 */
export async function agentOnlyEndpoints(
  endpoints: Readonly<Record<string, SshEndpoint>>,
  env: NodeJS.ProcessEnv,
  local: Transport,
): Promise<string[]> {
  if (!env['SSH_AUTH_SOCK']) return [];
  const tried = Object.keys(endpoints).map(async (name) => {
    // A connection that somebody left open would let in without any key.
    const login = ['ssh', '-o', 'ControlPath=none', ...sshArguments(name, endpoints), 'true'];
    const without = await local.run(['env', '-u', 'SSH_AUTH_SOCK', ...login], { timeoutMs: TIMEOUT_MS });
    if (without.code === 0 || !without.stderr.some((line) => line.includes('Permission denied'))) return [];
    const withAgent = await local.run(login, { timeoutMs: TIMEOUT_MS });
    return withAgent.code === 0 ? [name] : [];
  });
  return (await Promise.all(tried)).flat();
}
