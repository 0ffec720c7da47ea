export const SHELLS = ['bash', 'zsh', 'fish'] as const;

type Shell = (typeof SHELLS)[number];

/** The shell of that name or path; null for none of these. */
export function shellNamed(name: string): Shell | null {
  return SHELLS.find((shell) => name === shell || name.endsWith(`/${shell}`)) ?? null;
}

/** Whether a file is one of these, of this or another version. */
export function isOwnCompletion(text: string): boolean {
  return /^# nbkp completions /m.test(text);
}

/**
 * A completion function. It asks `nbkp complete`, so that it knows the names of the spec and never grows old; where that
 * fails, nothing fits, not even a path.
 */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  // Readline cuts words at these marks, and replaces only what follows the last one; of an @ it replaces that too. What a name has of a shell's own
  // characters is quoted; `read` without -r takes it apart again.
  bash: `# nbkp completions install bash
_nbkp() {
  local line words text found typed mark marks= cut= IFS=$'\\n'
  line=\${COMP_LINE:0:COMP_POINT}
  IFS=' ' read -a words <<<"$line"
  [[ $line == *' ' && $line != *'\\ ' ]] && words+=('')
  typed=\${words[\${#words[@]} - 1]}
  for mark in : = @; do [[ $COMP_WORDBREAKS == *"$mark"* ]] && marks+=$mark; done
  [[ -n $marks ]] && cut=\${typed%"\${typed##*[$marks]}"}
  cut=\${cut%@}
  COMPREPLY=()
  if ! text=$("\${words[0]}" complete -- "\${words[@]:1}" 2>/dev/null); then
    compopt +o default 2>/dev/null
    return
  fi
  [[ -n $text ]] || return
  while read -r found; do
    printf -v found %q "\${found#"$cut"}"
    COMPREPLY+=("\${found//\\\\,/,}")
  done <<<"$text"
  if [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -F _nbkp nbkp
`,
  zsh: `#compdef nbkp
# nbkp completions install zsh
_nbkp() {
  local text
  local -a found
  text=$("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null) || return 1
  found=("\${(@f)text}")
  if [[ -z "$text" ]]; then
    [[ "\${words[CURRENT]}" == --*=* ]] && compset -P '*='
    _files
  elif [[ "\${#found}" == 1 && "\${found[1]}" == */ ]]; then
    compadd -S '' -- "\${found[@]}"
  else
    compadd -- "\${found[@]}"
  fi
}
if [[ "\${funcstack[1]}" == _nbkp ]]; then _nbkp "$@"; else compdef _nbkp nbkp; fi
`,
  fish: `# nbkp completions install fish
function __nbkp_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l found ($words[1] complete -- $words[2..-1] (string unescape -- $typed) 2>/dev/null)
    or return
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        set -l flag (string match -r -- '^--[^=]*=' $typed; or echo)
        printf '%s\\n' $flag(__fish_complete_path (string replace -r -- '^--[^=]*=' '' $typed))
    end
end
complete -c nbkp -f -a '(__nbkp_complete)'
`,
};
