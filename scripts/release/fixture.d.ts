export function asLaptop(folder: string): string[];
export const LAPTOP: Record<string, string>;
export function makeFixture(root: string, archive: string): void;
