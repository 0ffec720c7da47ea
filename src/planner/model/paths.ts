/** Tells whether a path is a folder or below it. Both are absolute, or both relative to one place, and without `..`. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || isBelow(path, folder);
}

/** The same without the folder itself. */
export function isBelow(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** What of a path of the spec comes after `~`, the home of whoever reads it: empty for that itself; null for any other path. */
export function belowHome(path: string): string | null {
  return path === '~' || path.startsWith('~/') ? path.slice(2) : null;
}
