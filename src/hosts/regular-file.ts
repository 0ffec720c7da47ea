import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** A file that was opened, and what could be told of it then. */
export interface OpenFile {
  descriptor: number;
  stats: Stats;
}

/**
 * Opens a file to read it, works with it and closes it. A named pipe without a writer does not keep it waiting (fifo(7)).
 *
 * @throws what the system reports
 */
export function withFile<T>(path: string, work: (file: OpenFile) => T): T {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return work({ descriptor, stats: fstatSync(descriptor) });
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads all of a file that somebody named: devices, pipes and what grows while it is read are no such file, and never
 * more than `limit` bytes are held.
 *
 * @returns its bytes, or in words what stands against reading it
 * @throws what the system reports
 */
export function readWhole({ descriptor, stats }: OpenFile, limit: number): Buffer | string {
  if (stats.isDirectory()) return 'it is a folder';
  if (!stats.isFile()) return 'it is not a regular file';
  if (stats.size > limit) return `it is larger than ${limit / MEBIBYTE} MiB`;
  // A file of /proc has no size before it is read.
  const bytes = Buffer.alloc(Math.max(stats.size, PAGE) + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(descriptor, bytes, length, bytes.length - length, null);
  }
  return length === bytes.length ? 'it grows while it is read' : bytes.subarray(0, length);
}

const MEBIBYTE = 1024 * 1024;
const PAGE = 64 * 1024;
