import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeExample } from '../support/example-plugin.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = join(import.meta.dirname, '../..');

const SPEC = `version = 1
[volumes.laptop]
path = "/home/ada"
[volumes.usb]
path = "/media/usb"
[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
`;

/** A job as its file has it: what is installed and asked, and what is posted, each as one script. */
interface Job {
  plan: string;
  post: string;
}

interface GitHub {
  jobs: { plan: { steps: { name?: string; run?: string; if?: string; env?: Record<string, string> }[] } };
}
interface GitLab {
  'backup-plan': { script: string[]; after_script: string[] };
}

function read(file: string): unknown {
  return parse(readFileSync(join(ROOT, 'docs/ci', file), 'utf8'));
}

function githubJob(): Job {
  const runs = (read('github.yml') as GitHub).jobs.plan.steps.flatMap(({ run }) => run ?? []);
  return { plan: runs.slice(0, -1).join('\n'), post: runs.at(-1) ?? '' };
}

function gitlabJob(): Job {
  const { script, after_script: after } = (read('gitlab.yml') as GitLab)['backup-plan'];
  return { plan: script.join('\n'), post: after.join('\n') };
}

let dir: TempDir;
let checkouts = 0;

beforeAll(async () => {
  dir = await makeTempDir();
  const bin = join(dir.path, 'bin');
  mkdirSync(bin);
  // Fakes: nothing is installed from anywhere, and the services get no comment. Each writes down what it was asked for.
  const note = `printf '%s\\n' "$@" >>posted\nfor word; do case $word in *comment.md) cat comment.md >>posted ;; esac; done\n`;
  const programs = {
    npm: `[ "$*" = 'install --global nbkp' ]\n`,
    nbkp: `exec '${process.execPath}' '${ROOT}/bin/run.js' "$@"\n`,
    gh: `case " $* " in *' --edit-last '*) exit 1 ;; esac\n${note}`,
    curl: note,
  };
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}`, { mode: 0o755 });
});

afterAll(() => dir.remove());

/** A clone of a repository that holds a spec, as a service checks it out. */
function checkout(spec: string): string {
  checkouts += 1;
  const [origin, clone] = ['origin', 'clone'].map((name) => join(dir.path, `${name}-${checkouts}`)) as [string, string];
  mkdirSync(origin);
  writeFileSync(join(origin, 'nbkp.toml'), spec, { mode: 0o644 });
  const identity = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org'];
  execFileSync('git', ['-C', origin, 'init', '-q']);
  execFileSync('git', ['-C', origin, 'add', '.']);
  execFileSync('git', ['-C', origin, ...identity, 'commit', '-qm', 'spec']);
  execFileSync('git', ['clone', '-q', origin, clone]);
  return clone;
}

/** As the services run a script: bash that stops at the first failure. */
function run(script: string, cwd: string, base = '0'.repeat(40)): { code: number | null; text: string } {
  const env = {
    ...{
      PATH: `${join(dir.path, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: dir.path,
      NBKP_STATE_DIR: join(dir.path, 'state'),
    },
    ...{
      NUMBER: '12',
      NBKP_COMMENT_TOKEN: 'token',
      CI_API_V4_URL: 'https://gitlab.example.org/api/v4',
      CI_PROJECT_ID: '7',
    },
    CI_MERGE_REQUEST_IID: '12',
    ...{ BASE: base, CI_MERGE_REQUEST_DIFF_BASE_SHA: base },
  };
  const ended = spawnSync('bash', ['-eo', 'pipefail', '-c', script], { cwd, env, encoding: 'utf8' });
  return { code: ended.status, text: ended.stdout + ended.stderr };
}

describe.each([
  ['GitHub', githubJob()],
  ['GitLab', gitlabJob()],
])('the job for %s', (_, { plan, post }) => {
  it('posts the plan of the spec alone', () => {
    const clone = checkout(SPEC);
    expect(run(plan, clone)).toMatchObject({ code: 0 });
    expect(run(post, clone)).toMatchObject({ code: 0 });
    const posted = readFileSync(join(clone, 'posted'), 'utf8');
    expect(posted).toContain('### Backup plan of');
    expect(posted).toContain('documents');
    expect(posted).toMatch(/^12$|merge_requests\/12\/notes$/m);
  });

  it('posts what a change of the spec changes in the plan', () => {
    const clone = checkout(SPEC);
    const base = execFileSync('git', ['-C', clone, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
    writeFileSync(join(clone, 'nbkp.toml'), SPEC.replace('usb:documents', 'usb:letters'));
    expect(run(plan, clone, base)).toMatchObject({ code: 0 });
    expect(run(post, clone)).toMatchObject({ code: 0 });
    const posted = readFileSync(join(clone, 'posted'), 'utf8');
    expect(posted).toContain('`destination-moved`');
    expect(posted).toMatch(/usb:documents.* → .*usb:letters/);
    expect(run(`nbkp facts export --spec nbkp.toml >nbkp.facts.json\n${plan}`, clone, base)).toMatchObject({ code: 0 });
    expect(readFileSync(join(clone, 'comment.md'), 'utf8')).toContain('recorded');
  });

  it('plans from recorded facts where there are some', () => {
    const clone = checkout(SPEC);
    expect(run(`nbkp facts export --spec nbkp.toml >nbkp.facts.json\n${plan}`, clone)).toMatchObject({ code: 0 });
    expect(readFileSync(join(clone, 'comment.md'), 'utf8')).toContain('recorded');
  });

  it('runs no code that a change brings beside the spec', () => {
    const clone = checkout(`${SPEC}transfer = "tar"\n`);
    const plugin = join(clone, 'node_modules/nbkp-executor-tar');
    writeExample(plugin, (text, file) =>
      file === 'index.js' ? `(await import('node:fs')).writeFileSync('${clone}/ran', '');\n${text}` : text,
    );
    writeFileSync(join(clone, 'package.json'), '{ "dependencies": { "nbkp-executor-tar": "1" } }');
    expect(run(plan, clone)).toMatchObject({ code: 0 });
    expect(readFileSync(join(clone, 'comment.md'), 'utf8')).toContain('plugin-not-trusted');
    expect(existsSync(join(clone, 'ran'))).toBe(false);
  });

  it('fails for a spec with a mistake, and posts no plan', () => {
    const clone = checkout(SPEC.replace('source =', 'sorce ='));
    expect(run(plan, clone)).toMatchObject({ code: 65, text: expect.stringContaining('unknown-key') as string });
    expect(existsSync(join(clone, 'comment.md'))).toBe(false);
  });
});
