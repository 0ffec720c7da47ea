import { existsSync } from 'node:fs';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { Transport } from '../hosts/transport/transport.ts';
import { revisionUnreadable } from '../planner/model/findings/reviewing.ts';

/** Whether a text names a file in a git revision: a file of this very name wins. */
export function isRevision(source: string, at: (name: string) => string): boolean {
  return source.includes(':') && !existsSync(at(source));
}

/**
 * Reads a file as it is in a git revision: `REVISION:PATH`, where the path counts from the top of the repository, or from
 * the current folder when it begins with `./` (gitrevisions(7)).
 *
 * @param cwd the current folder
 * @returns its text; error `revision-unreadable`
 */
export async function readRevision(transport: Transport, revision: string, cwd: string): Promise<Result<string>> {
  // Whatever it begins with, a revision is no option.
  const argv = ['git', '-C', cwd, 'show', '--no-textconv', '--end-of-options', revision];
  const { code, error, stdout, stderr } = await transport.run(argv);
  if (code === 0) return success(stdout.toString('utf8'));
  const cause = error === 'ENOENT' ? 'git is not installed' : (stderr[0] ?? 'git does not say why').replace(/\.$/, '');
  return failure(revisionUnreadable(revision, cause));
}
