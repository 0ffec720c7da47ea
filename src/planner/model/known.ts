import type { Facts } from './facts.ts';
import type { Spec, Sync } from './spec.ts';

/** A spec, and what is known of its world. */
export interface Known {
  spec: Spec;
  facts: Facts;
}

/** A sync of it. */
export interface KnownSync extends Known {
  sync: Sync;
}
