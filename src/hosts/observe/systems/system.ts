/**
 * What is asked of a host in the words of its system: functions in POSIX sh, each the same question everywhere.
 *
 * - `mount_lines`: a line for each mount as `findmnt --pairs` writes it. `MAJ:MIN` is `dev:` and a number where the system tells no two.
 * - `device_lines`: a line for each block device as `lsblk --pairs` writes it.
 * - `sequences`: for each device which of all that were ever attached it is, and NUL.
 * - `disks`: for each device which whole disks it stands on, and NUL.
 * - `file_lines PATH…`: device, inode, mode in hexadecimal, owner and time of change of each that is there, a line each.
 * - `room_lines PATH…`: the same with blocks available and in all, inodes in all and free, bytes of a block, and a type.
 * - `power`: sets $conditions. Capital letters: B on battery, P on power; M metered, N not.
 */
export interface System {
  /** As `uname -s` has it. */
  name: string;
  /** A path that is there, and that nobody backs up: it stands between the others in what `file_lines` and `room_lines` answer. */
  apart: string;
  functions: string;
}
