import validate from './generated/validate-params.js';

/** The params that have a schema: see scripts/generate/lib/step-params.ts. */
export type ParamsKind = 'transfer' | 'snapshot' | 'prune' | 'restore' | 'drive' | 'sourceSnapshot' | 'lvmSnapshot';

/** Whether the params of a step are all that those of this kind have to be, by the schema of their type. */
export function areParams(kind: ParamsKind, params: unknown): boolean {
  return validate({ [kind]: params });
}
