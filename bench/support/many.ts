/** A spec with many syncs from one volume to another. */
export function manySyncs(count: number, source: string, drive: string): string {
  const syncs = Array.from(
    { length: count },
    (_, index) => `[syncs.s${index}]\nsource = "laptop:s${index}"\ndestination = "drive:s${index}"\n`,
  );
  return `version = 1
[volumes.laptop]
path = "${source}"
[volumes.drive]
path = "${drive}"
snapshots = { mode = "hard-link", keep = { last = 3, daily = 7 } }
${syncs.join('')}`;
}
