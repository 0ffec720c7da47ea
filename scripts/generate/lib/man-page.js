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
    '.SH SEE ALSO\n.BR nbkp.toml (5),\n.BR rsync (1),\n.BR ssh (1),\n.BR udisksctl (1)\n',
  ].join('\n');
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
