import { MARK_FUNCTIONS } from './mark-functions.ts';

/**
 * A constant part of the script of a spec, for dash and busybox too: looks at drives and folders on the machine where they
 * are. A server gets the same text, and answers with what is set here: real, named, told, why and reason.
 */
export const PLACE_FUNCTIONS = `newline='
'

# Says why something cannot be. Arguments: the code that a finding of nbkp about it has (docs/findings.md), the text.
because() { reason=$1 why=$2; }

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

# Is there nothing in a folder that is not nbkp's own?
is_empty() {
  local entry
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case \${entry##*/} in .nbkp-*) continue ;; esac
    if [ -e "$entry" ] || [ -L "$entry" ]; then return 1; fi
  done
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
      because volume-not-mounted "$name is not mounted, and a script opens no drives"
      return 5
    fi
    path=\${path:-$found}
  fi
  if ! real_path "$path"; then
    because volume-absent "$name is not here: there is no folder $path"
    return 5
  fi
  mount_of "$real"
  if [ -n "$uuid" ] && { [ "$found" != "$real" ] || [ "$mount_target" != "$real" ]; }; then
    because volume-not-mounted "the drive of $name is not mounted at $path"
    return 5
  fi
  if off_its_drive "$before"; then
    because volume-not-mounted "nothing is mounted at $before, where $name was"
    return 5
  fi
  if is_mark "$real/.nbkp-vol"; then return 0; fi
  if [ -z "$uuid" ] && [ "$mount_target" != "$real" ] && is_empty "$real"; then
    because volume-not-mounted "$real is empty and has no .nbkp-vol, like the mountpoint of a drive that is not here"
    return 5
  fi
  unmarked "$real" .nbkp-vol
}

# Sets real. Arguments: path of its volume, folder in that, mark, type of its file system, where that was mounted. The
# destination is looked at last: what is a subvolume is asked of that.
end_here() {
  local path="\${1%/}/$2"
  end_type=$4
  if ! real_path "$path"; then
    because sentinel-missing "there is no folder $path"
    return 4
  fi
  mount_of "$real"
  if off_its_drive "$5"; then
    because volume-not-mounted "nothing is mounted at $5, where $path was"
    return 5
  fi
  is_mark "$real/$3" || { unmarked "$real" "$3"; return; }
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
  [ "$told" = "$1" ] && is_mark "$2/.nbkp-vol" && is_mark "$3/.nbkp-src"
}

# Is a destination? Arguments: the same, and the mode of its snapshots.
target_is() {
  ids_of "$2" "$3"
  if [ "$told" != "$1" ] || ! is_mark "$2/.nbkp-vol" || ! is_mark "$3/.nbkp-dst"; then return 1; fi
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

${MARK_FUNCTIONS}# Tells the free blocks of a file system, their size, its inodes, and the free ones.
room_at() { told=$(stat -f -c '%a %S %c %d' "$1"); }

# May this user write where the sync does? Arguments: destination, mode.
writable() {
  local folder parts='snapshots staging'
  case $2 in
    none) parts='' ;;
    hard-link) parts=snapshots ;;
  esac
  for folder in $parts; do
    if [ -L "$1/$folder" ]; then
      because destination-leads-out "$1/$folder is a link"
      return 1
    fi
  done
  for folder in '' $parts; do
    folder=$1\${folder:+/$folder}
    if [ -d "$folder" ] && [ ! -w "$folder" ]; then
      because destination-not-writable "$folder cannot be written to"
      return 1
    fi
  done
}

# Sets named to the snapshot that latest names, or to nothing where there is none so far; tells whether there is a link.
latest_of() {
  local there
  named='' told=''
  if [ ! -L "$1/latest" ]; then
    if [ ! -e "$1/latest" ]; then return 0; fi
    because latest-foreign "$1/latest is no link"
    return 1
  fi
  told=1
  if [ "$1/latest" -ef /dev/null ]; then return 0; fi
  # Where it leads, and else what it says.
  there=$(cd -P -- "$1/latest" 2>/dev/null && printf '%s.' "$PWD")
  there=\${there%.}
  for there in "\${there#"\${1%/}/"}" "$(readlink "$1/latest")"; do
    case $there in
      snapshots/*/* | snapshots/) ;;
      snapshots/*)
        named=\${there#snapshots/}
        break
        ;;
    esac
  done
  if [ -z "$named" ]; then
    because latest-foreign "$1/latest names no snapshot"
    return 1
  fi
  case $named in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][:-][0-9][0-9][:-][0-9][0-9].[0-9][0-9][0-9]Z)
      if [ -d "$1/snapshots/$named" ] && [ ! -L "$1/snapshots/$named" ]; then return 0; fi
      ;;
  esac
  because latest-dangling "$1/latest names no snapshot that is there"
  return 1
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

# What there is of snapshots.
history_of() { latest_of "$1" && entries_of "$1"; }

# Is there what snapshots of this mode need? Arguments: destination, mode.
prepared() {
  local missing=''
  if [ "$2" = none ]; then return 0; fi
  if [ ! -d "$1/snapshots" ]; then missing=snapshots
  elif [ "$2" = btrfs ] && [ ! -d "$1/staging" ]; then missing=staging
  elif [ "$2" = btrfs ] && ! is_subvolume "$1/staging"; then
    because staging-not-subvolume "$1/staging is no subvolume"
    return 1
  fi
  if [ -z "$missing" ]; then return 0; fi
  because destination-not-prepared "there is no folder $1/$missing: nbkp prepare makes it"
  return 1
}

# Has a folder one of these snapshots?
has_any_of() {
  local folder="$1" name
  shift
  for name; do
    if [ -e "$folder/snapshots/$name" ]; then return 0; fi
  done
  return 1
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
