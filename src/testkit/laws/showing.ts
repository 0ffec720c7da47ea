import { shown } from '../failure.ts';
import type { Law } from '../law.ts';

export const shownOnly: Law = {
  name: 'shown',
  says: 'it runs nothing that the plan does not show',
  async hold(rehearsal) {
    const { recorder, planned } = await rehearsal.undisturbed();
    const [first] = recorder.unshown;
    if (first !== undefined) {
      const commands = planned.plan.steps.find(({ id }) => id === first.step)?.commands ?? [];
      rehearsal.broken({
        when: `The step ${first.step} ran.`,
        found: `It wanted to run ${shown(first.argv)}\nThe plan shows: ${commands.map(shown).join('\n                ')}`,
        help: 'Make each argv in `commands(params)`, with a placeholder for what is known only later.',
      });
    }
    await rehearsal.commands();
  },
};

export const byTransport: Law = {
  name: 'by-transport',
  says: 'it starts no process, writes no file and opens no connection but through `context.run`',
  async hold(rehearsal) {
    const { recorder } = await rehearsal.undisturbed();
    const deeds = recorder.deeds.map(({ step, deed }) => `${step} called ${deed}`);
    if (deeds.length === 0) return;
    rehearsal.broken({
      when: 'Its steps ran.',
      found: deeds.slice(0, 10).join('\n'),
      help: 'Make it a command of the step: then the plan shows it, and it works over SSH too.',
    });
  },
};
