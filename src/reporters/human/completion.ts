import { dirname } from 'node:path';
import type { CompletionDocument } from '../../planner/model/documents.ts';
import type { Style } from '../style.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';

const DONE = { create: 'is written', update: 'is renewed', keep: 'is there already, as it should be' } as const;

const HOW = {
  bash: 'A new bash reads it by itself where the package bash-completion is at\nwork. Elsewhere put this line into ~/.bashrc:',
  zsh: 'Put this line into ~/.zshrc, before the one with compinit:',
  fish: 'A new fish reads it by itself.',
} as const;

/** fish looks there by itself, bash where the package bash-completion is loaded, and zsh only where it is told. */
export function neededLine(shell: CompletionDocument['shell'], path: string): string | null {
  if (shell === 'bash') return shellCommand(['.', path]);
  return shell === 'zsh' ? `fpath=(${shellCommand([dirname(path)])} $fpath)` : null;
}

/** What became of a file of completion, and what is left for a person to do. */
export function completionText({ shell, path, change, line }: CompletionDocument, style: Style): string {
  const done = `${style.green('✓')} ${sanitise(path)} ${DONE[change]}.\n${HOW[shell]}\n`;
  const compinit =
    shell === 'zsh' ? '\nWithout compinit zsh completes nothing: autoload -U compinit && compinit\n' : '';
  return line === null ? done : `${done}\n  ${line}\n${compinit}`;
}
