/** Makes `dist/`, unless what is there was made from the files that are there now. */
export function buildWhatChanged(root: string): void;

/** Whether `dist/` was made from the files that are there now, and has not changed since. */
export function isBuilt(root: string): boolean;
