import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { CompletionDocument } from '../planner/model/documents.ts';
import { success, type Result } from '../planner/model/result.ts';
import { COMPLETION_SCRIPTS, isOwnCompletion, type Shell } from '../reporters/completion/scripts.ts';
import { shellCommand } from '../reporters/text/shell.ts';
import { writeCompletion } from '../store/completion-file.ts';
import { configDirectory } from '../store/spec-file.ts';
import type { Surroundings } from './surroundings.ts';

type Env = Surroundings['env'];

/** Puts the completion of a shell where this user's shell looks for it. Writes nothing else. */
export function installCompletion(shell: Shell, env: Env): Result<CompletionDocument> {
  const path = completionPath(shell, env);
  const written = writeCompletion(path, COMPLETION_SCRIPTS[shell], isOwnCompletion);
  if (!written.ok) return written;
  const line = neededLine(shell, path);
  return success({ formatVersion: '1.0', shell, path, change: written.value, line });
}

function completionPath(shell: Shell, env: Env): string {
  if (shell === 'fish') return join(configDirectory(env), 'fish', 'completions', 'nbkp.fish');
  const { XDG_DATA_HOME: base = '', BASH_COMPLETION_USER_DIR: own = '' } = env;
  const data = isAbsolute(base) ? base : join(env['HOME'] ?? homedir(), '.local', 'share');
  if (shell === 'zsh') return join(data, 'zsh', 'site-functions', '_nbkp');
  return join(isAbsolute(own) ? own : join(data, 'bash-completion'), 'completions', 'nbkp');
}

/** fish looks there by itself, bash where the package bash-completion is loaded, and zsh only where it is told. */
function neededLine(shell: Shell, path: string): string | null {
  if (shell === 'bash') return shellCommand(['.', path]);
  return shell === 'zsh' ? `fpath=(${shellCommand([join(path, '..')])} $fpath)` : null;
}
