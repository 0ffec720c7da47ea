import type { TransferTarget } from '../../model/executor.ts';

/** Straight into a directory, as mode `none` copies: nothing to link to or to compare with. */
export function plainTarget(path: string): TransferTarget {
  return {
    path,
    linkDest: null,
    compareWith: null,
    compareSnapshot: null,
    prepare: [],
    cleanUp: [],
    scratch: false,
    resumes: false,
  };
}
