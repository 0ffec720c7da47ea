import type { Transport } from '../transport/transport.ts';

const TIMEOUT_MS = 10_000;
/** Arguments of one process: even as long as paths can be they are less than 2 MiB. */
const MOST = 400;
const SCRIPT = `for path; do [ -e "$path" ] || [ -L "$path" ] || printf '%s\\0' "$path"; done`;

/** Which of these absolute paths are not there. None where the host does not answer: then it is not known. */
export async function pathsMissing(transport: Pick<Transport, 'run'>, paths: readonly string[]): Promise<Set<string>> {
  const missing = new Set<string>();
  for (let at = 0; at < paths.length; at += MOST) {
    const argv = ['sh', '-c', SCRIPT, 'sh', ...paths.slice(at, at + MOST)];
    const { code, stdout } = await transport.run(argv, { timeoutMs: TIMEOUT_MS });
    if (code !== 0 && code !== 1) continue;
    for (const path of stdout.toString('utf8').split('\0').slice(0, -1)) missing.add(path);
  }
  return missing;
}
