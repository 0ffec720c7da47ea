import { isRecord, type Json } from '../../model/json.ts';

/** Reads `{commands: [argv, …]}`, the params of steps that are nothing but processes to run one after the other. */
export function argvList(params: Json): string[][] {
  if (isRecord(params) && isArgvList(params['commands'])) {
    return params['commands'];
  }
  throw new Error('the params hold no list of commands');
}

function isArgvList(value: unknown): value is string[][] {
  return (
    Array.isArray(value) && value.every((argv) => Array.isArray(argv) && argv.every((word) => typeof word === 'string'))
  );
}
