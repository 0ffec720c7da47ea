export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A completion function. It asks `nbkp complete`, so that it knows the names of the spec and never grows old. */
export const COMPLETION_SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = {
  // Readline cuts words at these marks, and replaces only what follows the last one; of an @ it replaces that too. What a name has of a shell's own
  // characters is quoted; `read` without -r takes it apart again.
  bash: `# nbkp completions bash > ~/.local/share/bash-completion/completions/nbkp
_nbkp() {
  local line words found typed mark marks= cut= IFS=$'\\n'
  line=\${COMP_LINE:0:COMP_POINT}
  IFS=' ' read -a words <<<"$line"
  [[ $line == *' ' && $line != *'\\ ' ]] && words+=('')
  typed=\${words[\${#words[@]} - 1]}
  for mark in : = @; do [[ $COMP_WORDBREAKS == *"$mark"* ]] && marks+=$mark; done
  [[ -n $marks ]] && cut=\${typed%"\${typed##*[$marks]}"}
  cut=\${cut%@}
  COMPREPLY=()
  while read -r found; do
    printf -v found %q "\${found#"$cut"}"
    COMPREPLY+=("$found")
  done < <("\${words[0]}" complete -- "\${words[@]:1}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -F _nbkp nbkp
`,
  zsh: `#compdef nbkp
# nbkp completions zsh > "\${fpath[1]}/_nbkp"
_nbkp() {
  local -a found
  found=("\${(@f)$("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -z "\${found[*]}" ]]; then
    _files
  elif [[ "\${#found}" == 1 && "\${found[1]}" == */ ]]; then
    compadd -S '' -- "\${found[@]}"
  else
    compadd -- "\${found[@]}"
  fi
}
if [[ "\${funcstack[1]}" == _nbkp ]]; then _nbkp "$@"; else compdef _nbkp nbkp; fi
`,
  fish: `# nbkp completions fish > ~/.config/fish/completions/nbkp.fish
function __nbkp_complete
    set -l words (commandline -opc)
    set -l found ($words[1] complete -- $words[2..-1] (string unescape -- (commandline -ct)) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c nbkp -f -a '(__nbkp_complete)'
`,
};
