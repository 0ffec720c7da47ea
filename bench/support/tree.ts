import { randomFillSync } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
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

function forEachFolder(path: string, change: (folder: string) => void): void {
  for (const name of readdirSync(path)) if (name.startsWith('folder-')) change(join(path, name));
}
