/** A constant part of the script of a spec, for dash and busybox too: which drives and folders are here, and whose they are. */
export const WORLD_FUNCTIONS = `# ---- What is here --------------------------------------------------------------------------------------------------

newline='
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

# Sets real. Arguments: path of its volume, folder in that, mark, type of its file system, where that was mounted.
end_here() {
  local path="\${1%/}/$2"
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

# Are both ends of the sync here, and marked? Sets source_volume, source_end, target_volume and root.
look_at_ends() {
  "$from" || return
  source_volume=$real
  "$to" || return
  target_volume=$real
  end_here "$source_volume" "$source_folder" .nbkp-src "$source_type" "$source_before" || return
  source_end=$real
  end_here "$target_volume" "$target_folder" .nbkp-dst "$target_type" "$target_before" || return
  root=$real
  if [ "$root" != "$target_volume" ] && ! below "$root" "$target_volume"; then
    why="a link leads out of the volume, to $root"
    return 3
  fi
  if [ "$root" -ef "$source_end" ] || below "$source_end" "$root"; then
    why="$source_end is in $root"
    return 3
  fi
  if [ -z "$apart" ] && below "$root" "$source_end"; then
    why="$root is in $source_end"
    return 3
  fi
  places=$(place_ids)
}

place_ids() { stat -L -c '%d:%i' "$source_volume" "$source_end" "$target_volume" "$root" 2>/dev/null; }

# Is all as it was when the sync began? The empty mountpoint of a drive that has gone is a folder like any other.
still() {
  [ "$(place_ids)" = "$places" ] || return 1
  if [ ! -e "$source_volume/.nbkp-vol" ] || [ ! -e "$source_end/.nbkp-src" ]; then return 1; fi
  if [ ! -e "$target_volume/.nbkp-vol" ] || [ ! -e "$root/.nbkp-dst" ]; then return 1; fi
  case $mode in
    none) ;;
    btrfs) [ ! -L "$root/snapshots" ] && is_subvolume "$root/staging" ;;
    *) [ ! -L "$root/snapshots" ] ;;
  esac
}

# The root of a subvolume of btrfs has inode 256.
is_subvolume() {
  [ ! -L "$1" ] && [ -d "$1" ] && [ "$target_type" = btrfs ] && [ "$(stat -c %i "$1" 2>/dev/null)" = 256 ]
}

# A destination belongs to one source, told by an id in the marks of both. Sets id.
belongs() {
  local owner=''
  id=''
  if [ -f "$source_end/.nbkp-src" ] && [ ! -L "$source_end/.nbkp-src" ]; then
    id=$(sed -n '1s/.*"id" *: *"\\([^"]*\\)".*/\\1/p' "$source_end/.nbkp-src")
  fi
  id=\${id:-$place_id}
  if [ -n "$merges" ]; then return 0; fi
  if [ -f "$root/.nbkp-dst" ] && [ ! -L "$root/.nbkp-dst" ]; then IFS= read -r owner <"$root/.nbkp-dst"; fi
  case $owner in
    *"\\"source\\":\\"$id\\""*) if [ -n "$id" ]; then return 0; fi ;;
    *"\\"source\\":\\"$place_id\\""*) if [ -n "$place_id" ]; then return 0; fi ;;
  esac
  why="$root belongs to another source than $source_end, or to nobody yet"
  return 3
}

has_room() {
  local free
  if [ -z "$min_free" ]; then return 0; fi
  free=$(df -P -k "$root" 2>/dev/null | awk 'NR == 2 { print $4 }')
  [ "\${free:-0}" -ge "$min_free" ] || {
    why="there are \${free:-0} KiB free at $root, and policy.min-free wants $min_free"
    return 1
  }
}
`;
