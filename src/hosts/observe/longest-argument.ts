/** Bytes of one argument of a process, its end included (MAX_ARG_STRLEN, execve(2)). */
export const LONGEST_ARGUMENT = 128 * 1024;
