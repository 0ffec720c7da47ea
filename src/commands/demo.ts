import * as Flags from '@oclif/core/flags';
import { resolve } from 'node:path';
import { makeServer } from '../demo/server.ts';
import { demoSpec } from '../demo/spec.ts';
import { DemoWorld } from '../demo/world.ts';
import { Interruption } from '../executors/run/interruption.ts';
import { localTransport } from '../hosts/transport/local.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { demoInterrupted, folderNotEmpty } from '../planner/model/findings/questions.ts';
import { fileUnwritable } from '../planner/model/findings/spec.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import {
  endText,
  ENTER,
  exitText,
  keptText,
  sceneText,
  SCENES,
  specShown,
  typedText,
  type Scene,
} from '../reporters/human/demo.ts';
import { BaseCommand } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { ownProgram } from './installed.ts';
import { ask, canAsk, Interrupted } from './pipeline/confirm.ts';

export default class Demo extends BaseCommand {
  static override summary = 'Play a whole backup story in a temporary folder.';
  static override description =
    'Plan, apply, snapshots, an absent drive, a guard that trips, and a restore: on real files, without root.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --no-pause',
    '<%= config.bin %> <%= command.id %> --keep ~/play',
    '<%= config.bin %> <%= command.id %> --screens | less -R',
  ];
  static override exitCodes = exitCodes(
    { failed: 'the story went another way', refused: 'the folder of --keep is not empty, or cannot be made' },
    'interrupted',
    'terminated',
  );
  static override flags = {
    pause: Flags.boolean({
      default: true,
      allowNo: true,
      summary: 'Wait for Enter between the scenes, on a terminal: the default.',
    }),
    keep: Flags.string({
      helpValue: 'DIR',
      summary:
        'No story, but a home, two drives, a server where sshd is installed, a spec and a backup, in a folder of yours to play with.',
    }),
    screens: Flags.boolean({
      exclusive: ['keep'],
      summary: 'No story, but every screen of nbkp with sample data. Nothing is written.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Demo);
    this.output.speak();
    if (flags.screens) return this.#showScreens();
    const world = flags.keep === undefined ? DemoWorld.temporary() : this.need(worldAt(flags.keep), EXIT.refused);
    const interruption = new Interruption();
    const stopListening = interruption.listen();
    try {
      if (flags.keep === undefined) await this.#play(world, interruption, flags.pause && canAsk());
      else await this.#furnish(world, interruption);
    } catch (error) {
      // Half an environment is of no use. A story that went another way is, to find out why.
      if (error instanceof Interrupted || flags.keep !== undefined) world.remove();
      if (!(error instanceof Interrupted)) throw error;
      throw new Interrupted(demoInterrupted(world.root), interruption.exitCode ?? EXIT.interrupted);
    } finally {
      stopListening();
    }
    if (this.output.json)
      this.output.document({ formatVersion: '1.0', root: world.root, spec: world.spec, state: world.state });
    return EXIT.done;
  }

  async #showScreens(): Promise<ExitCode> {
    const { screensText } = await import('../reporters/samples/screens.ts');
    const text = screensText(this.output.style());
    if (this.output.json) this.output.document({ formatVersion: '1.0', text });
    else this.output.paged(text);
    return EXIT.done;
  }

  /** @throws Interrupted */
  async #furnish(world: DemoWorld, interruption: Interruption): Promise<void> {
    const style = this.output.style();
    const server = await makeServer(world.server, localTransport(), interruption.gentle);
    if (interruption.gentle.aborted) throw new Interrupted();
    world.begin(demoSpec(world.root, typeof server === 'string' ? null : server));
    for (const args of [
      ['prepare', '--yes'],
      ['apply', '--yes'],
    ])
      await this.#mustType(world, { args, exitCode: EXIT.done }, interruption);
    world.work();
    this.output.text(keptText(world, typeof server === 'string' ? server : null, style));
  }

  /** @throws Interrupted */
  async #play(world: DemoWorld, interruption: Interruption, pauses: boolean): Promise<void> {
    const style = this.output.style();
    const specText = demoSpec(world.root);
    world.begin(specText);
    this.output.text(specShown(world.spec, specText, style));
    for (const [index, scene] of SCENES.entries()) {
      if (pauses && index > 0) await ask(`\n${ENTER}`);
      this.output.text(sceneText(scene, index + 1, style));
      if (scene.happens !== undefined) happen(world, scene.happens);
      for (const command of scene.commands) await this.#mustType(world, command, interruption);
    }
    this.output.text(endText(world, style));
  }

  /** @throws Interrupted */
  async #mustType(world: DemoWorld, command: Scene['commands'][number], interruption: Interruption): Promise<void> {
    const code = await this.#type(world, command.args, interruption);
    if (code !== command.exitCode)
      throw new Error(`the demo's ${command.args.join(' ')} ended with ${code ?? 'a signal'}`);
  }

  /**
   * Runs nbkp itself, as a user would, in the folder of the demo.
   *
   * @throws Interrupted
   */
  async #type(world: DemoWorld, args: readonly string[], { gentle, forced }: Interruption): Promise<number | null> {
    const style = this.output.style();
    this.output.text(typedText(args, style));
    const environment = [
      `NBKP_SPEC=${world.spec}`,
      `NBKP_STATE_DIR=${world.state}`,
      `FORCE_COLOR=${this.output.coloured() ? '1' : '0'}`,
    ];
    const local = localTransport();
    forced.addEventListener('abort', () => local.killAll(), { once: true });
    const result = await local.run(['env', `--chdir=${world.root}`, ...environment, ...ownProgram(), ...args], {
      signal: gentle,
      onStdout: (chunk) => this.output.text(chunk.toString()),
      onStderrLine: (line) => this.output.text(`${line}\n`),
    });
    if (gentle.aborted) throw new Interrupted();
    this.output.text(exitText(result.code, style));
    return result.code;
  }
}

function worldAt(folder: string): Result<DemoWorld> {
  try {
    const world = DemoWorld.at(resolve(folder));
    return world === null ? failure(folderNotEmpty(folder)) : success(world);
  } catch (error) {
    return failure(fileUnwritable(folder, systemError(error).text));
  }
}

function happen(world: DemoWorld, what: NonNullable<Scene['happens']>): void {
  switch (what) {
    case 'work':
      return world.work();
    case 'workMore':
      return world.workMore();
    case 'pullBlue':
      return world.pull('blue');
    case 'accident':
      world.plug('blue');
      return world.loseMostPictures();
  }
}
