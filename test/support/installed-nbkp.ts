import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** nbkp as it is packed, installed into a folder of its own, which is also its user's home. Needs no network. */
export class InstalledNbkp {
  constructor(readonly home: string) {
    this.npm('install', '--global', '--offline', '--prefix', home, this.pack(ROOT));
  }

  npm(...words: string[]): string {
    return execFileSync('npm', [...words, '--loglevel=error'], {
      cwd: this.home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Packs a package; the path of the archive. */
  pack(folder: string): string {
    const answer = this.npm('pack', folder, '--json', '--pack-destination', this.home);
    const [packed] = JSON.parse(answer) as [{ filename: string }];
    return join(this.home, packed.filename);
  }

  nbkp(...words: string[]): SpawnSyncReturns<string> {
    return spawnSync(join(this.home, 'bin/nbkp'), words, {
      cwd: this.home,
      env: {
        PATH: process.env['PATH'],
        HOME: this.home,
        NBKP_STATE_DIR: join(this.home, 'state'),
        npm_config_offline: 'true',
      },
      encoding: 'utf8',
    });
  }
}
