/** A constant part of the script of a spec: what marks say of a place, on the machine where they are. */
export const MARK_FUNCTIONS = `# A link, a folder or anything else of that name is none.
is_mark() { [ -f "$1" ] && [ ! -L "$1" ]; }

# Says why there is no mark. Arguments: the folder, its name.
unmarked() {
  if [ -e "$1/$2" ] || [ -L "$1/$2" ]; then
    because mark-not-file "$1/$2 is no file, as nbkp makes its marks"
    return 3
  fi
  because sentinel-missing "there is no $2 in $1"
  return 4
}

# Tells the first line of a mark. Argument: its path.
mark_of() {
  told=''
  is_mark "$1" || return 0
  told=$(head -n 1 "$1")
  case $told in
    *'"formatVersion":"1.'* | '') ;;
    *'"formatVersion":"'[1-9]*)
      because mark-newer "$1 was written by a newer nbkp"
      return 1
      ;;
  esac
}

# Tells the id that the mark of a source holds.
source_id() {
  mark_of "$1/.nbkp-src" || return
  told=$(printf '%s\\n' "$told" | sed -n 's/.*"id" *: *"\\([^"]*\\)".*/\\1/p')
}

# Tells when the last success was that a destination notes. Arguments: it, and the ids that its source has.
noted_at() {
  mark_of "$1/.nbkp-last.json" || return
  case $told in
    *"\\"source\\":\\"$2\\""* | *"\\"source\\":\\"$3\\""*) told=$(printf '%s\\n' "$told" | sed -n 's/.*"at":"\\([^"]*\\)".*/\\1/p') ;;
    *) told='' ;;
  esac
}

`;
