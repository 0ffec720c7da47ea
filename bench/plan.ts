import type { Bench } from './main.ts';
export async function plan(_bench: Bench): Promise<void> {}
