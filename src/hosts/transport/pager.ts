import { spawnSync } from 'node:child_process';
import { childEnvironment } from './environment.ts';

/** Shows the end of a text first, since that is where the newest is; ends at once where all of it fits. */
const LESS = ['less', '-FRX', '+G'];

/**
 * Shows a text a screen at a time, with the program that `PAGER` names or less(1), on the terminal of standard output.
 *
 * @returns false when there is no such program
 */
export function page(text: string, env: NodeJS.ProcessEnv): boolean {
  const named = env['PAGER']?.split(' ').filter((word) => word !== '') ?? [];
  const [program = '', ...words] = named.length === 0 ? LESS : named;
  const stdio = ['pipe', 'inherit', 'inherit'] as const;
  return spawnSync(program, words, { input: text, stdio: [...stdio], env: childEnvironment(env) }).error === undefined;
}
