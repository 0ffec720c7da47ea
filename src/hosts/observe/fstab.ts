import { isWithin } from '../../planner/model/paths.ts';

/** The mount points of fstab (fstab(5)): the second field, in which `\040` and the like stand for bytes. */
export function fstabTargets(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/[ \t]+/))
    .filter(([device = '#', target = '']) => !device.startsWith('#') && target.startsWith('/'))
    .map(([, target = '']) =>
      withoutSlashes(target.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => character(octal))),
    );
}

/**
 * The mount point in fstab that ought to hold a path, when what does hold it is mounted somewhere above.
 *
 * @param mounted the target of the mount that holds the path; null when that is not known
 */
export function unmountedTarget(targets: readonly string[], path: string, mounted: string | null): string | null {
  const [nearest] = targets.filter((target) => isWithin(path, target)).sort((a, b) => b.length - a.length);
  return nearest === undefined || mounted === null || isWithin(mounted, nearest) ? null : nearest;
}

function character(octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8));
}

function withoutSlashes(path: string): string {
  return path.length > 1 ? path.replace(/(?<!\/)\/+$/, '') : path;
}
