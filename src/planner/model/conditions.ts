/** What may be a reason to wait; null where the machine cannot say. */
export interface ConditionFacts {
  onBattery: boolean | null;
  /** What NetworkManager takes the network for. */
  metered: boolean | null;
}
