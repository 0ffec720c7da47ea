import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { TOOLS } from '../../scripts/setup/tools.js';

/** Why the lab's machine cannot be started here; null when it can. */
export function whyNoLab(): string | null {
  if (process.getuid?.() !== 0) return 'only root can start the lab';
  const missing = TOOLS.filter((tool) => (tool.lab === true || tool.network === true) && !runs(tool.proof));
  if (missing.length > 0) return `not installed: ${missing.map((tool) => tool.package).join(', ')}`;
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
  } catch {
    return '/dev/net/tun is not there';
  }
  return runs(['unshare', '--net', '--mount-proc', '--pid', '--fork', 'true']) ? null : 'namespaces are not allowed';
}

function runs([command = '', ...words]: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}
