export interface SystemError {
  /** `ENOSPC`, `EROFS`, … */
  code: string;
  /** `ENOSPC: no space left on device`. */
  text: string;
}

/** The code of what the system refused, or Node for it: `ENOENT`, `ERR_INVALID_ARG_VALUE`, … Any other error is a bug and is thrown on. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** What the operating system said. Any other error is a bug and is thrown on. */
export function systemError(error: unknown): SystemError {
  if (error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string') {
    const [text = error.code] = error.message.split(', ');
    return { code: error.code, text };
  }
  throw error;
}

/** What anything says that was thrown, of programs that are not ours too. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
