/**
 * The manual page, from what docs/commands.md is made of: nbkp as oclif sees it, and its help.
 *
 * @returns {string} roff with the macros of man(7)
 */
export function manPage(config, help, commands) {
  const { description, version } = config.pjson;
  const sections = commands.map((command) => {
    return `.SS nbkp ${words(command.id)}\n${words(command.summary)}\n.PP\n.nf\n${literal(help.formatCommand(command))}\n.fi`;
  });
  return [
    `.TH NBKP 1 "" "nbkp ${version}" "User Commands"`,
    `.SH NAME\nnbkp \\- ${words(description)}`,
    '.SH SYNOPSIS\n.B nbkp\n.I COMMAND\n.RI [ FLAGS ]',
    `.SH DESCRIPTION\nCopies folders to drives and servers with rsync, keeps history as snapshots, and shows exactly what it will do\nbefore it does it. A spec says what is to be copied where; see\n.BR nbkp.toml (5).`,
    `.SH COMMANDS\n${sections.join('\n')}`,
    `.SH FILES\n.TP\n.I ./nbkp.toml\nThe spec, if none is named; then\n.I nbkp/nbkp.toml\nin\n.B $XDG_CONFIG_HOME\nand in\n.IR /etc .\n.TP\n.I /var/lib/nbkp\nJournals and history of root's runs; of other users\n.I nbkp\nin\n.BR $XDG_STATE_HOME .`,
    `.SH EXIT STATUS\n${terms(exitStatus(commands), ([code, meaning]) => [`.B ${code}`, meaning])}`,
    `.SH ENVIRONMENT\n${terms(ENVIRONMENT, ([name, meaning]) => [`.B ${words(name)}`, meaning])}`,
    '.SH SEE ALSO\n.BR nbkp.toml (5),\n.BR rsync (1),\n.BR ssh (1),\n.BR udisksctl (1)\n',
  ].join('\n');
}

const ENVIRONMENT = [
  ['NBKP_SPEC', 'The spec, as by --spec.'],
  ['NBKP_STATE_DIR', 'Where journals and the history are kept.'],
  ['NBKP_TRACE', 'A file that gets a line for each command that nbkp has run.'],
  ['NBKP_PASSPHRASE_ID', 'The passphrase ID in capitals, with _ for -, where the spec says provider = "env".'],
  ['NO_COLOR', 'If it is set, there are no colours.'],
  ['LC_ALL, LC_CTYPE, LANG', 'The first that is set says whether signs beyond ASCII are shown: where it names UTF-8.'],
  ['FORCE_COLOR', '0 or false: no colours. Anything else: colours, also where it is no terminal. Before NO_COLOR.'],
  ['PAGER', 'Shows nbkp history where it is longer than the terminal. Without it less(1).'],
  ['DEBUG', 'With the word nbkp: each command that nbkp has run, on standard error.'],
];

/** What each code means of most commands; each has its own words. */
function exitStatus(commands) {
  const meanings = new Map();
  for (const { exitCodes } of commands) {
    for (const [code, meaning] of exitCodes) meanings.set(code, [...(meanings.get(code) ?? []), meaning]);
  }
  return [...meanings].sort(([a], [b]) => a - b).map(([code, all]) => [code, mostOften(all)]);
}

function mostOften(texts) {
  const count = (text) => texts.filter((each) => each === text).length;
  return texts.reduce((best, text) => (count(text) > count(best) ? text : best));
}

function terms(entries, of) {
  return entries
    .map(of)
    .map(([term, text]) => `.TP\n${term}\n${words(text)}`)
    .join('\n');
}

function words(text) {
  return escaped(text.replaceAll(':', ' ').replace(/\s+/g, ' '));
}

/** Lines as they are. */
function literal(text) {
  return escaped(text.trimEnd())
    .split('\n')
    .map((line) => (line === '' ? '\\&' : line.replace(/^(?=[.'])/, '\\&')))
    .join('\n');
}

/** Text as roff takes it. Else roff would make typographic signs of what a person has to type. */
export function escaped(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replace(
      /[^\x00-\x7f]/gu,
      (character) => `\\[u${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}
