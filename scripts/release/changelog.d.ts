export function entryOf(text: string, version: string): string | null;
