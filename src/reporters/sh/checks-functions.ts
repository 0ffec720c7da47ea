/**
 * The constant part of a script, in bash 3.2: looks whether what the plan relied on is so.
 */
export const CHECKS_FUNCTIONS = `# ---- Is everything as the plan found it? ---------------------------------------------------------------------------

differs() {
  warn "$1 is not what it was when the plan was made."
  return 1
}

is_mark() { { [ -f "$1" ] && [ ! -L "$1" ]; } || differs "$2"; }

# A mark that names nobody: empty, or not there.
says_nothing() { { [ ! -L "$1" ] && [ ! -s "$1" ]; } || differs "$2"; }

stat_is() { [ "$(stat -c "$1" "$2" 2>/dev/null)" = "$3" ] || differs "$4"; }

mounted_at() { [ "$(findmnt -n -f -o TARGET -T "$1" 2>/dev/null)" = "$2" ] || differs "$3"; }

has_uuid() { [ "$(findmnt -n -f -o UUID -T "$1" 2>/dev/null)" = "$2" ] || differs "$3"; }

leads_to() {
  local real
  real=$(cd -P "$1" 2>/dev/null && printf '%s.' "$PWD")
  [ "$real" = "$2." ] || differs "$3"
}

# latest: \`absent\`, \`none-yet\` (a link to /dev/null), or a link to the snapshot that is named.
latest_is() {
  local target
  target=$(readlink "$1/latest" 2>/dev/null && printf .)
  case $2 in
    absent) [ ! -e "$1/latest" ] && [ ! -L "$1/latest" ] ;;
    none-yet) [ "\${target%?.}" = /dev/null ] ;;
    *) [ "\${target%?.}" = "snapshots/$3" ] ;;
  esac || differs "$4"
}

latest_is_none_of() {
  local root=$1 what=$2 name
  shift 2
  for name; do
    if [ "$(readlink "$root/latest" 2>/dev/null)" = "snapshots/$name" ]; then
      differs "$what"
      return 1
    fi
  done
}

# snapshots/: its inode and owner, and whether it is on the device of the folder around it (within) or on another (apart).
snapshots_are() {
  local there=apart
  if [ "$(stat -c %d "$1/snapshots" 2>/dev/null)" = "$(stat -c %d "$1" 2>/dev/null)" ]; then there=within; fi
  { [ "$(stat -c '%i %u' "$1/snapshots" 2>/dev/null)" = "$2" ] && [ "$there" = "$3" ]; } || differs "$4"
}

is_no_link() { [ ! -L "$1" ] || differs "$2"; }

entry_is() {
  local kind=other
  if [ -L "$1" ]; then kind=symlink
  elif [ -d "$1" ]; then
    kind=directory
    # The root of a subvolume has inode 256.
    if [ "$(stat -f -c %T "$1" 2>/dev/null)" = btrfs ] && [ "$(stat -c %i "$1")" = 256 ]; then kind=subvolume; fi
  elif [ -f "$1" ]; then kind='file'
  fi
  [ "$kind" = "$2" ] || differs "$3"
}

rsync_is() {
  local line
  IFS= read -r line <<EOF
$(rsync --version 2>/dev/null)
EOF
  case $line in
    'rsync  version '*) [ "$1" = rsync ] ;;
    *) [ "$1" != rsync ] ;;
  esac || differs "$2"
}

has_room() {
  local free
  free=$(df -P -k "$1" 2>/dev/null | awk 'NR == 2 { print $4 }')
  [ "\${free:-0}" -ge $((($2 + 1023) / 1024)) ] || differs "$3"
}
`;
