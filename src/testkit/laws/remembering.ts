import type { EndpointFacts, Facts } from '../../planner/model/facts.ts';
import { classifySnapshots } from '../../planner/retention/classify.ts';
import type { Law } from '../law.ts';

export const remembered: Law = {
  name: 'remembered',
  says: 'a history that it keeps has after a run what it had before, less what it was told to forget, and one more',
  async hold(rehearsal) {
    const { volumes } = rehearsal.subject.executor.planning;
    if (volumes === undefined) return;
    // Who forgets nothing may keep one for ever, and make that anew.
    const most = volumes.forget === undefined ? [0, 1] : [1];
    const { planned, record, stage } = await rehearsal.undisturbed();
    rehearsal.expectSuccess(record, 'in a run that nothing disturbed');
    const facts = await stage.facts();
    for (const { name, destination, marks = destination, retention } of planned.plan.syncs) {
      const before = idsIn(planned.facts, marks);
      const after = idsIn(facts, marks);
      if (before === null || after === null) continue;
      const goes = retention.filter(({ verdict }) => verdict === 'prune').map((line) => before.get(line.name) ?? '');
      const stays = [...before.values()].filter((id) => !goes.includes(id));
      const now = new Set(after.values());
      const made = [...now].filter((id) => ![...before.values()].includes(id));
      const found = [
        ...stays.filter((id) => !now.has(id)).map((id) => `${id} of ${name} is gone, and nobody said so.`),
        ...goes.filter((id) => now.has(id)).map((id) => `${id} of ${name} is still there.`),
        ...(most.includes(made.length) ? [] : [`${made.length} are new in ${name}: ${made.join(', ') || 'none'}.`]),
      ];
      if (found.length > 0) rehearsal.broken({ when: 'After a run that nothing disturbed.', found: found.join('\n') });
    }
  },
};

/** By the names of the snapshots; null for what is no history of an executor. */
function idsIn({ endpoints }: Facts, key: string): Map<string, string> | null {
  const observed: EndpointFacts | undefined = endpoints[key];
  if (observed?.stored?.state !== 'ready') return null;
  const { snapshots } = classifySnapshots(observed);
  return new Map(snapshots.map(({ name }) => [name, observed.snapshots?.[name]?.id ?? '']));
}
