const closers: (() => Promise<void>)[] = [];

/** What has to be closed when the command is over, however it ends. */
export function atEnd(close: () => Promise<void>): void {
  closers.push(close);
}

/** Closes all of it. */
export async function closeAll(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}
