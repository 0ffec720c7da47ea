/*
 * The long campaign: `npm run campaign -- --seed N --tries N`, with `--only N` for one try of it. A short one with a fixed
 * seed is among the tests; this is the same file with other numbers.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    tries: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
  },
});
const root = join(import.meta.dirname, '..', '..');
const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', 'test/campaign/campaign.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    NBKP_CAMPAIGN_SEED: values.seed,
    NBKP_CAMPAIGN_TRIES: values.tries,
    NBKP_CAMPAIGN_ONLY: values.only,
  },
});
process.exitCode = status ?? 1;
