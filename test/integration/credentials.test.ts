import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilWhile } from '../support/running.ts';
import { Running, Sandbox } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = `${process.execPath} ${join(ROOT, 'bin/run.js')} credentials check`;
const MARKER = 'marker-b41c07';

let dir: TempDir;
let box: Sandbox;

beforeAll(async () => {
  dir = await makeTempDir();
  box = new Sandbox(dir.path);
});
afterAll(() => dir.remove());

function writeSpec(credentials: string): void {
  box.writeSpec(`version = 1
volumes.home.path = "${box.home}"
volumes.usb.mount = { device-uuid = "5941f273-f73c-44c5-a3ef-fae7248db1b6", encryption.type = "luks" }
syncs.docs = { source = "home:docs", destination = "usb:docs" }
credentials = { ${credentials} }
`);
}

describe('credentials check', () => {
  it('fetches each passphrase and shows none', () => {
    writeSpec('provider = "env"');
    const { code, stdout, stderr } = box.nbkpWith({ NBKP_PASSPHRASE_USB: MARKER }, 'credentials', 'check', '--json');
    expect(code).toBe(0);
    expect(schemaErrors('credentials-check', JSON.parse(stdout))).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, provider: 'env', checks: [{ outcome: 'passed' }] });
    expect(stdout + stderr).not.toContain(MARKER);
  });

  it('says which cannot be fetched, and why', () => {
    writeSpec(`provider = "file", directory = "${dir.path}/secrets"`);
    mkdirSync(join(dir.path, 'secrets'));
    const missing = box.nbkp('credentials', 'check');
    expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining('error[passphrase-missing]')]);
    writeFileSync(join(dir.path, 'secrets', 'usb'), MARKER, { mode: 0o644 });
    const exposed = box.nbkp('credentials', 'check');
    expect([exposed.code, exposed.stdout]).toEqual([1, expect.stringContaining('error[passphrase-file-exposed]')]);
    expect(exposed.stdout + exposed.stderr).not.toContain(MARKER);
  });
});

describe('credentials set', () => {
  it.each(['env', 'prompt'])('stores nothing where the provider is %s', (provider) => {
    writeSpec(`provider = "${provider}"`);
    const refused = box.nbkp('credentials', 'set', 'usb');
    expect([refused.code, refused.stderr]).toEqual([65, expect.stringContaining('passphrase-not-storable')]);
  });
});

describe('prefetch', () => {
  it('fetches the passphrases of drives that are not here too, once, and warns of those that are not there', () => {
    const asked = join(dir.path, 'asked');
    for (const [prefetch, expected] of [
      [false, ''],
      [true, 'usb\n'],
    ] as const) {
      writeSpec(
        `provider = "command", command = ["sh", "-c", "echo $0 >>${asked}; exit 1", "{id}"], prefetch = ${prefetch}`,
      );
      writeFileSync(asked, '');
      const ran = box.nbkp('run');
      expect(ran.code, ran.stderr).toBe(0);
      expect(readFileSync(asked, 'utf8')).toBe(expected);
      expect(ran.stderr.includes('No drive of this run needs it')).toBe(prefetch);
    }
  });
});

/** Without script(1) there is no terminal to test with. */
describe.skipIf(spawnSync('script', ['--version']).status !== 0)('a passphrase that is typed', () => {
  const asked = async (): Promise<Running> => {
    writeSpec('provider = "prompt"');
    const env = { PATH: process.env['PATH'], HOME: box.home, TERM: 'xterm', NBKP_SPEC: box.spec };
    const running = new Running(spawn('script', ['-qefc', COMMAND, '/dev/null'], { env, stdio: 'pipe' }));
    await untilWhile(running, () => running.stdout.includes('Passphrase usb: '));
    return running;
  };

  it('is taken and not shown', async () => {
    const running = await asked();
    running.process.stdin?.write(`${MARKER}\r`);
    const { code, stdout } = await running.ended;
    expect(code, stdout).toBe(0);
    expect(stdout).not.toContain(MARKER);
  });

  it.each([
    ['Enter', '\r'],
    ['Ctrl-C', `${MARKER}\x03`],
    ['Ctrl-D', '\x04'],
  ])('is none after %s', async (_, keys) => {
    const running = await asked();
    running.process.stdin?.write(keys);
    const { code, stdout } = await running.ended;
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('error[passphrase-prompt-cancelled]');
    expect(stdout).not.toContain(MARKER);
  });
});

/** A Secret Service of its own, on a bus of its own: that of GNOME. */
describe.skipIf(spawnSync('gnome-keyring-daemon', ['--version']).status !== 0)('a passphrase in the keyring', () => {
  const LOCK =
    'dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login';
  /** nbkp without the packages around it, as in the one file. */
  const withoutNative = (): string => {
    for (const name of ['bin', 'dist/nbkp.cjs', 'package.json', 'oclif.manifest.json'])
      cpSync(join(ROOT, name), join(dir.path, 'alone', name), { recursive: true });
    return `${process.execPath} ${join(dir.path, 'alone/bin/run.js')} credentials check`;
  };
  const inSession = (script: string): string => {
    writeSpec('provider = "keyring"');
    const runtime = join(dir.path, 'runtime');
    mkdirSync(runtime, { recursive: true, mode: 0o700 });
    const env = { PATH: process.env['PATH'], HOME: box.home, XDG_RUNTIME_DIR: runtime, NBKP_SPEC: box.spec };
    const open = 'printf login | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
    const { stdout } = spawnSync('dbus-run-session', ['--', 'sh', '-c', `${open}\n${script}`], {
      env,
      encoding: 'utf8',
    });
    return stdout;
  };

  it.each([
    ['the native package', () => COMMAND],
    ['secret-tool', withoutNative],
  ])('is missing, there, and locked, each told from the others, with %s', (_, program) => {
    const command = program();
    const told = inSession(`secret-tool clear service nbkp username usb; ${command}; echo ---
      printf ${MARKER} | secret-tool store --label='nbkp usb' service nbkp username usb; ${command}; echo ---
      ${LOCK} >/dev/null; ${command}`).split('---');
    expect(told).toEqual([
      expect.stringContaining('error[passphrase-missing]'),
      '\n1 check passed.\n',
      expect.stringContaining('error[keyring-locked]'),
    ]);
    expect(told.join('')).not.toContain(MARKER);
  });

  it.each([
    ['the native package', () => COMMAND],
    ['secret-tool', withoutNative],
  ])('is stored by credentials set, in the place of another, with %s', (_, program) => {
    const check = program();
    const set = check.replace(/check$/, 'set');
    const read = 'secret-tool lookup service nbkp username usb';
    const told = inSession(`secret-tool clear service nbkp username usb
      printf 'first\\n' | ${set} usb; ${read}; echo ---
      printf '${MARKER}' | ${set} usb --json; ${read}; echo ---; ${check}; echo ---
      printf '' | ${set} usb 2>&1; echo "code $?"; ${read}; echo ---; printf x | ${set} disk 2>&1; echo "code $?"`).split(
      '---\n',
    );
    expect(told).toEqual([
      expect.stringMatching(/The passphrase usb is in the keyring[^]*first$/m),
      expect.stringMatching(new RegExp(`"id": ?"usb"[^]*${MARKER}`)),
      '1 check passed.\n',
      expect.stringMatching(new RegExp(`passphrase-prompt-cancelled[^]*code 1\\n${MARKER}`)),
      expect.stringMatching(/no passphrase disk[^]*It has: usb[^]*code 64/),
    ]);
  });

  it('cannot be had where there is no session', () => {
    writeSpec('provider = "keyring"');
    const { code, stdout } = box.nbkp('credentials', 'check');
    expect([code, stdout]).toEqual([1, expect.stringContaining('error[keyring-unavailable]')]);
    const env = { PATH: process.env['PATH'], HOME: box.home, NBKP_SPEC: box.spec };
    const alone = spawnSync('sh', ['-c', withoutNative()], { env, encoding: 'utf8' });
    expect([alone.status, alone.stdout]).toEqual([1, expect.stringMatching(/error\[keyring-unavailable\][^]*D-Bus/)]);
  });
});
