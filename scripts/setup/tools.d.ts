export interface Tool {
  /** The Debian package. */
  package: string;
  /** A command that succeeds when it is installed. */
  proof: [string, ...string[]];
  neededBy: string;
  /** The demo needs it. */
  demo?: boolean;
  /** The lab of `test/lab` needs it. */
  lab?: boolean;
  /** Needed to make a network of machines. */
  network?: true;
}

export const TOOLS: Tool[];
