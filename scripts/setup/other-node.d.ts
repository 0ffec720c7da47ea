/** The second Node that `npm test` installs; null when it is not there. */
export function otherNode(root: string): string | null;
