import type { RunRecord } from '../../planner/model/run.ts';
import { shown } from '../failure.ts';
import type { Law } from '../law.ts';
import { failing, recording, type StageTransport } from '../recorder.ts';
import type { Rehearsal, Scene } from '../rehearsal.ts';
import type { Planned } from '../stage.ts';
import { filesWith } from '../trace.ts';

/** Long enough to be nothing else. */
const MARKER = 'nbkp-testkit-passphrase-8c1f2e0d';

export const secrets: Law = {
  name: 'secrets',
  says: 'no passphrase gets into a command line, an event, a finding, an answer, a value, the record or the journal',
  async hold(rehearsal) {
    const commands = await rehearsal.commands();
    await leaksNothing(rehearsal, 'A run that nothing disturbed.', (scene) => recording(scene.recorder));
    const { plan } = (await rehearsal.undisturbed()).planned;
    if (rehearsal.own(plan).every((step) => step.secrets === undefined)) return;
    for (const at of commands.keys()) {
      const when = `A run in which command ${at + 1} of ${commands.length} failed.`;
      await leaksNothing(rehearsal, when, (scene) => failing(scene.recorder, ({ number }) => number === at));
    }
  },
};

async function leaksNothing(
  rehearsal: Rehearsal,
  when: string,
  transportFor: (scene: Scene) => StageTransport,
): Promise<void> {
  const scene = await rehearsal.begin(MARKER);
  const planned = await scene.stage.planned();
  const record = await rehearsal.run(scene, planned, { transport: transportFor(scene) });
  const leaks = leaksOf(scene, planned, record);
  if (leaks.length === 0) return;
  rehearsal.broken({
    when: `${when} Each passphrase was ${MARKER}.`,
    found: leaks.join('\n'),
    help: 'Pass a passphrase on by its id, on the standard input of a command that does not print it.',
  });
}

function leaksOf({ stage, recorder }: Scene, { plan, facts }: Planned, record: RunRecord): string[] {
  const holds = (value: unknown): boolean => JSON.stringify(value).includes(MARKER);
  return [
    ...(holds(facts.answers ?? {}) ? ['It is in the answer to a question.'] : []),
    ...plan.steps.filter(holds).map(({ id }) => `It is in the plan, in the step ${id}.`),
    ...recorder.started.filter(({ argv }) => holds(argv)).map(({ argv }) => `It is in a command line: ${shown(argv)}`),
    ...stage.events.filter(holds).map((event) => `It is in an event: ${JSON.stringify(event)}`),
    ...recorder.results.filter(({ result }) => holds(result)).map(({ step }) => `It is in the result of ${step}.`),
    ...record.steps.filter(holds).map((step) => `It is in the record: ${JSON.stringify(step)}`),
    ...filesWith(MARKER, stage.state).map((path) => `It is in the file ${path}`),
  ];
}
