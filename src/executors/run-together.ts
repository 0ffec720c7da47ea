import { failure, success, type Result } from '../planner/model/result.ts';
import type { Transport } from '../hosts/transport/transport.ts';
import { scheduleCommandFailed } from '../planner/model/findings/schedules.ts';

const TIMEOUT_MS = 60_000;

/** Runs commands one after the other until one fails. */
export async function runTogether(
  commands: readonly (readonly string[])[],
  local: Pick<Transport, 'run'>,
): Promise<Result<null>> {
  for (const argv of commands) {
    const { code, error, stderr } = await local.run(argv, { timeoutMs: TIMEOUT_MS });
    if (code === 0) continue;
    const said = stderr.at(-1) ?? error ?? `exit code ${code ?? 'none'}`;
    return failure(scheduleCommandFailed(argv, said));
  }
  return success(null);
}
