import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { describeExecutor } from 'nbkp/testkit';
import { tar } from '../dist/hook.js';

const spec = (root) => `version = 1
[volumes.laptop]
path = "${root}/laptop"
[volumes.usb]
path = "${root}/usb"
[syncs.documents]
source = "laptop:documents"
destination = "usb:documents"
transfer = "tar"
tar.compress = "gzip"`;

/** Makes the folders of one try. `sound` must hold whatever happened, `finished` after a success. */
function make(root) {
  mkdirSync(`${root}/laptop/documents`, { recursive: true });
  mkdirSync(`${root}/usb`);
  writeFileSync(`${root}/laptop/documents/letter`, 'Dear reader');
  const archive = `${root}/usb/documents/archive.tar.gz`;
  const list = () => execFileSync('tar', ['--list', '--file', archive], { encoding: 'utf8' });
  const sound = () => {
    if (existsSync(archive)) list();
  };
  const finished = () => {
    if (!list().includes('./letter')) throw new Error('the letter is not in the archive');
  };
  return { sound, finished };
}

describeExecutor({ executor: tar, world: { spec, make, recurring: ['transfer'] } }, { describe, it, before, after });
