import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchPassphrase } from '../../../src/credentials/passphrase.ts';
import { localTransport } from '../../../src/hosts/transport/local.ts';
import type { Credentials } from '../../../src/planner/model/spec.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

const ME = process.getuid?.() ?? 0;
let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

/** The passphrase, or the code of the finding. */
async function fetched(credentials: Partial<Credentials>, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const all: Credentials = { provider: 'env', command: null, directory: null, ...credentials };
  const result = await fetchPassphrase(all, 'my-usb', { local: localTransport(), env, uid: ME, terminal: null });
  return result.ok ? result.value : `[${result.findings[0]?.code ?? ''}]`;
}

describe('a passphrase from the environment', () => {
  it('is in a variable with the name in capitals', async () => {
    expect(await fetched({}, { NBKP_PASSPHRASE_MY_USB: ' a b ' })).toBe(' a b ');
  });

  it('is missing when the variable is empty or not set', async () => {
    expect(await fetched({}, { NBKP_PASSPHRASE_MY_USB: '' })).toBe('[passphrase-missing]');
    expect(await fetched({})).toBe('[passphrase-missing]');
  });
});

describe('a passphrase from a command', () => {
  const command = (...argv: string[]): Promise<string> => fetched({ provider: 'command', command: argv });

  it('is what it prints, without the last newline and with all other white space', async () => {
    expect(await command('printf', ' %s\n\n', '{id}')).toBe(' my-usb\n');
  });

  it('is missing when nothing is printed', async () => {
    expect(await command('true')).toBe('[passphrase-missing]');
  });

  it('is not taken from a command that fails or is not there', async () => {
    expect(await command('sh', '-c', 'echo half; exit 1')).toBe('[passphrase-command-failed]');
    expect(await command('/nonexistent/{id}')).toBe('[passphrase-command-failed]');
  });
});

describe('a passphrase from a file', () => {
  const write = (mode: number, text = 'secret\n'): string => {
    const path = join(dir.path, 'my-usb');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const file = (env: NodeJS.ProcessEnv = {}): Promise<string> =>
    fetched({ provider: 'file', directory: dir.path }, env);

  it('is its text without the last newline', async () => {
    write(0o600);
    expect(await file()).toBe('secret');
  });

  it('is looked for where systemd puts it when the spec names no folder', async () => {
    write(0o400);
    expect(await fetched({ provider: 'file' }, { CREDENTIALS_DIRECTORY: dir.path })).toBe('secret');
    expect(await fetched({ provider: 'file' })).toBe('[passphrase-missing]');
  });

  it.each([0o640, 0o604, 0o620])('is refused when others have rights on it (%o)', async (mode) => {
    write(mode);
    expect(await file()).toBe('[passphrase-file-exposed]');
  });

  it.skipIf(ME !== 0)('is refused when it is another user’s (needs root)', async () => {
    chownSync(write(0o600), 12345, 12345);
    expect(await file()).toBe('[passphrase-file-exposed]');
  });

  it('is missing when it is empty, a folder or not there', async () => {
    expect(await file()).toBe('[passphrase-missing]');
    const path = write(0o600, '\n');
    expect(await file()).toBe('[passphrase-missing]');
    await dir.remove();
    mkdirSync(path, { recursive: true, mode: 0o700 });
    expect(await file()).toBe('[passphrase-missing]');
  });
});

it('nobody can be asked for a passphrase where there is no terminal', async () => {
  expect(await fetched({ provider: 'prompt' })).toBe('[passphrase-missing]');
});
