import { pointerOf, type Check } from './check.ts';
import { findingAt } from '../document.ts';
import { emptyCommand } from '../../model/findings/spec.ts';

/** Commands without a program. */
export const hooks: Check = (input) =>
  Object.entries(input.written.syncs ?? {}).flatMap(([name, sync]) =>
    (['before', 'after', 'on-failure'] as const).flatMap((list) =>
      (sync[list] ?? []).flatMap((hook, index) => {
        const argv = Array.isArray(hook) ? hook : hook.run;
        if (argv[0]?.trim() !== '') return [];
        const place = ['syncs', name, list, index, ...(Array.isArray(hook) ? [] : ['run']), 0];
        return [findingAt(input.document, pointerOf(...place), emptyCommand())];
      }),
    ),
  );
