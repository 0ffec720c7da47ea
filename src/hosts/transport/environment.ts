/**
 * The environment that every child gets: ours with `LC_ALL=C`, because messages are parsed, and without what would
 * change rsync behind the plan's back (`RSYNC_*`) or hand a secret to a program that has no need of it.
 */
export function childEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !/^(?:RSYNC_|NBKP_PASSPHRASE_)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
