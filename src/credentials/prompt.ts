import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { failure, success, type Result } from '../planner/model/result.ts';
import { missing, type Sources } from './sources.ts';
import { passphrasePromptCancelled } from '../planner/model/findings/passphrases.ts';

/** Asks on the terminal and shows nothing of what is typed. */
export async function fromPrompt(id: string, terminal: Sources['terminal']): Promise<Result<string>> {
  if (terminal === null) {
    return missing(id, 'nobody can be asked here, since this is not a terminal', 'Choose another provider for timers.');
  }
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: terminal.input, output: nowhere, terminal: true, historySize: 0 });
  terminal.output.write(`Passphrase ${id}: `);
  try {
    const answer = await new Promise<string | null>((resolve) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => resolve(null));
      lines.once('close', () => resolve(null));
    });
    return answer === null || answer === '' ? failure(passphrasePromptCancelled(id)) : success(answer);
  } finally {
    lines.close();
    terminal.output.write('\n');
  }
}
