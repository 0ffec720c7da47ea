import type { Law } from '../law.ts';
import { traceOf } from '../trace.ts';
import { changes } from './planning.ts';

export const verified: Law = {
  name: 'verified',
  says: 'it finds whole what is whole, and damaged what is damaged, and changes nothing when it looks',
  async hold(rehearsal) {
    const { executor, world } = rehearsal.subject;
    if (executor.planning.volumes?.verify === undefined) return;
    const { spoil } = world;
    if (spoil === undefined) return rehearsal.broken({ found: 'It verifies, and the world has no `spoil` to try it.' });
    const { stage } = await rehearsal.begin();
    rehearsal.expectSuccess(await stage.go(), 'in a first run');
    const before = traceOf(stage.root);
    const seen = await stage.verdicts(executor.planning);
    const touched = changes(before, traceOf(stage.root));
    const when = 'It verified what a run had just made.';
    if (touched.length > 0) rehearsal.broken({ when, found: `Changed: ${touched.join(', ')}` });
    const found = seen.flatMap(({ id, verdict }) => (typeof verdict === 'object' ? [`${id}: ${verdict.problem}`] : []));
    if (found.length > 0) rehearsal.broken({ when, found: found.join('\n') });
    await spoil(stage.root);
    const after = await stage.verdicts(executor.planning);
    if (after.some(({ verdict }) => typeof verdict === 'object')) return;
    rehearsal.broken({ when: 'A snapshot was damaged by `spoil`.', found: 'It found all of them whole.' });
  },
};
