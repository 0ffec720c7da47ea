import { describe, expect, it } from 'vitest';
import { askExecutors } from '../../../../src/hosts/observe/answers.ts';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { AskedQuestion } from '../../../../src/planner/facts/answers.ts';

const local = localTransport();

function question(id: string, argv: string[], host = 'local'): AskedQuestion {
  return { executor: 'test', sync: 'photos', id, host, argv };
}

const ask = async (...questions: AskedQuestion[]) =>
  (await askExecutors(questions, (host) => (host === 'local' ? local : undefined)))['test']?.['photos'];

describe('the answers to what executors ask', () => {
  it('are what the commands said, in the order of the questions', async () => {
    const slow = question('slow', ['sh', '-c', 'sleep 0.2; printf late']);
    const answers = await ask(slow, question('fast', ['sh', '-c', 'printf no; exit 3']));
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

  it('are not waited for longer than 10 s', async () => {
    const answers = await ask(question('hangs', ['sleep', '60']));
    expect(answers?.['hangs']?.problem).toBe('sleep did not answer within 10 s');
  });
});
