import { pointerOf, type Check } from './check.ts';
import { findingAt } from '../document.ts';

/** Commands without a program. */
export const hooks: Check = (input) =>
  Object.entries(input.written.syncs ?? {}).flatMap(([name, sync]) =>
    (['before', 'after', 'on-failure'] as const).flatMap((list) =>
      (sync[list] ?? []).flatMap((hook, index) => {
        const argv = Array.isArray(hook) ? hook : hook.run;
        if (argv[0]?.trim() !== '') return [];
        const remark = {
          code: 'empty-command',
          message: 'The command has no program.',
          help: 'Begin with the program: ["systemctl", "stop", "app"]',
        };
        const place = ['syncs', name, list, index, ...(Array.isArray(hook) ? [] : ['run']), 0];
        return [findingAt(input.document, pointerOf(...place), remark)];
      }),
    ),
  );
