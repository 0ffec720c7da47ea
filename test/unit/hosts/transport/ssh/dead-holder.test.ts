import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { parseHolder } from '../../../../../src/hosts/transport/lock-file.ts';
import { deadHolder, holderText } from '../../../../../src/hosts/transport/ssh/dead-holder.ts';

const HOLDER = { pid: 7, host: hostname(), startedAt: '2026-03-01T00:00:00.000Z', command: 'nbkp run', run: 'r' };

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

/** A machine that was never set up has none (machine-id(5)). */
const hasId = /^[0-9a-f]{32}\n?$/.test(readMachineId());

function readMachineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8');
  } catch {
    return '';
  }
}

it.skipIf(!hasId)('is who holds a lock since before the last boot of this machine, and of no other', () => {
  const rebooted = (client: string[]): void => void (client[0] = '00000000-0000-0000-0000-000000000000');
  expect(deadHolder(written(rebooted))).toEqual({ pid: '4321', start: '99' });
  const other = (client: string[]): void => {
    rebooted(client);
    client[4] = 'f'.repeat(64);
  };
  expect(deadHolder(written(other))).toBeNull();
  expect(deadHolder(written(rebooted).replace(JSON.stringify(hostname()), '"a copy of it"'))).toBeNull();
});

it('is none that lives, is of another machine, boot or container, or is not certain', () => {
  const ended = (client: string[]): void => void (client[3] = '1');
  const texts = [
    written(),
    written((client) => {
      ended(client);
      client[0] = '00000000-0000-0000-0000-000000000000';
      client.splice(4);
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
