import * as Args from '@oclif/core/args';
import { knownPassphrases, storePassphrase } from '../../api/secrets.ts';
import { fromPrompt } from '../../credentials/prompt.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { passphrasePromptCancelled, providerCannotStore } from '../../planner/model/findings/passphrases.ts';
import type { CredentialsSetDocument } from '../../planner/model/passphrases.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { storedText } from '../../reporters/human/stored.ts';
import { specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Workspace } from '../../api/workspace.ts';
import { SpecCommand } from '../spec-command.ts';
import { UsageError } from '../../api/usage-error.ts';

export default class CredentialsSet extends SpecCommand {
  static override summary = 'Store a passphrase in the keyring, in the place of one that is there.';
  static override description =
    'Asks for it on the terminal, and shows nothing of what is typed. Elsewhere it is the first line of standard input. ' +
    'Whether it is the right one, only an unlock can tell.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> usb',
    'pass show backup/usb | <%= config.bin %> <%= command.id %> usb',
  ];
  static override exitCodes = exitCodes(
    { failed: 'the keyring did not take it, or nothing was typed' },
    { invalid: 'the spec is invalid, or its provider stores no passphrases' },
  );
  static override args = {
    id: Args.string({
      name: 'ID',
      required: true,
      description: 'The name of the passphrase: that of the volume, unless the spec says otherwise.',
    }),
  };
  static override flags = { spec: specFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(CredentialsSet);
    return this.withSpec(flags, 'run', async (workspace) => {
      const { provider } = workspace.spec.credentials;
      if (provider !== 'keyring') return this.fail([providerCannotStore(provider)], EXIT.invalid);
      refuseUnknown(workspace, args.id);
      const typed = await passphrase(args.id);
      const stored = typed.ok ? await storePassphrase(workspace, args.id, typed.value) : typed;
      if (!stored.ok) return this.fail(stored.findings, EXIT.failed);
      const document: CredentialsSetDocument = { formatVersion: '1.0', provider, id: args.id };
      this.output.answer(document, storedText);
      return EXIT.done;
    });
  }
}

/** One that no drive asks for would be stored for nothing. */
function refuseUnknown(workspace: Workspace, id: string): void {
  const { ids: known } = knownPassphrases(workspace);
  if (known.includes(id)) return;
  throw new UsageError(
    `The spec has no passphrase ${id}.`,
    known.length === 0
      ? 'No volume of it is encrypted: mount.encryption.type = "luks".'
      : `It has: ${known.join(', ')}`,
  );
}

async function passphrase(id: string): Promise<Result<string>> {
  if (process.stdin.isTTY) return fromPrompt(id, { input: process.stdin, output: process.stderr });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
  return line === '' ? failure(passphrasePromptCancelled(id)) : success(line);
}
