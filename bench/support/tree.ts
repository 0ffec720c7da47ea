import { randomFillSync } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES_PER_FOLDER = 100;
const SIZE = 1024;

/** Makes a folder with files of 1 KiB, a hundred in each folder below it. What is in them cannot be compressed. */
export function makeTree(path: string, files: number): void {
  const content = Buffer.alloc(SIZE);
  for (let made = 0; made < files; made += FILES_PER_FOLDER) {
    const folder = join(path, `folder-${made / FILES_PER_FOLDER}`);
    mkdirSync(folder, { recursive: true });
    const count = Math.min(FILES_PER_FOLDER, files - made);
    for (let file = 0; file < count; file++) writeFileSync(join(folder, `file-${file}`), randomFillSync(content));
  }
}

/** Writes a file of each folder anew: one of a hundred. Its size changes too, so that rsync cannot miss it. */
export function changeTree(path: string, time: number): void {
  forEachFolder(path, (folder) => {
    writeFileSync(join(folder, 'file-0'), randomFillSync(Buffer.alloc(SIZE + time)));
  });
}

/** Gives a file of each folder another name: what has to be copied is one of a hundred, and so is what has to go. */
export function renameInTree(path: string, time: number): void {
  forEachFolder(path, (folder) => {
    renameSync(join(folder, time === 1 ? 'file-1' : `renamed-${time - 1}`), join(folder, `renamed-${time}`));
  });
}

/** Removes a file of each folder: one of a hundred. */
export function removeFromTree(path: string, time: number): void {
  forEachFolder(path, (folder) => {
    rmSync(join(folder, `file-${99 - time}`));
  });
}

/**
 * What an evening with a collection of photographs does to one of a hundred files: of ten files four are written anew, two
 * make room for others, two get another name, one another mode, one another time.
 *
 * @param time counts from 1: other files each time
 * @param together changes whole folders, one of a hundred; else a file of each folder
 */
export function workOnTree(path: string, time: number, together: boolean): void {
  const folders = readdirSync(path).filter((name) => name.startsWith('folder-'));
  const touched = together ? folders.filter((_, index) => index % 100 === time % 100) : folders;
  let files = 0;
  for (const folder of touched) {
    const names = readdirSync(join(path, folder)).toSorted();
    const chosen = together ? names : names.slice(time % names.length).slice(0, 1);
    for (const name of chosen) workOn(join(path, folder, name), files++, time);
  }
}

function workOn(file: string, count: number, time: number): void {
  const content = randomFillSync(Buffer.alloc(SIZE + time));
  const kind = count % 10;
  if (kind < 4) writeFileSync(file, content);
  else if (kind < 6) {
    rmSync(file);
    writeFileSync(`${file}-new-${time}`, content);
  } else if (kind < 8) renameSync(file, `${file}-renamed-${time}`);
  else if (kind < 9) chmodSync(file, time % 2 === 0 ? 0o644 : 0o600);
  else utimesSync(file, 1_500_000_000 + time, 1_500_000_000 + time);
}

function forEachFolder(path: string, change: (folder: string) => void): void {
  for (const name of readdirSync(path)) if (name.startsWith('folder-')) change(join(path, name));
}
