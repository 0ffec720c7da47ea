import type { Transport } from './transport/transport.ts';

/** A folder on a host. */
export interface HostFolder {
  transport: Pick<Transport, 'run'>;
  /** Absolute. */
  path: string;
}
