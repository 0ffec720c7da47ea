import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { CompletionDocument } from '../planner/model/documents.ts';
import { success, type Result } from '../planner/model/result.ts';
import { writeCompletion } from '../store/completion-file.ts';
import { configDirectory } from '../store/spec-file.ts';
import type { Surroundings } from './surroundings.ts';

type Env = Surroundings['env'];
type Shell = CompletionDocument['shell'];

/**
 * Puts the completion of a shell where this user's shell looks for it. Writes nothing else.
 *
 * @param isOwn whether nbkp wrote the text that is there
 */
export function installCompletion(
  { shell, script, isOwn }: { shell: Shell; script: string; isOwn: (text: string) => boolean },
  env: Env,
): Result<Pick<CompletionDocument, 'path' | 'change'>> {
  const path = completionPath(shell, env);
  const written = writeCompletion(path, script, isOwn);
  return written.ok ? success({ path, change: written.value }) : written;
}

function completionPath(shell: Shell, env: Env): string {
  if (shell === 'fish') return join(configDirectory(env), 'fish', 'completions', 'nbkp.fish');
  const { XDG_DATA_HOME: base = '', BASH_COMPLETION_USER_DIR: own = '' } = env;
  const data = isAbsolute(base) ? base : join(env['HOME'] ?? homedir(), '.local', 'share');
  if (shell === 'zsh') return join(data, 'zsh', 'site-functions', '_nbkp');
  return join(isAbsolute(own) ? own : join(data, 'bash-completion'), 'completions', 'nbkp');
}
