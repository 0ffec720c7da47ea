import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { PROCESS_FUNCTIONS } from '../../../../src/reporters/sh/process-functions.ts';

const SHELLS = [['bash'], ['dash'], ['busybox', 'sh']];

/** Of 500 of dash's children that were told so at once, 489 went on when they were told only once. */
const TOLD_AT_ONCE = `${PROCESS_FUNCTIONS}
trap 'on_signal 143' TERM
for time in 1 2 3 4 5 6 7 8; do
  sleep 1000 &
  child=$!
  end_child
  wait "$child"
  echo $?
done`;

it.each(SHELLS)('a command ends that is told so while it is being started: %s', (program, ...args) => {
  const { stdout, stderr } = spawnSync(program, [...args, '-c', TOLD_AT_ONCE], { encoding: 'utf8' });
  expect(stdout.trim().split('\n'), stderr).toEqual(Array.from({ length: 8 }, () => '143'));
});
