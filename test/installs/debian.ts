import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOTS = fileURLToPath(new URL('../../.cache/roots', import.meta.url));

/** A clean Debian in a folder, made by debootstrap once and unpacked for each test. It is left behind by nothing. */
export class Debian {
  readonly folder = mkdtempSync(join(tmpdir(), 'nbkp-debian-'));

  /** @param suite such as `bookworm` */
  constructor(suite: string) {
    execFileSync('tar', ['-xf', archiveOf(suite), '-C', this.folder]);
  }

  /** Runs a script of sh in it, with a /proc that goes away with its processes. */
  run(script: string, env: Record<string, string> = {}): SpawnSyncReturns<string> {
    const enter = ['--mount', '--pid', '--fork', `--mount-proc=${join(this.folder, 'proc')}`];
    return spawnSync('unshare', [...enter, 'chroot', this.folder, 'sh', '-c', script], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', DEBIAN_FRONTEND: 'noninteractive', ...env },
      encoding: 'utf8',
    });
  }

  /** The same, which has to succeed: what it printed. */
  must(script: string): string {
    const { status, stdout, stderr } = this.run(script);
    if (status !== 0) throw new Error(`${script}\nended with ${status ?? 'a signal'}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function archiveOf(suite: string): string {
  const archive = join(ROOTS, `${suite}.tar`);
  if (existsSync(archive)) return archive;
  mkdirSync(dirname(archive), { recursive: true });
  const made = mkdtempSync(join(tmpdir(), 'nbkp-debootstrap-'));
  execFileSync('debootstrap', ['--variant=minbase', suite, made], { stdio: ['ignore', 'ignore', 2] });
  execFileSync('tar', ['-cf', `${archive}.new`, '-C', made, '.']);
  renameSync(`${archive}.new`, archive);
  rmSync(made, { recursive: true });
  return archive;
}
