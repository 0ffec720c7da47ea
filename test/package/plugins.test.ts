import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PluginDocument, PluginsDocument } from '../../src/planner/model/plugin-documents.ts';
import { exampleFiles, writeExample } from '../support/example-plugin.ts';
import { InstalledNbkp } from '../support/installed-nbkp.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let dir: TempDir;
let installed: InstalledNbkp;
beforeAll(async () => {
  dir = await makeTempDir();
  installed = new InstalledNbkp(dir.path);
});
afterAll(() => dir.remove());

const pack = (folder: string): string => installed.pack(folder);
const nbkp = (...words: string[]): SpawnSyncReturns<string> => installed.nbkp(...words);
const data = (): string => join(dir.path, '.local/share/nbkp');

function succeed(...words: string[]): string {
  const { status, stdout, stderr } = nbkp(...words);
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}

function plugins(): [name: string, version: string, from: string][] {
  const document = JSON.parse(succeed('plugins', '--json')) as PluginsDocument;
  expect(document.findings).toEqual([]);
  return document.plugins.map(({ name, version, from }) => [name, version, from]);
}

/** The example of docs/writing-an-executor.md in a folder of its own, with the installed nbkp as its peer. */
function example(name: string, change?: (text: string, file: string) => string): string {
  const folder = join(dir.path, name);
  rmSync(folder, { recursive: true, force: true });
  writeExample(folder, change);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(dir.path, 'lib/node_modules/nbkp'), join(folder, 'node_modules/nbkp'));
  return folder;
}

function layOut(): void {
  for (const folder of ['tar-try/laptop/documents', 'tar-try/usb']) {
    mkdirSync(join(dir.path, folder), { recursive: true });
  }
  writeFileSync(join(dir.path, 'tar-try/laptop/documents/letter'), 'Dear reader');
  writeFileSync(join(dir.path, 'nbkp.toml'), exampleFiles()['nbkp.toml'] ?? '', { mode: 0o600 });
}

function backUp(): void {
  layOut();
  succeed('prepare', '--yes');
  succeed('run');
}

describe('the template of the packed nbkp', () => {
  it('is built, passes its own test, is packed, installed, and backs up', () => {
    const folder = join(dir.path, 'my-executor');
    cpSync(join(dir.path, 'lib/node_modules/nbkp/template'), folder, { recursive: true });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(dir.path, 'lib/node_modules/nbkp'), join(folder, 'node_modules/nbkp'));
    symlinkSync(join(ROOT, 'node_modules/typescript'), join(folder, 'node_modules/typescript'));
    symlinkSync(join(ROOT, 'node_modules/.bin'), join(folder, 'node_modules/.bin'));
    execFileSync('npm', ['test', '--loglevel=error'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    succeed('plugins', 'install', pack(folder));
    expect(plugins()).toEqual([['nbkp-executor-template', '1.0.0', 'user']]);
    backUp();
    expect(existsSync(join(dir.path, 'tar-try/usb/documents/archive.tar.gz'))).toBe(true);
    succeed('plugins', 'uninstall', 'nbkp-executor-template');
    rmSync(join(dir.path, 'tar-try'), { recursive: true });
  }, 900_000);
});

describe('the example of docs/writing-an-executor.md', () => {
  it('is packed, installed into the packed nbkp, and backs up', () => {
    const tarball = pack(example('example'));
    const installed = JSON.parse(succeed('plugins', 'install', tarball, '--json')) as PluginDocument;
    expect(installed.executors).toMatchObject([{ name: 'tar', uses: ['transfer'], settings: { spec: null } }]);
    rmSync(tarball);
    backUp();
    const list = execFileSync('tar', ['-tzf', join(dir.path, 'tar-try/usb/documents/archive.tar.gz')], {
      encoding: 'utf8',
    });
    expect(list.split('\n')).toEqual(['./', './letter', '']);
    expect(succeed('executors')).toContain('nbkp-executor-tar@1.0.0');
  });

  it('is run by a program that imports the packed nbkp and says so, with a passphrase of the program', () => {
    const sealed = (text: string): string =>
      text
        .replace('    return [\n', "    return [\n      ['dd', 'status=none', `of=${target}/seal`],\n")
        .replace('      destructive: !isFirst,', "      destructive: !isFirst,\n      secrets: ['seal'],")
        .replace("  kinds: ['transfer'],", "  kinds: ['transfer'],\n  credentials: () => ['seal'],")
        .replace(
          "apply: sequence('tar-failed')",
          `async apply(step, context) {
            await context.run(step.commands[0], { stdin: [{ secret: 'seal' }] });
            return sequence('tar-failed')({ ...step, commands: step.commands.slice(1) }, context);
          }`,
        );
    succeed('plugins', 'install', pack(example('sealed', sealed)));
    layOut();
    const program = `import { apply, openSpec, plan, prepare } from 'nbkp';
      const given = { file: 'nbkp.toml', cwd: process.cwd(), env: process.env, secret: async (id) => id + ' of the program' };
      const none = await openSpec(given);
      const { value } = await openSpec({ ...given, plugins: 'trusted' });
      await apply(value, (await prepare(value)).value).result;
      const planned = await plan(value);
      const run = apply(value, planned.value);
      const events = [];
      for await (const event of run) events.push(event);
      const ended = await run.result;
      await value.close();
      const all = JSON.stringify([planned, events, ended]);
      console.log(JSON.stringify([none.findings.map(({ code }) => code), ended.value?.exitCode, all.includes('of the program')]));`;
    writeFileSync(join(dir.path, 'lib/program.mjs'), program);
    const env = { PATH: process.env['PATH'], HOME: dir.path, NBKP_STATE_DIR: join(dir.path, 'state') };
    const how = { cwd: dir.path, env, encoding: 'utf8' } as const;
    const { stdout, stderr } = spawnSync(process.execPath, ['lib/program.mjs'], how);
    expect([stdout, stderr]).toEqual(['[["executor-unknown"],0,false]\n', '']);
    expect(readFileSync(join(dir.path, 'tar-try/usb/documents/seal'), 'utf8')).toBe('seal of the program');
  });

  it('passes its own test, with the kit', () => {
    const folder = example('tested');
    const words = ['--test', join(folder, 'index.test.js')];
    const env = { PATH: process.env['PATH'], HOME: dir.path };
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' });
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/# pass [1-9]\d/);
  }, 900_000);
});

describe('nbkp plugins', () => {
  const other = (text: string): string => text.replaceAll('nbkp-executor-tar', 'nbkp-executor-zip');
  const asZip = (text: string, file: string): string =>
    other(text)
      .replace("name = 'tar'", "name = 'zip'")
      .replace('["tar"]', file === 'package.json' ? '["zip"]' : '["tar"]');

  it('installs a second one although the archive of the first is gone, and replaces one by a newer version', () => {
    succeed('plugins', 'install', pack(example('second', asZip)));
    expect(plugins()).toEqual([
      ['nbkp-executor-tar', '1.0.0', 'user'],
      ['nbkp-executor-zip', '1.0.0', 'user'],
    ]);
    const newer = (text: string): string => text.replaceAll('1.0.0', '1.1.0');
    succeed('plugins', 'install', pack(example('newer', newer)));
    expect(plugins().sort()).toEqual([
      ['nbkp-executor-tar', '1.1.0', 'user'],
      ['nbkp-executor-zip', '1.0.0', 'user'],
    ]);
  });

  it.each([
    ['that cannot be loaded', 'export const tar', "throw new Error('out of order'); export const tar", 'out of order'],
    ['that is made for another interface', 'apiVersion: API_VERSION', 'apiVersion: 9', 'plugin-api-version'],
    ['that names no executors', '"nbkp": { "executors": ["tar"] },', '', 'names no executors'],
  ])('leaves everything as it was when a package is installed %s', (_, before, after, words) => {
    const former = [readFileSync(join(data(), 'package.json'), 'utf8'), readdirSync(join(data(), 'node_modules'))];
    const broken = pack(example('broken', (text) => text.replace(before, after).replaceAll('1.0.0', '3.0.0')));
    const { status, stderr } = nbkp('plugins', 'install', broken);
    expect(stderr.replaceAll(/\n\s+/g, ' ')).toContain(words);
    expect(status).toBe(1);
    expect([readFileSync(join(data(), 'package.json'), 'utf8'), readdirSync(join(data(), 'node_modules'))]).toEqual(
      former,
    );
    succeed('plugins', 'inspect', 'nbkp-executor-tar');
  });

  it('leaves everything as it was when npm cannot get a package, and says what npm said', () => {
    const former = plugins();
    const { status, stderr } = nbkp('plugins', 'install', 'nbkp-executor-that-is-nowhere');
    expect(stderr).toContain('error[plugin-not-changed]');
    expect(status).toBe(1);
    expect(plugins()).toEqual(former);
  });

  it('runs no script of a package', () => {
    const script = (text: string, file: string): string =>
      file === 'package.json' ? text.replace('"scripts": {', '"scripts": { "postinstall": "touch $HOME/ran",') : text;
    succeed('plugins', 'install', pack(example('scripts', script)));
    expect(existsSync(join(dir.path, 'ran'))).toBe(false);
  });

  it('links a package where it is, and forgets it again', () => {
    const folder = example('linked', (text) => other(text).replaceAll('executor-zip', 'executor-linked'));
    succeed('plugins', 'uninstall', 'nbkp-executor-tar');
    succeed('plugins', 'link', folder);
    expect(plugins()).toContainEqual(['nbkp-executor-linked', '1.0.0', 'link']);
    expect(succeed('plugins', 'inspect', 'nbkp-executor-linked')).toContain('transfer = "tar"');
    succeed('plugins', 'uninstall', 'nbkp-executor-linked');
    expect(existsSync(join(folder, 'index.js'))).toBe(true);
    expect(plugins()).toEqual([['nbkp-executor-zip', '1.0.0', 'user']]);
  });

  it('says what is not there', () => {
    const { status, stderr } = nbkp('plugins', 'uninstall', 'nothing');
    expect(stderr).toContain('error[plugin-unknown]: No plugin nothing is installed.');
    expect(status).toBe(1);
    expect(nbkp('plugins', 'link', dir.path).stderr).toContain('holds no package.json');
  });
});
