// Makes oclif.manifest.json, which oclif reads instead of loading every command, and docs/commands.md.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Config, Plugin } from '@oclif/core';
import { bundle } from '../build/bundle.js';

const TARGET = '.cache/commands.cjs';
const WIDTH = 80;

/** @param {string} root */
export async function generate(root) {
  const { NbkpHelp } = await loadCommands(root);
  const installed = await installedPackage(root);
  const plugin = new Plugin({ ...installed, isRoot: true, ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  const config = await Config.load({ ...installed, plugins: [plugin] });
  const help = new NbkpHelp(config, { stripAnsi: true, maxWidth: WIDTH });
  return {
    'oclif.manifest.json': `${JSON.stringify(plugin.manifest, null, 2)}\n`,
    'docs/commands.md': commandsPage(config, help),
  };
}

/** Loads the commands, each of them at once, where oclif will look for them. */
async function loadCommands(root) {
  const { text } = await bundle('scripts/generate/lib/commands.ts');
  const file = join(root, TARGET);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  const loaded = createRequire(import.meta.url)(file);
  for (const [id, load] of Object.entries(loaded.LOADERS)) loaded.COMMANDS[id] = (await load()).default;
  return loaded;
}

/** nbkp as oclif sees it, but with the commands that were just loaded. */
async function installedPackage(root) {
  const pjson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  pjson.oclif.commands.target = `./${TARGET}`;
  return { root, pjson };
}

function commandsPage(config, help) {
  const ids = [...config.commandIDs].sort();
  const sections = ids.map((id) => commandSection(help, config.findCommand(id, { must: true })));
  return ['# Commands', 'Made from the commands themselves by `npm run generate`.', ...sections].join('\n\n');
}

function commandSection(help, command) {
  const text = help.formatCommand(command);
  return `## nbkp ${command.id}\n\n${command.summary}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}
