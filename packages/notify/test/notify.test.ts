import { createServer, type IncomingMessage, type Server } from 'node:http';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeExecutor } from 'nbkp/testkit';
import { Sandbox, type Answer } from '../../../test/support/sandbox.ts';
import { usePackage } from '../../../test/support/local-plugin.ts';
import { makeTempDir, type TempDir } from '../../../test/support/tempdir.ts';
import { notify } from '../src/hook.ts';

const SECRET = 'a-marker"that\\nobody-may-see';

interface Heard {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real receiver on this machine. It answers 500 below /broken. */
let server: Server;
let heard: Heard[] = [];
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      heard.push({ path: request.url ?? '', headers: request.headers, body });
      response.statusCode = request.url?.startsWith('/broken') === true ? 500 : 200;
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => (heard = []));
afterAll(() => server.close());

describe('a run that somebody is told of', () => {
  let dir: TempDir;
  let sandbox: Sandbox;

  beforeEach(async () => {
    dir = await makeTempDir();
    sandbox = new Sandbox(dir.path);
    sandbox.files({
      'laptop/docs/file': 'content',
      'usb/.keep': '',
      'secrets/address': `${base}/ping`,
      'secrets/token': SECRET,
    });
    for (const name of readdirSync(join(dir.path, 'secrets'))) chmodSync(join(dir.path, 'secrets', name), 0o600);
    usePackage(sandbox, 'notify');
  });
  afterEach(() => dir.remove());

  function spec(...more: string[]): void {
    sandbox.writeSpec(`version = 1
volumes.laptop.path = "${dir.path}/laptop"
volumes.usb.path = "${dir.path}/usb"
credentials = { provider = "file", directory = "${dir.path}/secrets" }
[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"
max-age = "1d"
${more.join('\n')}
`);
  }

  /** The server is in this process, so it is not waited for in one go. */
  async function nbkp(...args: string[]): Promise<Answer> {
    return sandbox.start(args).ended;
  }

  const target = (...lines: string[]): string => ['[[notify.to]]', ...lines].join('\n');

  it('is shown in the plan, step by step', async () => {
    spec(target('kind = "healthchecks"', 'url-id = "address"'), target('kind = "desktop"'));
    await nbkp('prepare', '--yes');
    const { code, stdout } = await nbkp('plan', '--commands');
    expect(code).toBe(0);
    expect(stdout).toContain('tell healthchecks (the address is the credential address) that it begins');
    expect(stdout).toContain('tell the desktop how it went');
    expect(stdout).toContain('curl -q');
    expect(heard).toEqual([]);
  });

  it('tells a healthcheck of its start and its success, and ntfy and a webhook what they asked for', async () => {
    spec(
      target('kind = "healthchecks"', 'url-id = "address"'),
      target('kind = "ntfy"', `url = "${base}/topic"`, 'token-id = "token"', 'on = ["success"]'),
      target('kind = "webhook"', `url = "${base}/hook"`, 'on = ["success"]'),
      target('kind = "webhook"', `url = "${base}/quiet"`),
    );
    await nbkp('prepare', '--yes');
    heard = [];
    const { code, stdout, stderr } = await nbkp('run');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(heard.map(({ path }) => path).sort()).toEqual(['/hook', '/ping', '/ping/start', '/topic']);
    const hook = JSON.parse(heard.find(({ path }) => path === '/hook')?.body ?? '') as object;
    expect(hook).toMatchObject({ event: 'success', exitCode: 0, syncs: [{ name: 'docs', outcome: 'succeeded' }] });
    const topic = heard.find(({ path }) => path === '/topic');
    expect(topic?.headers['authorization']).toBe(`Bearer ${SECRET}`);
    expect(topic?.body).toContain('The backup went well on');
    expect(stdout + stderr + everythingIn(sandbox.state)).not.toContain('marker');
  });

  it('tells of a failure with what the processes said', async () => {
    spec(
      'before = [["sh", "-c", "echo it is \\"broken\\" >&2; exit 3"]]',
      target('kind = "healthchecks"', 'url-id = "address"'),
    );
    await nbkp('prepare', '--yes');
    heard = [];
    expect(await nbkp('run')).toMatchObject({ code: 1 });
    expect(heard.map(({ path }) => path)).toEqual(['/ping/start', '/ping/fail']);
    expect(heard[1]?.body).toContain('it is "broken"');
  });

  it('tells those who want no repetition of a failure once, and once that it is over', async () => {
    const broken = join(dir.path, 'broken');
    spec(
      `before = [["test", "!", "-e", "${broken}"]]`,
      target('kind = "webhook"', `url = "${base}/hook"`, 'repeat = false'),
      target('kind = "webhook"', `url = "${base}/each"`),
    );
    await nbkp('prepare', '--yes');
    await nbkp('run');
    heard = [];
    writeFileSync(broken, '');
    for (let run = 0; run < 3; run += 1) expect(await nbkp('run')).toMatchObject({ code: 1 });
    rmSync(broken);
    for (let run = 0; run < 2; run += 1) expect(await nbkp('run')).toMatchObject({ code: 0 });
    const events = (to: string): string[] =>
      heard.filter(({ path }) => path === to).map(({ body }) => (JSON.parse(body) as { event: string }).event);
    expect(events('/hook')).toEqual(['failure', 'well-again']);
    expect(events('/each')).toEqual(['failure', 'failure', 'failure']);
  });

  it('tells that a sync is overdue, and of nothing when there is nothing to do', async () => {
    spec(target('kind = "webhook"', `url = "${base}/hook"`));
    await nbkp('prepare', '--yes');
    rmSync(join(dir.path, 'usb'), { recursive: true });
    heard = [];
    expect(await nbkp('run')).toMatchObject({ code: 4 });
    expect(heard.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual(['overdue']);
  });

  it('goes as it goes when nobody can be told: that is a warning', async () => {
    spec(
      target('kind = "webhook"', `url = "${base}/broken"`, 'on = ["success"]'),
      target('kind = "webhook"', 'url-id = "missing"', 'on = ["success"]'),
      target('kind = "desktop"', 'on = ["success"]'),
    );
    await nbkp('prepare', '--yes');
    const { code, stdout, stderr } = await nbkp('run');
    expect(code).toBe(0);
    expect(stdout.match(/notify-failed/g)?.length).toBe(3);
    expect(stdout + stderr).toContain('the answer was HTTP 500');
  });

  it('has its credentials checked along with the passphrases of drives', async () => {
    spec(target('kind = "ntfy"', 'url-id = "address"', 'token-id = "token"'), target('kind = "desktop"'));
    expect(await nbkp('credentials', 'check')).toMatchObject({ code: 0, stdout: '2 checks passed.\n' });
    rmSync(join(dir.path, 'secrets/token'));
    const { code, stdout } = await nbkp('credentials', 'check');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('error[passphrase-missing]') });
    expect(stdout).toContain('the credential token');
  });

  it('is refused when its settings are wrong, with the place', async () => {
    spec(target('kind = "pigeon"', `url = "${base}/hook"`));
    const { code, stderr } = await nbkp('plan');
    expect(code).toBe(65);
    expect(stderr).toMatch(/nbkp\.toml:\d+:\d+/);
    expect(stderr).toContain('webhook');
  });
});

function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

const runner = { describe, it, beforeAll, afterAll };

describeExecutor(
  {
    executor: notify,
    world: {
      spec: (root) => `version = 1
        volumes.laptop.path = "${root}/laptop"
        volumes.usb.path = "${root}/usb"
        syncs.docs = { source = "laptop:docs", destination = "usb:docs" }
        [[notify.to]]
        kind = "healthchecks"
        url-id = "address"
        [[notify.to]]
        kind = "webhook"
        url = "${base}/hook"
        on = ["success", "failure"]`,
      make: (root) => {
        mkdirSync(join(root, 'laptop/docs'), { recursive: true });
        mkdirSync(join(root, 'usb'));
        writeFileSync(join(root, 'laptop/docs/file'), 'content');
        return {
          sound: () => undefined,
          // Who could not be told is none of the work: what is told when, is tested above.
          finished: () => expect(readFileSync(join(root, 'usb/docs/file'), 'utf8')).toBe('content'),
        };
      },
      recurring: ['transfer', 'notify'],
      reliesOnFacts: false,
    },
  },
  runner,
);
