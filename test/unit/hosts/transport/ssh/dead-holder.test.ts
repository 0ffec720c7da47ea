import { expect, it } from 'vitest';
import { parseHolder } from '../../../../../src/hosts/transport/lock-file.ts';
import { deadHolder, holderText } from '../../../../../src/hosts/transport/ssh/dead-holder.ts';

const HOLDER = { pid: 7, host: 'laptop', startedAt: '2026-03-01T00:00:00.000Z', command: 'nbkp run', run: 'r' };

/** As the server writes it, of a connection that this process keeps. */
function written(change: (client: string[]) => void = () => undefined, server: unknown = '4321 99'): string {
  const { client, ...holder } = JSON.parse(holderText(HOLDER, process.pid)) as { client: string };
  const words = client.split(' ');
  change(words);
  return JSON.stringify({ ...holder, client: words.join(' '), server });
}

it('is who holds a lock for a process of this machine that has ended', () => {
  expect(deadHolder(written((client) => (client[3] = '1')))).toEqual({ pid: '4321', start: '99' });
  expect(deadHolder(written((client) => (client[2] = '999999999')))).toEqual({ pid: '4321', start: '99' });
});

it('is none that lives, is of another machine, boot or container, or is not certain', () => {
  const ended = (client: string[]): void => void (client[3] = '1');
  const texts = [
    written(),
    written((client) => {
      ended(client);
      client[0] = '00000000-0000-0000-0000-000000000000';
    }),
    written((client) => {
      ended(client);
      client[1] = 'pid:[1]';
    }),
    ...[null, '', '1 99', '4321', '4321 99; true', '-4321 99', 4321].map((server) => written(ended, server)),
    JSON.stringify(HOLDER),
    holderText(HOLDER, undefined),
    'null',
    '[]',
    '',
  ];
  for (const text of texts) expect(deadHolder(text), text).toBeNull();
});

it('is no part of what is told of a holder', () => {
  expect(parseHolder(written())).toEqual(HOLDER);
});
