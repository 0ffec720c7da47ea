// Makes oclif.manifest.json, which oclif reads instead of loading every command, docs/commands.md and man/nbkp.1.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Config, Plugin } from '@oclif/core';
import { bundle } from '../build/bundle.js';
import { quickOclif } from '../build/quick-oclif.js';
import { validators } from '../build/validators.js';
import { manPage } from './lib/man-page.js';

const TARGET = '.cache/commands.cjs';
const WIDTH = 80;

/** @param {string} root */
export async function generate(root) {
  const { LOADERS, NbkpHelp } = await loadCommands(root);
  const installed = await installedPackage(root);
  const plugin = new Plugin({ ...installed, isRoot: true, ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  await labelled(plugin.manifest, LOADERS);
  const config = await Config.load({ ...installed, plugins: [plugin] });
  const help = new NbkpHelp(config, { stripAnsi: true, maxWidth: WIDTH });
  const commands = config.commands.filter(({ hidden }) => !hidden).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    'oclif.manifest.json': `${JSON.stringify(plugin.manifest, null, 2)}\n`,
    'docs/commands.md': commandsPage(commands, help),
    'man/nbkp.1': manPage(config, help, commands),
  };
}

/** Loads the commands, each of them at once, where oclif will look for them. */
async function loadCommands(root) {
  for (const [path, text] of await validators(root)) await writeFile(join(root, path), text);
  const { text } = await bundle('scripts/generate/lib/commands.ts', { format: 'cjs', plugins: [quickOclif] });
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

/** oclif takes the key of an argument for its name: what its class calls it is put beside that, for the help. */
async function labelled(manifest, loaders) {
  for (const [id, { args }] of Object.entries(manifest.commands)) {
    const { default: command } = await loaders[id]();
    for (const [key, arg] of Object.entries(args)) arg.label = command.args[key].name;
  }
  return manifest;
}

function commandsPage(commands, help) {
  const sections = commands.map((command) => commandSection(help, command));
  return ['# Commands', 'Made from the commands themselves by `npm run generate`.', ...sections].join('\n\n');
}

function commandSection(help, command) {
  const text = help.formatCommand(command);
  return `## nbkp ${command.id}\n\n${command.summary}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}
