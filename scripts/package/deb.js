import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { changelog, control, COPYRIGHT, OVERRIDES } from './deb-texts.js';

/** What Debian calls the architecture. */
export const DEBIAN = { x64: 'amd64', arm64: 'arm64' };

/**
 * Makes a package of Debian with the one file. It has no scripts of its own: nothing is enabled, started or removed.
 *
 * @param {string} root folder of the repository
 * @param {{architecture: 'x64' | 'arm64', version: string, binary: string, licence: string, target: string, epoch: number}} what
 * `binary`: path of the one file; `licence`: of Node's licences; `target`: of the package; `epoch`: the time of every file, in seconds since 1970
 */
export function makeDeb(root, { architecture, version, binary, licence, target, epoch }) {
  const tree = `${target}.tree`;
  rmSync(tree, { recursive: true, force: true });
  const write = (path, content) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  };
  const copy = (from, path) => write(path, readFileSync(join(root, from)));
  const compress = (content) => gzipSync(content, { level: 9 });

  write('usr/bin/nbkp', readFileSync(binary));
  chmodSync(join(tree, 'usr/bin/nbkp'), 0o755);
  write('usr/share/man/man1/nbkp.1.gz', compress(readFileSync(join(root, 'man/nbkp.1'))));
  write('usr/share/man/man5/nbkp.toml.5.gz', compress(readFileSync(join(root, 'man/nbkp.toml.5'))));
  for (const [path, shell] of COMPLETIONS) write(path, completion(root, shell));
  for (const unit of ['nbkp.service', 'nbkp.timer'])
    copy(`scripts/package/units/${unit}`, `usr/lib/systemd/system/${unit}`);
  const doc = 'usr/share/doc/nbkp';
  copy('README.md', `${doc}/README.md`);
  cpSync(join(root, 'docs'), join(tree, doc, 'docs'), { recursive: true });
  write(`${doc}/changelog.gz`, compress(changelog(version, epoch)));
  write(`${doc}/NEWS.md.gz`, compress(readFileSync(join(root, 'CHANGELOG.md'))));
  write(`${doc}/copyright`, COPYRIGHT);
  const licences = ['LICENSE', 'dist/THIRD-PARTY-NOTICES.txt'].map((name) => join(root, name));
  write(`${doc}/licences.gz`, compress(Buffer.concat([...licences, licence].map((file) => readFileSync(file)))));
  write('usr/share/lintian/overrides/nbkp', OVERRIDES);
  const bytes = sizeOf(tree);
  write('DEBIAN/control', control({ architecture: DEBIAN[architecture], version, kibibytes: Math.ceil(bytes / 1024) }));
  write('DEBIAN/md5sums', sums(tree));
  settle(tree, epoch);
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch) };
  // The number of threads decides on the bytes.
  const words = ['--root-owner-group', '-Zxz', '-z3', '--threads-max=2', '--build', tree, target];
  execFileSync('dpkg-deb', words, { env, stdio: ['ignore', 'ignore', 2] });
  rmSync(tree, { recursive: true });
}

const COMPLETIONS = [
  ['usr/share/bash-completion/completions/nbkp', 'bash'],
  ['usr/share/zsh/vendor-completions/_nbkp', 'zsh'],
  ['usr/share/fish/vendor_completions.d/nbkp.fish', 'fish'],
];

function completion(root, shell) {
  return execFileSync(process.execPath, [join(root, 'bin/run.js'), 'completions', shell]);
}

/** The files of a tree by their paths in it, in one order. */
function filesIn(tree) {
  const entries = readdirSync(tree, { recursive: true }).map(String);
  return entries.filter((path) => lstatSync(join(tree, path)).isFile()).sort();
}

function sizeOf(tree) {
  return filesIn(tree).reduce((sum, path) => sum + lstatSync(join(tree, path)).size, 0);
}

function sums(tree) {
  const files = filesIn(tree).filter((path) => !path.startsWith('DEBIAN/'));
  return execFileSync('md5sum', files, { cwd: tree });
}

/** The same modes and times, whoever makes it and when. */
function settle(tree, epoch) {
  const paths = readdirSync(tree, { recursive: true }).map((path) => join(tree, String(path)));
  for (const path of [tree, ...paths]) {
    const stats = lstatSync(path);
    chmodSync(path, stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644);
    lutimesSync(path, epoch, epoch);
  }
}
