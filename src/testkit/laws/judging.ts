import type { Law } from '../law.ts';

const HELP =
  'A step that may lose data which nothing else holds has a `deleteLimit`, and asks `context.mayLose` before it does.';

export const judged: Law = {
  name: 'judged',
  says: 'what loses data in its place says in the plan how much that may be, and loses nothing when it is more',
  async hold(rehearsal) {
    const { world, executor } = rehearsal.subject;
    if (executor.apiVersion === 1) return;
    const scene = await rehearsal.begin();
    rehearsal.expectSuccess(await scene.stage.go(), 'in a first run');
    const kept = world.lose?.(scene.stage.root);
    const planned = await scene.stage.planned();
    const own = planned.plan.steps.filter((step) => step.executor.name === rehearsal.name);
    const isLimited = own.some(({ deleteLimit }) => deleteLimit !== undefined);
    if (kept === undefined) {
      if (isLimited) rehearsal.broken({ found: 'A step has a `deleteLimit`, and the world has no `lose` to try it.' });
      return;
    }
    const record = await rehearsal.run(scene, planned);
    const when = 'The source had lost more than policy.max-delete allows.';
    await rehearsal.kept(kept, when, HELP);
    const ended = record.steps.filter(({ id }) => own.some((step) => step.id === id));
    const codes = ended.flatMap(({ findings }) => findings.map(({ code }) => code));
    if (isLimited && ended.some(({ outcome }) => outcome === 'refused') && codes.includes('max-delete-exceeded'))
      return;
    const found = [
      ...(isLimited ? [] : ['No step has a `deleteLimit`.']),
      ...ended.map(({ id, outcome }) => `${id} ended as "${outcome}".`),
    ];
    rehearsal.broken({ when, found: found.join('\n'), help: HELP });
  },
};
