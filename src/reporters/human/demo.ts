import type { Style } from '../style.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { wrap } from '../text/width.ts';

/** One scene of the demo: what is told, what happens to the world before, and what is typed. */
export interface Scene {
  title: string;
  text: string;
  /** A method of the world that is called first. */
  happens?: 'work' | 'workMore' | 'pullBlue' | 'accident';
  /** What is typed, and the exit code that it ends with. */
  commands: { args: string[]; exitCode: number }[];
}

const ok = (...args: string[]): Scene['commands'][number] => ({ args, exitCode: 0 });

export const SCENES: readonly Scene[] = [
  {
    title: 'A home folder, two drives and a spec',
    text: 'The spec above says what is copied where. Before its first sync each place gets a sentinel, so that nbkp never takes one folder for another.',
    commands: [ok('prepare', '--yes')],
  },
  {
    title: 'What would happen?',
    text: 'A plan looks at the world and changes nothing in it.',
    commands: [ok('plan')],
  },
  {
    title: 'The first backup',
    text: 'Apply does what the plan shows, and nothing else. Here it does not ask, because of --yes.',
    commands: [ok('apply', '--yes')],
  },
  {
    title: 'A day of work',
    text: 'A file was edited, one is new, one is gone. With --files a dry run of rsync shows each of them.',
    happens: 'work',
    commands: [ok('plan', '--files'), ok('apply', '--yes')],
  },
  {
    title: 'History that does not grow for ever',
    text: 'The spec keeps the last two snapshots of the documents. The third backup prunes the first snapshot, and says why.',
    happens: 'workMore',
    commands: [ok('plan', '--only', 'documents'), ok('apply', '--yes'), ok('snapshots', 'list')],
  },
  {
    title: 'The blue drive is in a pocket',
    text: 'An absent drive is normal: what it needs is skipped, everything else runs, and the exit code is 0.',
    happens: 'pullBlue',
    commands: [ok('run'), ok('status')],
  },
  {
    title: 'A mistake that must not reach the backup',
    text: 'The drive is back, and 55 of 60 pictures have just been deleted by accident. The guard refuses before the first deletion; the documents are backed up all the same.',
    happens: 'accident',
    commands: [{ args: ['run'], exitCode: 3 }],
  },
  {
    title: 'Getting the pictures back',
    text: 'A backup that was not restored is no backup. The copy on the blue drive is whole, and restore shows what it brings back.',
    commands: [ok('restore', 'pictures', '--to', 'restored/Pictures', '--yes'), ok('history')],
  },
];

/** Between the scenes. */
export const ENTER = 'Enter to go on ';

export function sceneText(scene: Scene, number: number, style: Style): string {
  const title = style.bold(`${number}. ${scene.title}`);
  return `\n${title}\n${wrap(scene.text, style.width).join('\n')}\n`;
}

export function typedText(args: readonly string[], style: Style): string {
  return `\n${style.bold(`$ ${shellCommand(['nbkp', ...args])}`)}\n`;
}

export function exitText(code: number | null, style: Style): string {
  return code === 0 ? '' : `${style.dim(`(exit code ${code ?? 'none'})`)}\n`;
}

export function specShown(path: string, text: string, style: Style): string {
  const lines = text.trimEnd().split('\n');
  return `${style.bold(path)}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** How the story ends: where everything is and what to do next. */
export function endText(world: { root: string; spec: string; state: string }, style: Style): string {
  return [
    '',
    style.bold('That was the demo. Everything is still there to look at:'),
    `  ${world.root}`,
    `  its commands:  export NBKP_SPEC=${world.spec} NBKP_STATE_DIR=${world.state}`,
    `  to remove it:  rm -r ${world.root}`,
    '',
    style.bold('Your own backup:'),
    '  1. Write nbkp.toml like the spec above, with your folders (all keys: docs/spec.md).',
    '  2. nbkp spec validate && nbkp prepare',
    '  3. nbkp apply',
    '',
  ].join('\n');
}

/** An environment that stays: where it is, what is in it, what to try. */
export function keptText(
  world: { root: string; spec: string; state: string },
  noServer: string | null,
  style: Style,
): string {
  const { root } = world;
  const path = (name: string): string => shellCommand([`${root}/${name}`]);
  const server =
    noServer === null
      ? 'The server is an sshd of your own, without a port: ssh starts it for each connection, and it ends with it.'
      : `There is no server among them: ${sanitise(noServer)}`;
  return [
    '',
    style.bold(`${root} is ready to play with.`),
    'In it are a home, two drives, a spec, one backup, and a day of work since.',
    ...wrap(server, style.width),
    '',
    `  export NBKP_SPEC=${shellCommand([world.spec])}`,
    `  export NBKP_STATE_DIR=${shellCommand([world.state])}`,
    '  nbkp plan --files',
    '  nbkp apply',
    '  nbkp snapshots list',
    `  mv ${path('drives/blue')} ${path('pocket')}    # the blue drive is unplugged`,
    '  nbkp run',
    '',
    `To remove it: rm -r ${shellCommand([root])}`,
    '',
  ].join('\n');
}
