import { spawnSync } from 'node:child_process';
import { TOOLS } from '../../../scripts/setup/tools.js';

const TRY = ['unshare', '--net', '--mount', '--pid', '--fork', 'ip', 'link', 'set', 'lo', 'up'];

/** Why no network of machines can be made here; null when one can. */
export const noNetwork: string | null = whyNoNetwork();

function whyNoNetwork(): string | null {
  if (process.getuid?.() !== 0) return 'only root can make a network';
  const missing = TOOLS.filter((tool) => tool.network === true && !runs(tool.proof));
  if (missing.length > 0) return `not installed: ${missing.map((tool) => tool.package).join(', ')}`;
  return runs(TRY) ? null : 'namespaces are not allowed here';
}

function runs([command = '', ...words]: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}
