import type { PluginDocument, PluginExecutor, PluginsDocument } from '../../planner/model/plugin-documents.ts';
import type { Style } from '../style.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/width.ts';

const FROM = { user: 'installed', link: 'linked', project: 'beside the spec' } as const;

/** The packages with executors, one per line. */
export function pluginsText(document: PluginsDocument, style: Style): string {
  const { plugins } = sanitised(document);
  if (plugins.length === 0) return 'No plugins. To install one: nbkp plugins install PACKAGE\n';
  const rows = plugins.map(({ name, version, executors, from, path, trusted }) => [
    style.bold(name),
    version,
    executors.join(', '),
    style.dim(`${FROM[from]}${trusted ? '' : ', not trusted'} (${path})`),
  ]);
  const head = ['PACKAGE', 'VERSION', 'EXECUTORS', 'FROM'].map(style.dim);
  return `${table([head, ...rows], { width: style.width, indent: '' }).join('\n')}\n`;
}

/** One package and what its executors can do. `done`: what was done with it. */
export function pluginText(document: PluginDocument, style: Style, done?: string): string {
  const { plugin, executors } = sanitised(document);
  const title = `${done === undefined ? '' : `${done}: `}${style.bold(plugin.name)} ${plugin.version}`;
  const where = style.dim(`${FROM[plugin.from]} (${plugin.path})`);
  const lines = executors.flatMap((executor) => executorLines(executor, style));
  return `${[...wrap(`${title} ${where}`, style.width), ...lines].join('\n')}\n`;
}

const USES = {
  transfer: 'transfer = "NAME"',
  'snapshots.mode': 'snapshots.mode = "NAME"',
  table: '[NAME]',
  volume: '[volumes.VOLUME.NAME]',
} as const;

function executorLines({ name, version, kinds, uses, settings }: PluginExecutor, style: Style): string[] {
  const used = uses.map((use) => USES[use].replace('NAME', name)).join(', ');
  return [
    `  ${style.bold(name)} ${version}`,
    ...wrap(`steps: ${kinds.join(', ')}`, style.width, '    ', '      '),
    ...(used === '' ? [] : wrap(`in the spec: ${used}`, style.width, '    ', '      ')),
    ...settingsLines(`[syncs.SYNC.${name}]`, settings.sync, style),
    ...settingsLines(`[${name}]`, settings.spec, style),
    ...settingsLines(`[volumes.VOLUME.${name}]`, settings.volume ?? null, style),
  ];
}

function settingsLines(title: string, settings: Record<string, string> | null, style: Style): string[] {
  if (settings === null) return [];
  const keys = Object.entries(settings).flatMap(([key, description]) =>
    wrap(`${key}: ${description}`, style.width, '      ', '        '),
  );
  return [`    ${title}`, ...keys];
}
