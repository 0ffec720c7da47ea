export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A completion function. It asks `nbkp complete`, so that it knows the names of the spec and never grows old. */
export const COMPLETION_SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = {
  // Readline cuts words at colons, and replaces only what follows the last one.
  bash: `# nbkp completions bash > ~/.local/share/bash-completion/completions/nbkp
_nbkp() {
  local line words found IFS=$'\\n'
  line=\${COMP_LINE:0:COMP_POINT}
  IFS=' ' read -ra words <<<"$line"
  [[ $line == *' ' ]] && words+=('')
  COMPREPLY=()
  while read -r found; do COMPREPLY+=("$found"); done < <("\${words[0]}" complete -- "\${words[@]:1}" 2>/dev/null)
  local typed=\${words[\${#words[@]} - 1]}
  if [[ $typed == *:* && $COMP_WORDBREAKS == *:* ]]; then COMPREPLY=("\${COMPREPLY[@]#"\${typed%"\${typed##*:}"}"}"); fi
}
complete -o default -F _nbkp nbkp
`,
  zsh: `#compdef nbkp
# nbkp completions zsh > "\${fpath[1]}/_nbkp"
_nbkp() {
  local -a found
  found=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[*]}" ]]; then compadd -Q -- "\${found[@]}"; else _files; fi
}
if [[ "\${funcstack[1]}" == _nbkp ]]; then _nbkp "$@"; else compdef _nbkp nbkp; fi
`,
  fish: `# nbkp completions fish > ~/.config/fish/completions/nbkp.fish
function __nbkp_complete
    set -l words (commandline -opc)
    set -l found ($words[1] complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c nbkp -f -a '(__nbkp_complete)'
`,
};
