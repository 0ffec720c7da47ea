import type { Code } from './finding.ts';
/** How a server was reached, or why not. Absent for this machine. */
export interface HostRoute {
  /** The SSH endpoint that answered and is used; null when none did. */
  endpoint: string | null;
  /** The endpoints that were wanted more, or all, in order. */
  passedOver: PassedOver[];
  /** The endpoints that `--exclude-location` took away. */
  excluded: string[];
}

export interface PassedOver {
  endpoint: string;
  /** Null when it had not answered yet when another had. */
  problem: ConnectionProblem | null;
}

/** Why an endpoint was not reached. */
export interface ConnectionProblem {
  /** Of a finding. */
  code: Code;
  message: string;
  help: string;
  /** The message in a few words, for a list of what was tried. */
  short: string;
}
