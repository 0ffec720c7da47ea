/**
 * A constant part of the script of a spec, for dash and busybox too: looks at drives and folders on the machine where they
 * are. A server gets the same text, and answers with what is set here: real, named, told and why.
 */
export const PLACE_FUNCTIONS = `newline='
'

# Sets real to the path of a folder without links.
real_path() {
  real=$(cd -P -- "$1" 2>/dev/null && printf '%s.' "$PWD") || return 1
  real=\${real%.}
}

below() {
  case $1 in
    "\${2%/}"/?*) return 0 ;;
    *) return 1 ;;
  esac
}

holds_something() {
  local entry
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case \${entry##*/} in .nbkp-*) continue ;; esac
    if [ -e "$entry" ] || [ -L "$entry" ]; then return 0; fi
  done
  return 1
}

# Sets mount_type and mount_target: the file system that holds a folder (proc(5), mountinfo).
mount_of() {
  mount_target=$(folder=$1 awk '
    function plain(text,  done, at) {
      done = ""
      while (at = match(text, /\\\\[0-7][0-7][0-7]/)) {
        done = done substr(text, 1, at - 1)
        done = done sprintf("%c", substr(text, at + 1, 1) * 64 + substr(text, at + 2, 1) * 8 + substr(text, at + 3, 1))
        text = substr(text, at + 4)
      }
      return done text
    }
    BEGIN { folder = ENVIRON["folder"] }
    {
      where = plain($5)
      if (where != "/" && folder != where && index(folder, where "/") != 1 || length(where) < most) next
      most = length(where)
      target = where
      for (dash = 7; dash < NF && $dash != "-"; dash++) continue
      type = $(dash + 1)
    }
    END { printf "%s %s.", type, target }' /proc/self/mountinfo)
  mount_type=\${mount_target%% *}
  mount_target=\${mount_target#* }
  mount_target=\${mount_target%.}
}

# Is a file system below that on which a folder was when this script was made? Then its drive is absent.
off_its_drive() {
  [ -n "$1" ] && [ "$mount_target" != "$1" ] && below "$1" "$mount_target"
}

# Sets real, or why it is not here: 5 absent, 4 without its mark.
# Arguments: name, path, UUID of its file system, where that was mounted when this script was made.
volume_here() {
  local name="$1" path="$2" uuid="$3" before="$4"
  if [ -n "$uuid" ]; then
    mounts=$(findmnt --pairs --nofsroot --output ID,UUID,FSROOT,TARGET 2>/dev/null || mount_table 2>/dev/null)
    locate "$uuid"
    if [ -z "$found" ]; then
      why="$name is not mounted, and a script opens no drives"
      return 5
    fi
    path=\${path:-$found}
  fi
  if ! real_path "$path"; then
    why="$name is not here: there is no folder $path"
    return 5
  fi
  mount_of "$real"
  if [ -n "$uuid" ] && { [ "$found" != "$real" ] || [ "$mount_target" != "$real" ]; }; then
    why="the drive of $name is not mounted at $path"
    return 5
  fi
  if off_its_drive "$before"; then
    why="nothing is mounted at $before, where $name was"
    return 5
  fi
  if [ -e "$real/.nbkp-vol" ]; then return 0; fi
  why="there is no .nbkp-vol in $real"
  if [ -z "$uuid" ] && [ "$mount_target" != "$real" ] && ! holds_something "$real"; then return 5; fi
  return 4
}

# Sets real. Arguments: path of its volume, folder in that, mark, type of its file system, where that was mounted. The
# destination is looked at last: what is a subvolume is asked of that.
end_here() {
  local path="\${1%/}/$2"
  end_type=$4
  if ! real_path "$path"; then
    why="there is no folder $path"
    return 4
  fi
  mount_of "$real"
  if off_its_drive "$5"; then
    why="nothing is mounted at $5, where $path was"
    return 5
  fi
  if [ ! -e "$real/$3" ]; then
    why="there is no $3 in $real"
    return 4
  fi
  if [ "$mount_type" != "$4" ]; then
    why="$real is on $mount_type, and this script was made for $4: make a new one"
    return 3
  fi
}

# Tells which folders these are.
ids_of() { told=$(stat -L -c '%d:%i' "$@" 2>/dev/null); }

# Is a source as it was? Arguments: what ids_of told, its volume, its folder.
source_is() {
  ids_of "$2" "$3"
  [ "$told" = "$1" ] && [ -e "$2/.nbkp-vol" ] && [ -e "$3/.nbkp-src" ]
}

# Is a destination? Arguments: the same, and the mode of its snapshots.
target_is() {
  ids_of "$2" "$3"
  if [ "$told" != "$1" ] || [ ! -e "$2/.nbkp-vol" ] || [ ! -e "$3/.nbkp-dst" ]; then return 1; fi
  case $4 in
    none) ;;
    btrfs) [ ! -L "$3/snapshots" ] && is_subvolume "$3/staging" ;;
    *) [ ! -L "$3/snapshots" ] ;;
  esac
}

# The root of a subvolume of btrfs has inode 256.
is_subvolume() {
  [ ! -L "$1" ] && [ -d "$1" ] && [ "$end_type" = btrfs ] && [ "$(stat -c %i "$1" 2>/dev/null)" = 256 ]
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# Tells the id that the mark of a source holds.
source_id() {
  told=''
  if [ -f "$1/.nbkp-src" ] && [ ! -L "$1/.nbkp-src" ]; then
    told=$(sed -n '1s/.*"id" *: *"\\([^"]*\\)".*/\\1/p' "$1/.nbkp-src")
  fi
}

# Tells what the mark of a destination says.
owner_of() {
  told=''
  if [ -f "$1/.nbkp-dst" ] && [ ! -L "$1/.nbkp-dst" ]; then told=$(head -n 1 "$1/.nbkp-dst"); fi
}

# Tells how many KiB are free.
free_at() { told=$(df -P -k "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'); }

# Sets named to the snapshot that latest names, or to nothing where there is none so far; tells whether there is a link.
latest_of() {
  local there
  named='' told=''
  if [ ! -L "$1/latest" ]; then
    if [ ! -e "$1/latest" ]; then return 0; fi
    why="$1/latest is no link"
    return 1
  fi
  told=1
  if [ "$1/latest" -ef /dev/null ]; then return 0; fi
  there=$(cd -P -- "$1/latest" 2>/dev/null && printf '%s.' "$PWD")
  there=\${there%.}
  case $there in "\${1%/}/snapshots/"*) named=\${there#"\${1%/}/snapshots/"} ;; esac
  case $named in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][:-][0-9][0-9][:-][0-9][0-9].[0-9][0-9][0-9]Z) ;;
    *)
      why="$1/latest names no snapshot"
      return 1
      ;;
  esac
}

# Writes a line for each entry of snapshots/ that may be nbkp's: what it is, and its name.
entries_of() {
  local entry
  for entry in "$1"/snapshots/[0-9]* "$1"/snapshots/.partial-* "$1"/snapshots/.prune-* "$1"/snapshots/.incomplete-*; do
    case $entry in *"$newline") continue ;; esac
    case \${entry##*/} in *"$newline"*) continue ;; esac
    if [ -L "$entry" ]; then continue; fi
    if [ -d "$entry" ]; then printf 'd %s\\n' "\${entry##*/}"; fi
    if [ -f "$entry" ]; then printf 'f %s\\n' "\${entry##*/}"; fi
  done
}

# What there is of snapshots. Arguments: destination, mode.
history_of() {
  if [ -L "$1/snapshots" ] || [ ! -d "$1/snapshots" ]; then
    why="$1/snapshots is no folder: nbkp prepare makes it"
    return 1
  fi
  if [ "$2" = btrfs ] && ! is_subvolume "$1/staging"; then
    why="$1/staging is no subvolume: nbkp prepare makes it"
    return 1
  fi
  latest_of "$1" && entries_of "$1"
}

# Writes the names of links that were to become latest.
links_of() {
  local entry
  for entry in "$1"/.nbkp-latest-*; do
    case \${entry##*/} in
      .nbkp-latest-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][:-][0-9][0-9][:-][0-9][0-9].[0-9][0-9][0-9]Z)
        printf '%s\\n' "\${entry##*/}"
        ;;
    esac
  done
}

# Are there pieces of files that an interrupted transfer has left?
has_pieces() {
  nothing_mounted "$1" 2>/dev/null && [ -n "$(find "$1" -type d -name .rsync-partial -print | head -n 1)" ]
}

# Is nothing mounted in there? Sets why.
unmounted() { why=$(nothing_mounted "$@" 2>&1); }
`;
