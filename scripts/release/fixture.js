import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SPEC = `version = 1
[volumes.laptop]
path = "/mnt/laptop"
[volumes.usb]
path = "/mnt/usb"
[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
snapshots = { mode = "hard-link", keep.last = 5 }
[syncs.copy]
source = "laptop:Documents"
destination = "usb:copy"
[syncs.cut]
source = "laptop:Music"
destination = "usb:music"
before = [["sh", "-c", "[ ! -e /mnt/cut ] || kill -9 $PPID"]]
`;

/** Before each command: a machine called `laptop`, on which a folder is \`/mnt\`. What nbkp notes of places names both. */
export function asLaptop(folder) {
  const script = 'echo laptop >/proc/sys/kernel/hostname; mount --bind "$0" /mnt; cd /mnt; exec "$@"';
  return ['unshare', '--mount', '--uts', 'sh', '-c', script, folder];
}

/** The environment of nbkp there. */
export const LAPTOP = { HOME: '/mnt', NBKP_STATE_DIR: '/mnt/state', NBKP_SPEC: '/mnt/nbkp.toml' };

/**
 * Keeps what this nbkp writes, for the builds to come: a spec, its state with runs, one of them killed, backups with their
 * marks, a plan and facts. Needs root.
 *
 * @param {string} root folder of the repository
 * @param {string} archive path of the file that is made
 */
export function makeFixture(root, archive) {
  const folder = mkdtempSync(join(tmpdir(), 'nbkp-fixture-'));
  const env = { PATH: process.env.PATH, ...LAPTOP, XDG_CACHE_HOME: `${folder}.cache` };
  const [enter, ...words] = [...asLaptop(folder), process.execPath, join(root, 'bin/run.js')];
  const nbkp = (...args) => execFileSync(enter, [...words, ...args], { env, stdio: ['ignore', 'ignore', 2] });
  const write = (path, text) => writeFileSync(join(folder, path), text);
  for (const name of ['laptop/Documents', 'laptop/Music', 'usb']) mkdirSync(join(folder, name), { recursive: true });
  write('nbkp.toml', SPEC);
  write('laptop/Documents/letter.txt', 'Dear reader');
  write('laptop/Documents/list.txt', 'milk');
  write('laptop/Music/song.ogg', 'la la');
  nbkp('prepare', '--yes');
  nbkp('run');
  write('laptop/Documents/list.txt', 'milk, bread');
  nbkp('run');
  nbkp('verify');
  write('laptop/Music/other.ogg', 'la');
  write('cut', '');
  try {
    nbkp('run', '--only', 'cut');
    throw new Error('The run that had to be killed came to its end.');
  } catch (error) {
    if (error.signal !== 'SIGKILL') throw error;
  }
  rmSync(join(folder, 'cut'));
  nbkp('plan', '--only', 'documents', '--out', 'plan.json');
  write('facts.json', execFileSync(enter, [...words, 'facts', 'export'], { env, stdio: ['ignore', 'pipe', 'ignore'] }));
  execFileSync('tar', ['--format=posix', '--numeric-owner', '-C', folder, '-czf', archive, '.']);
  for (const path of [folder, `${folder}.cache`]) rmSync(path, { recursive: true });
}
