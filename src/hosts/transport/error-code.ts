/** The code of what the operating system refused: `ENOENT`, `EACCES`, … Any other error is a bug and is thrown on. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
