import { LOCATE_FUNCTIONS } from '../../planner/shell/mount-functions.ts';

/** As find(1) counts, of 512 bytes. */
const PAGE_BLOCKS = 16;

/** Where nothing can be: what a folder begins with whose volume is not here. */
export const NOWHERE = '/dev/null/';

/**
 * The constant part of the probe: functions in POSIX sh that answer on standard output in strings that end with NUL,
 * the one byte that no name holds. They are nearly all builtins, since a process costs more than everything else here;
 * then each answer that is written, and each look at a folder. They read and never write. The order of the answers is what `parse-answer.ts` expects.
 *
 * An entry that goes away while it is looked at changes an answer, never the number of answers.
 */
export const PROBE_FUNCTIONS = `
put() { printf '%s\\0' "$@"; }
exists() { [ -e "$1" ] || [ -L "$1" ]; }

# Sets $joined to a path below a directory; to nothing when the directory is not known.
join() {
  case $1 in
    '') joined= ;;
    */) joined=$1$2 ;;
    *) joined=$1\${2:+/$2} ;;
  esac
}

# Sets $root to what the folders of a volume begin with.
root() {
  root=\${1%/}/
  [ -n "$1" ] || root=${NOWHERE}
}

# A system service may have no HOME.
home() {
  [ -z "$HOME" ] || return
  user=$(id -un)
  case $user in
    '' | *[!A-Za-z0-9._-]*) HOME= ;;
    *) eval "HOME=~$user" ;;
  esac
}

# Sets $lost to l where all that is in a directory is what mkfs.ext4 makes.
occupied() {
  lost=
  [ -r . ] || return 0
  # Each pattern reads the folder, and the first nearly always tells.
  for pattern in '*' '.[!.]*' '..?*'; do
    for entry in $pattern; do
      case $entry in
        .nbkp-*) continue ;;
        lost+found) [ -d "$entry" ] && lost=l && continue ;;
      esac
      exists "$entry" && { lost=; return 0; }
    done
  done
  [ -n "$lost" ]
}

# Enters a directory and sets $real, its real path, and $rights. Both empty: there is none. With a second word nobody looks what is in it.
enter() {
  real=
  rights=
  [ -n "$1" ] && [ -d "$1" ] || return
  real=$1
  rights=o
  cd -P "$1" || return
  real=$PWD
  rights=
  [ -w . ] && rights=w
  if [ -n "$2" ]; then rights=\${rights}o; else occupied && rights=\${rights}o$lost; fi
  :
}

# Says which of some marks are longer than a page. Few are there or hold anything at first, and find(1) is slow with each that is not there.
long_of() {
  number=0
  words=
  for path; do
    number=$((number + 1))
    [ -s "$path" ] && words=$words' "\${'$number'}"'
  done
  [ -z "$words" ] || eval "find $words -maxdepth 0 -size +${PAGE_BLOCKS}"
}

begin() { words='"$apart"'; }

# Answers lines of file_lines or room_lines about those paths that are there: that of $apart comes after each path, and first of all.
about_each() {
  asked=$1
  shift
  number=0
  some=
  for path; do
    number=$((number + 1))
    [ -e "$path" ] && some=$some' "\${'$number'}"'
    some=$some' "$apart"'
    # A word more takes as long as all that are there.
    case $number in *0) words=$words$some; some= ;; esac
  done
  eval "$asked $words$some"
  words=
}

# Answers y and the line in the mark of a volume, or what has its name and is none; n where the volume is no folder.
volume() {
  line=
  if enter "$1"; then line_of .nbkp-vol && line=y$line
  elif [ -e "$1" ] && [ ! -d "$1" ]; then line=n
  fi
  put "$1" "$real" "$rights" "$line"
}

# Sets $line: what is in a mark, - where that cannot be read, and -l, -d or -o for a link, a folder or something else, which are no mark.
# No more is read than a page: where any of the marks is longer ($long), by a process for each.
line_of() {
  line=
  if [ -L $1 ]; then line=-l; return 1
  elif [ ! -e $1 ]; then return 1
  elif [ ! -f $1 ]; then
    line=-o
    [ -d $1 ] && line=-d
    return 1
  fi
  if [ ! -r $1 ]; then line=-
  elif [ -s $1 ]; then
    if [ -z "$long" ]; then IFS= read -r line <$1
    else line=$(head -c 8192 <$1)
    fi
    line=\${line%%'
'*}
    case $line in -*) line=" $line" ;; esac
  fi
  :
}

endpoint() {
  case $1 in ${NOWHERE}*) set -- '' ;; esac
  if enter "$1"; then
    identity
    put "$1" "$real" "$rights" "$identity"
    leftovers
    latest "$1"
    snapshots "$1"
  else
    line=
    [ -e "$1" ] && [ ! -d "$1" ] && line=n
    put "$1" "$real" "$rights" "$line" '' '' ''
  fi
  # To read a folder may change its access time, and btrfs then counts it as another one than its last snapshot.
  used=
  [ -n "$1" ] && [ -d "$1/latest/" ] && used=y
  enter "\${1:+$1/staging}" $used
  put "$real" "$rights"
}

# Sets $identity: which sentinels there are, and on three more lines what they and the note of the last success say.
identity() {
  sentinels=
  line_of .nbkp-src && sentinels=s
  said=$line
  line_of .nbkp-dst && sentinels=\${sentinels}d && [ -e .NBKP-DST ] && sentinels=\${sentinels}c
  said=$said'
'$line
  line_of .nbkp-last.json
  [ -L .nbkp-source ] && sentinels=\${sentinels}l
  identity=$sentinels'
'$said'
'$line
}

leftovers() {
  for entry in .nbkp-*; do
    case $entry in
      .nbkp-vol | .nbkp-src | .nbkp-dst | .nbkp-lock | .nbkp-lock.claims | .nbkp-last.json | *.lock) ;;
      *) exists "$entry" && put "$entry" ;;
    esac
  done
  if [ -d .nbkp-source ] && [ ! -L .nbkp-source ]; then
    for entry in .nbkp-source/*; do
      case $entry in *.lock) ;; *) exists "$entry" && put "$entry" ;; esac
    done
  fi
  put ''
}

# A link to a directory of snapshots/ is told by where it leads; only other links cost a process.
latest() {
  if [ ! -L latest ]; then
    if [ -e latest ]; then put x; else put ''; fi
    return
  fi
  if [ latest -ef /dev/null ]; then put 't/dev/null'; return; fi
  here=$PWD
  if cd -P ./latest; then
    name=\${PWD#"$here"/snapshots/}
    case $name in
      */*) ;;
      *) put "tsnapshots/$name"; return ;;
    esac
  fi
  printf t
  readlink -n "$1/latest"
  printf '\\0'
}

# Ends with an empty answer; the first tells that there is such a directory (d), a link to one (l), or another link (x).
snapshots() {
  link=d
  [ -L "$1/snapshots" ] && link=l
  if [ -d "$1/snapshots" ] && cd -P "$1/snapshots" && [ -r . ]; then
    [ -w . ] || link=\${link}r
    put $link
    for entry in * .[!.]* ..?*; do
      if [ -L "$entry" ]; then put "l$entry"
      elif [ -d "$entry" ]; then put "d$entry"
      elif [ ! -e "$entry" ]; then continue
      elif [ -f "$entry" ]; then put "f$entry"
      else put "o$entry"
      fi
    done
  elif [ $link = l ]; then put x
  fi
  put ''
}

# Sets $inner to the UUID of the file system in the unlocked LUKS container whose UUID matches a pattern; else to the
# pattern.
inside() {
  inner=$1
  set -f
  IFS='
'
  for line in $devices; do
    case $line in *' FSTYPE="crypto_LUKS" UUID="'$1'" '*) ;; *) continue ;; esac
    inner=
    container=\${line#* KNAME=\\"}
    for child in $devices; do
      case $child in
        *' PKNAME="'"\${container%%\\"*}"'" TYPE="crypt" '*) inner=\${child#* UUID=\\"}; inner=\${inner%%\\"*} ;;
      esac
    done
  done
  unset IFS
  set +f
}

${LOCATE_FUNCTIONS}
fstab() {
  while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done </etc/fstab
  printf '\\0'
}

# Some versions of openrsync say it on standard error alone. The first line, and the second with what it was built without.
rsync_version() {
  command -v rsync >/dev/null || return
  version=$(rsync --version)
  : "\${version:=$(rsync --version 2>&1)}"
  lacks=
  case $version in *'no ACLs'*) lacks=', no ACLs' ;; esac
  case $version in *'no xattrs'*) lacks="$lacks, no xattrs" ;; esac
  printf '%s\\n' "$version" | { IFS= read -r first; IFS= read -r second; printf '%s\\n' "$first" "$second$lacks"; }
}

# Answers from $told, or where that is empty from standard input: a line of id, two of rsync.
tools() {
  tools=$conditions
  command -v btrfs >/dev/null && tools=\${tools}b
  command -v perl >/dev/null && tools=\${tools}p
  if command -v flock >/dev/null; then tools=\${tools}f
  elif [ -n "$server" ]; then [ -r /proc/self/stat ] && tools=\${tools}f
  else case $tools in *p) tools=\${tools}f ;; esac
  fi
  command -v udisksctl >/dev/null && tools=\${tools}u
  put "$tools"
  # Tells this start of its kernel from any other machine's (random(4)).
  boot=
  IFS= read -r boot </proc/sys/kernel/random/boot_id
  put "$system\${boot:+ $boot}"
  if [ -n "$told" ]; then
    set -f
    IFS='
'
    set -- $told
    unset IFS
    set +f
    put "$1" "$2" "$3"
    return
  fi
  for answer in id rsync rsync; do
    IFS= read -r line
    put "$line"
  done
}
`;
