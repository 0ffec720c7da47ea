import * as Flags from '@oclif/core/flags';
import { DemoWorld } from '../demo/world.ts';
import { Interruption } from '../executors/run/interruption.ts';
import { localTransport } from '../hosts/transport/local.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { demoInterrupted } from '../planner/model/findings/questions.ts';
import {
  demoSpec,
  endText,
  ENTER,
  exitText,
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
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --no-pause'];
  static override exitCodes = exitCodes({ failed: 'the story went another way' }, 'interrupted', 'terminated');
  static override flags = {
    pause: Flags.boolean({
      default: true,
      allowNo: true,
      summary: 'Wait for Enter between the scenes, on a terminal: the default.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Demo);
    this.output.speak();
    const world = new DemoWorld();
    const interruption = new Interruption();
    const stopListening = interruption.listen();
    try {
      await this.#play(world, interruption, flags.pause && canAsk());
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      world.remove();
      throw new Interrupted(demoInterrupted(world.root), interruption.exitCode ?? EXIT.interrupted);
    } finally {
      stopListening();
    }
    if (this.output.json)
      this.output.document({ formatVersion: '1.0', root: world.root, spec: world.spec, state: world.state });
    return EXIT.done;
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
      for (const command of scene.commands) {
        const code = await this.#type(world, command.args, interruption);
        if (code !== command.exitCode)
          throw new Error(`the demo's ${command.args.join(' ')} ended with ${code ?? 'a signal'}`);
      }
    }
    this.output.text(endText(world, style));
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
