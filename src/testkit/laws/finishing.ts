import { isNote } from '../../planner/model/idle.ts';
import type { Law } from '../law.ts';

export const finished: Law = {
  name: 'finished',
  says: 'after a run that succeeded its work is done, and the next plan has nothing left but what recurs',
  async hold(rehearsal) {
    const { record, judge, stage } = await rehearsal.undisturbed();
    const when = 'in a run that nothing disturbed';
    rehearsal.expectSuccess(record, when);
    await rehearsal.sound(judge, when);
    await rehearsal.finished(judge, when);
    const { recurring = [] } = rehearsal.subject.world;
    const { plan } = await stage.planned();
    // That a sync has succeeded is noted by nbkp, after every run.
    const left = plan.steps.filter((step) => !isNote(step) && !recurring.includes(step.kind));
    if (left.length === 0) return;
    rehearsal.broken({
      when: 'It was planned again after that run.',
      found: `The plan has steps again:\n${left.map(({ id, kind, summary }) => `${id} (kind ${kind}): ${summary}`).join('\n')}`,
      help: 'Plan a step only when facts say that it is needed. Kinds that every run has belong into `recurring` of the world.',
    });
  },
};
