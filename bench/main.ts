import { apply } from './apply.ts';
import { diff } from './diff.ts';
import { find } from './find.ts';
import { gone, goneBtrfs, goneNone } from './gone.ts';
import { library } from './library.ts';
import { many } from './many.ts';
import { memory } from './memory.ts';
import { plan } from './plan.ts';
import { plugins } from './plugins.ts';
import { peers } from './peers.ts';
import { prune } from './prune.ts';
import { remoteRenames, renames } from './renames.ts';
import { replica } from './replica.ts';
import { remoteSnapshots, snapshots } from './snapshots.ts';
import { ssh } from './ssh.ts';
import { start } from './start.ts';
import { verify } from './verify.ts';
import { describeMachine } from './support/machine.ts';
import { endProcesses } from './support/process.ts';
import { Scratch } from './support/scratch.ts';

export interface Bench {
  scratch: Scratch;
  /** Little and few, to see that the measurements themselves work. What they print then compares nothing. */
  quick: boolean;
  /** How many rounds and how much: `ROUNDSxFILES`, `ROUNDSxMIB` or, for `many`, `ROUNDSxSYNCS`; for `find` how much there is to find, `SNAPSHOTSxFILES`. */
  size?: string;
}

const BENCHES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  start,
  library,
  apply,
  plan,
  diff,
  find,
  memory,
  snapshots,
  'remote-snapshots': remoteSnapshots,
  renames,
  'remote-renames': remoteRenames,
  gone,
  'gone-none': goneNone,
  'gone-btrfs': goneBtrfs,
  peers,
  ssh,
  plugins,
  replica,
  prune,
  many,
  verify,
};
const USAGE = `Usage: npm run bench -- [${Object.keys(BENCHES).join('|')}]… [--quick] [--size=ROUNDSxHOW_MUCH]`;

void main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
  const size = argv.find((word) => /^--size=[1-9]\d*x[1-9]\d*$/.test(word))?.slice('--size='.length);
  const names = argv.filter((word) => word !== '--quick' && word !== `--size=${size ?? ''}`);
  const wanted = (names.length === 0 ? Object.keys(BENCHES) : names).map((name) => BENCHES[name]);
  if (wanted.includes(undefined)) {
    console.error(USAGE);
    process.exitCode = 64;
    return;
  }
  const quick = argv.includes('--quick');
  console.log(describeMachine());
  if (quick) console.log('QUICK: this shows that the measurements work. Its numbers mean nothing.');
  const scratch = new Scratch();
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const, ['SIGHUP', 129] as const]) {
    process.on(signal, () => {
      endProcesses();
      void scratch.remove().then(() => process.exit(code));
    });
  }
  try {
    for (const bench of wanted) await bench?.({ scratch, quick, ...(size === undefined ? {} : { size }) });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    await scratch.remove();
  }
}
