import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askExecutors } from '../../../../src/hosts/observe/answers.ts';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { AskedQuestion } from '../../../../src/planner/facts/answers.ts';
import { makeTempDir } from '../../../support/tempdir.ts';

const local = localTransport();

function question(id: string, argv: string[], host = 'local'): AskedQuestion {
  return { executor: 'test', sync: 'photos', id, host, argv };
}

const ask = async (...questions: AskedQuestion[]) =>
  (await askExecutors(questions, (host) => (host === 'local' ? local : undefined)))['test']?.['photos'];

describe('the answers to what executors ask', () => {
  it('are what the commands said, in the order of the questions', async () => {
    const dir = await makeTempDir();
    const go = join(dir.path, 'go');
    // The first answers when the second has.
    const slow = question('slow', ['sh', '-c', 'until test -e "$0"; do sleep 0.01; done; printf late', go]);
    const answers = await ask(slow, question('fast', ['sh', '-c', 'printf no; : > "$0"; exit 3', go]));
    await dir.remove();
    expect(Object.entries(answers ?? {})).toEqual([
      ['slow', { code: 0, stdout: 'late', problem: null }],
      ['fast', { code: 3, stdout: 'no', problem: null }],
    ]);
  });

  it('say why there is none', async () => {
    const answers = await ask(
      question('missing', ['/nowhere/program']),
      question('far', ['true'], 'ssh:hub'),
      question('long', ['head', '-c', '1048577', '/dev/zero']),
    );
    expect(Object.values(answers ?? {}).map(({ problem }) => problem)).toEqual([
      '/nowhere/program could not be started (ENOENT)',
      'ssh:hub was not reached',
      'head said more than 1048576 bytes',
    ]);
  });

  it('are not waited for when they take too long', async () => {
    const { test } = await askExecutors([question('hangs', ['sleep', '600'])], () => local, 50);
    expect(test?.['photos']?.['hangs']?.problem).toBe('sleep did not answer within 0.05 s');
  });
});
