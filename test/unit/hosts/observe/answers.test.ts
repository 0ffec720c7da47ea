import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askExecutors } from '../../../../src/hosts/observe/answers.ts';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { AskedQuestion } from '../../../../src/planner/facts/answers.ts';
import { passphrasePromptCancelled } from '../../../../src/planner/model/findings/passphrases.ts';
import { failure, success } from '../../../../src/planner/model/result.ts';
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

  it('may be as long as the question says', async () => {
    const argv = ['head', '-c', '1048577', '/dev/zero'];
    const answers = await ask({ ...question('long', argv), mostBytes: 2 * 1024 * 1024 });
    expect(answers?.['long']?.stdout).toHaveLength(1_048_577);
  });

  it('get a passphrase on their standard input, fetched once, and say it nowhere', async () => {
    const asked: string[] = [];
    const secret = (id: string) => {
      asked.push(id);
      return Promise.resolve(id === 'missing' ? failure(passphrasePromptCancelled(id)) : success('open "sesame"'));
    };
    const stdin = [{ secret: 'store', escaped: true }, '!'];
    const questions = [
      { ...question('count', ['wc', '-c']), stdin },
      { ...question('tells', ['cat']), stdin: [{ secret: 'store' }] },
      { ...question('without', ['cat']), stdin: [{ secret: 'missing' }] },
    ];
    const { test } = await askExecutors(questions, () => local, { secret });
    expect(asked).toEqual(['store', 'missing']);
    expect(test?.['photos']).toEqual({
      count: { code: 0, stdout: '16\n', problem: null },
      tells: { code: null, stdout: '', problem: 'cat said a passphrase' },
      without: { code: null, stdout: '', problem: expect.stringMatching(/^the passphrase missing is not at hand\. /) },
    });
  });

  it('may say anything where the passphrase is empty', async () => {
    const questions = [{ ...question('says', ['echo', 'yes']), stdin: [{ secret: 'store' }] }];
    const { test } = await askExecutors(questions, () => local, { secret: () => Promise.resolve(success('')) });
    expect(test?.['photos']?.['says']).toEqual({ code: 0, stdout: 'yes\n', problem: null });
  });

  it('are not waited for when they take too long', async () => {
    const { test } = await askExecutors([question('hangs', ['sleep', '600'])], () => local, { timeoutMs: 50 });
    expect(test?.['photos']?.['hangs']?.problem).toBe('sleep did not answer within 0.05 s');
  });
});
