#### PROCESS_FUNCTIONS ####

# ---- Places --------------------------------------------------------------------------------------------------------
# >>> Servers get the functions from here

mount_table() {
  { blkid; echo; cat /proc/self/mountinfo; } | awk '
    function safe(text,  done, at) {
      done = ""
      while (at = match(text, /\\[0-7][0-7][0-7]/)) {
        byte = substr(text, at + 1, 1) * 64 + substr(text, at + 2, 1) * 8 + substr(text, at + 3, 1)
        done = done substr(text, 1, at - 1) sprintf("\\x%02x", byte)
        text = substr(text, at + 4)
      }
      done = done text
      gsub(/"/, "\\x22", done)
      return done
    }
    function put(name, text) { printf "%s=\"%s\"%s", name, text, name == "TARGET" ? "\n" : " " }
    isMount {
      for (dash = 7; dash < NF && $dash != "-"; dash++) continue
      source = $(dash + 2)
      put("ID", $1); put("PARENT", $2); put("MAJ:MIN", $3); put("UUID", uuid[source]); put("FSROOT", safe($4))
      put("FSTYPE", safe($(dash + 1))); put("SOURCE", safe(source))
      options = $6
      own = $(dash + 3)
      if (own ~ /^ro/) sub(/^rw/, "ro", options)
      sub(/^r[ow],?/, "", own)
      put("OPTIONS", safe(options (own == "" ? "" : "," own))); put("TARGET", safe($5))
      next
    }
    NF == 0 { isMount = 1; next }
    match($0, / UUID="[^"]*"/) {
      found = substr($0, RSTART + 7, RLENGTH - 8)
      sub(/:$/, "", $1)
      uuid[$1] = found
    }'
}

# Where the file system is mounted whose UUID matches a pattern: the first mount of its own root in the mount table;
# else the first of a part of it (a subvolume, a bind mount). Sets $found.
locate() {
  found=
  part=
  # Many file systems have none.
  [ -n "$1" ] || return
  set -f
  IFS='
'
  for line in $mounts; do
    case $line in
      *' UUID="'$1'" FSROOT="/" '*) found=$line; break ;;
      *' UUID="'$1'" '*) part=${part:-$line} ;;
    esac
  done
  unset IFS
  set +f
  found=${found:-$part}
  [ -n "$found" ] || return
  found=${found##*TARGET=\"}
  unescape "${found%\"}"
}

# findmnt --pairs writes an unsafe byte as \x and two hexadecimal digits. Sets $found.
unescape() {
  found=
  rest=$1
  while :; do
    case $rest in
      *\\x*)
        after=${rest#*\\x}
        code=${after%"${after#??}"}
        byte=$(printf '%b.' "\\0$(printf %o "0x$code")")
        found=$found${rest%%\\x*}${byte%.}
        rest=$after
        rest=${rest#??}
        ;;
      *) found=$found$rest; return ;;
    esac
  done
}

newline='
'

# Says why something cannot be. Arguments: the code that a finding of nbkp about it has (docs/findings.md), the text.
because() { reason=$1 why=$2; }

# Sets real to the path of a folder without links.
real_path() {
  real=$(cd -P -- "$1" 2>/dev/null && printf '%s.' "$PWD") || return 1
  real=${real%.}
}

below() {
  case $1 in
    "${2%/}"/?*) return 0 ;;
    *) return 1 ;;
  esac
}

# Is there nothing in a folder that is not nbkp's own?
is_empty() {
  local entry
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case ${entry##*/} in .nbkp-*) continue ;; esac
    if [ -e "$entry" ] || [ -L "$entry" ]; then return 1; fi
  done
}

# Sets mount_type and mount_target: the file system that holds a folder (proc(5), mountinfo).
mount_of() {
  mount_target=$(folder=$1 awk '
    function plain(text,  done, at) {
      done = ""
      while (at = match(text, /\\[0-7][0-7][0-7]/)) {
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
  mount_type=${mount_target%% *}
  mount_target=${mount_target#* }
  mount_target=${mount_target%.}
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
    path=${path:-$found}
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
  local path="${1%/}/$2"
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

# A link, a folder or anything else of that name is none.
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
  told=$(printf '%s\n' "$told" | sed -n 's/.*"id" *: *"\([^"]*\)".*/\1/p')
}

# Tells when the last success was that a destination notes. Arguments: it, and the ids that its source has.
noted_at() {
  mark_of "$1/.nbkp-last.json" || return
  case $told in
    *"\"source\":\"$2\""* | *"\"source\":\"$3\""*) told=$(printf '%s\n' "$told" | sed -n 's/.*"at":"\([^"]*\)".*/\1/p') ;;
    *) told='' ;;
  esac
}

# Tells the free blocks of a file system, their size, its inodes, and the free ones.
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
    folder=$1${folder:+/$folder}
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
  there=${there%.}
  for there in "${there#"${1%/}/"}" "$(readlink "$1/latest")"; do
    case $there in
      snapshots/*/* | snapshots/) ;;
      snapshots/*)
        named=${there#snapshots/}
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
    case ${entry##*/} in *"$newline"*) continue ;; esac
    if [ -L "$entry" ]; then continue; fi
    if [ -d "$entry" ]; then printf 'd %s\n' "${entry##*/}"; fi
    if [ -f "$entry" ]; then printf 'f %s\n' "${entry##*/}"; fi
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
    case ${entry##*/} in
      .nbkp-latest-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][:-][0-9][0-9][:-][0-9][0-9].[0-9][0-9][0-9]Z)
        printf '%s\n' "${entry##*/}"
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

#### FOLDER_FUNCTIONS ####

# Is nothing mounted in one of these folders?
nothing_mounted() { sh -c '# Fails when something is mounted in one of these folders.
check() {
  cd -P "$1/" || return
  shift
  LC_ALL=C awk '\''function tell(where) { gsub(/[\t\n]/, "?", where); busy = 1
  print "something is mounted at \047" where "\047: Device or resource busy" }
BEGIN { for (i = 2; i < ARGC; i++) { sub(/^.*\//, "", ARGV[i]); ARGV[i] = ARGV[1] "/" ARGV[i] }
while ((getline < "/proc/self/mountinfo") > 0) { known = 1; where = $5
  gsub(/\\040/, " ", where); gsub(/\\011/, "\t", where)
  gsub(/\\012/, "\n", where); gsub(/\\134/, "\\\\", where)
  for (i = 2; i < ARGC; i++) if (index(where "/", ARGV[i] "/") == 1) tell(where) }
if (!known) while (("mount" | getline) > 0) { known = 1; for (i = 2; i < ARGC; i++)
  if (index($0, " on " ARGV[i] "/") || index($0, " on " ARGV[i] " (")) tell(ARGV[i]) }
exit busy || !known }'\'' "${PWD%/}" "$@" >&2
}
apart= busy=0
for path do [ "${path%/*}" = "${1%/*}" ] || apart=1; done
[ "$apart" ] || { check "${1%/*}" "$@"; exit; }
for path do check "${path%/*}" "$path" || busy=1; done
exit "$busy"' sh "$@"; }

# <<< to here.

# ---- What is here --------------------------------------------------------------------------------------------------

# Are both ends of the sync here, and marked? Sets source_volume, source_end, target_volume and root.
look_at_ends() {
  reach_ends || return
  "$from" at_source || return
  source_volume=$real
  "$to" at_target || return
  target_volume=$real
  at_source end_here "$source_volume" "$source_folder" .nbkp-src "$source_type" "$source_before" || return
  source_end=$real
  at_target end_here "$target_volume" "$target_folder" .nbkp-dst "$target_type" "$target_before" || return
  root=$real
  if [ "$source_server" = "$target_server" ]; then
    if [ "$root" -ef "$source_end" ]; then
      because destination-is-source "$root is $source_end"
      return 1
    fi
    if below "$source_end" "$root"; then
      because source-inside-destination "$source_end is in $root"
      return 1
    fi
    if [ -z "$apart" ] && below "$root" "$source_end"; then
      because destination-inside-source "$root is in $source_end"
      return 1
    fi
  fi
  if [ "$root" != "$target_volume" ] && ! below "$root" "$target_volume"; then
    because destination-leads-out "a link leads out of the volume, to $root"
    return 1
  fi
  at_source ids_of "$source_volume" "$source_end" || return
  source_ids=$told
  at_target ids_of "$target_volume" "$root" || return
  target_ids=$told
}

# Is all as it was when the sync began? The empty mountpoint of a drive that has gone is a folder like any other.
still() {
  at_source source_is "$source_ids" "$source_volume" "$source_end" &&
    at_target target_is "$target_ids" "$target_volume" "$root" "$mode"
}

# A destination belongs to one source, told by an id in the marks of both. Sets id, and noted to the success that is noted there.
belongs() {
  noted=''
  at_source mark_of "$source_end/.nbkp-dst" && at_target mark_of "$root/.nbkp-src" || return
  at_source source_id "$source_end" || return
  id=${told:-$place_id}
  at_target mark_of "$root/.nbkp-dst" || return
  if [ -n "$merges" ]; then return 0; fi
  case $told in
    *"\"source\":\"${id:-/}\""* | *"\"source\":\"${place_id:-/}\""*)
      at_target noted_at "$root" "$id" "$place_id" || return
      noted=$told
      return 0
      ;;
  esac
  because destination-owned "$root belongs to another source than $source_end, or to nobody yet"
  return 3
}

has_room() {
  at_target room_at "$root" || return
  # shellcheck disable=SC2086
  set -- $told
  if [ "${3:-0}" != 0 ] && [ "${4:-}" = 0 ]; then
    because no-inodes "the file system of $root has no inode left for another file"
    return 3
  fi
  if [ -z "$min_free" ]; then return 0; fi
  told=$(awk -v blocks="${1:-0}" -v size="${2:-0}" -v wanted="$min_free" \
    'BEGIN { if (blocks * size < wanted) printf "%.0f", blocks * size; else printf "enough" }')
  if [ "$told" = enough ]; then return 0; fi
  because min-free "there are $told bytes free at $root, and policy.min-free wants $min_free"
  return 3
}

# ---- How old the copies are ----------------------------------------------------------------------------------------

# Where this machine keeps when each sync has succeeded last, for as long as its drive is elsewhere: beside what nbkp keeps.
state_folder() {
  if [ -n "${NBKP_STATE_DIR:-}" ]; then state=$NBKP_STATE_DIR
  elif [ "$(id -u)" -eq 0 ]; then state=/var/lib/nbkp
  else
    case ${XDG_STATE_HOME:-} in
      /*) state=$XDG_STATE_HOME/nbkp ;;
      *) state=${HOME:-}/.local/state/nbkp ;;
    esac
  fi
  state=$state/script
}

# Sets last to the later of what is noted at the destination, as far as that was seen, and what is kept here.
last_success() {
  local kept=''
  last=$noted
  if [ -f "$state/$ends" ]; then kept=$(head -n 1 "$state/$ends"); fi
  if [ -z "$last" ] || expr "x$kept" \> "x$last" >/dev/null; then last=$kept; fi
}

# Has the sync, which is skipped, not succeeded for longer than max-age allows? Whoever can write at the destination could note a
# success that is still to come: that is none.
is_overdue() {
  if [ -z "$max_age" ]; then return 1; fi
  last_success
  if [ -z "$last" ]; then
    warn "$sync is overdue: no success of it is known here, and max-age wants one in $patience."
    return 0
  fi
  awk -v at="$last" -v now="$(date +%s)" -v most="$max_age" "$time_functions
    BEGIN { age = now - time_of(at) / 1000; exit !(age > most || age < -600) }" || return 1
  warn "$sync is overdue: its last success was at $last, and max-age wants one in $patience."
}

# Keeps it for when the drive is elsewhere. Argument: the time, or nothing for what the destination notes.
keep_success() {
  if [ -z "$max_age" ] || [ -n "$dry_run" ]; then return 0; fi
  if [ -n "$1" ]; then last=$1; else last_success; fi
  if [ -z "$last" ] || { [ -f "$state/$ends" ] && [ "$(head -n 1 "$state/$ends")" = "$last" ]; }; then return 0; fi
  (
    umask 077
    mkdir -p "$state" && printf '%s\n' "$last" >"$state/$ends.new" && mv -f "$state/$ends.new" "$state/$ends"
  ) 2>/dev/null || warn "When $sync succeeded cannot be kept in $state: without its drive it will count as overdue."
}

#### HOLD_FUNCTIONS ####

# ---- Times ----------------------------------------------------------------------------------------------------------

# Where names of copied files go whose times the destination cannot hold, if anywhere.
late_to='' first_time='' last_time='' held_from='' held_to=''

# rsync tells times as this machine's clock on the wall shows them.
look_at_times() {
  late_to=''
  if [ -z "$held_by" ] || [ -n "$dry_run" ]; then return 0; fi
  first_time=$(date -d "@$held_from" +%Y/%m/%d-%H:%M:%S) || return 1
  last_time=$(date -d "@$held_to" +%Y/%m/%d-%H:%M:%S) || return 1
  late_to=$work/late
  : >"$late_to"
}

tell_times() {
  if [ -z "$late_to" ] || [ ! -s "$late_to" ]; then return 0; fi
  warn "$held_by cannot hold times before ${first_time%-*} or after ${last_time%-*}. Copies of these have other times, and are made in every run [times-not-held]:"
  sort -u "$late_to" | awk 'NR <= 5 { print "  " $0 } END { if (NR > 5) print "  and " NR - 5 " more" }' >&2
}

#### TRANSFER_FUNCTIONS ####

#### NAMING_FUNCTIONS ####

#### LOSS_FUNCTIONS ####

time_functions='
function day_number(year, month, day,  era, of_era, of_year) {
  if (month <= 2) year--
  era = floor(year / 400)
  of_era = year - era * 400
  of_year = int((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + of_era * 365 + int(of_era / 4) - int(of_era / 100) + of_year - 719468
}
function last_day(year, month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
}
# Milliseconds since 1970; nothing for what is no time.
function time_of(text,  year, month, day, hour, minute, second) {
  if (text !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9](:[0-9][0-9]:|-[0-9][0-9]-)[0-9][0-9][.][0-9][0-9][0-9]Z$/) return ""
  year = substr(text, 1, 4) + 0; month = substr(text, 6, 2) + 0; day = substr(text, 9, 2) + 0
  hour = substr(text, 12, 2) + 0; minute = substr(text, 15, 2) + 0; second = substr(text, 18, 2) + 0
  if (month < 1 || month > 12 || day < 1 || day > last_day(year, month) || hour > 23 || minute > 59 || second > 59) return ""
  return (day_number(year, month, day) * 86400 + hour * 3600 + minute * 60 + second) * 1000 + substr(text, 21, 3)
}
function floor(number,  whole) { whole = int(number); return whole > number ? whole - 1 : whole }
'

judge_history='
# What the clock on the wall shows, in milliseconds.
function look_at_clock(i,  at) {
  shifts[i] = changes > 0 ? offsets[1] : 0
  for (at = 2; at <= changes && starts[at] <= times[i]; at++) shifts[i] = offsets[at]
  walls[i] = times[i] + shifts[i] * 1000
}
function bucket_of(i, unit,  local, day, year, month, left, z, era, of_era) {
  local = walls[i]
  if (unit == "hourly") return floor(local / 3600000) " " shifts[i]
  day = floor(local / 86400000)
  if (unit == "daily") return day ""
  if (unit == "weekly") return floor((day + 3) / 7) ""
  z = day + 719468
  era = floor(z / 146097)
  left = z - era * 146097
  of_era = int((left - int(left / 1460) + int(left / 36524) - int(left / 146096)) / 365)
  left = left - (365 * of_era + int(of_era / 4) - int(of_era / 100))
  month = int((5 * left + 2) / 153)
  month = month < 10 ? month + 3 : month - 9
  year = of_era + era * 400 + (month <= 2)
  return unit == "yearly" ? year "" : year " " month
}
# Newest first. Of two spellings of one time the favourite comes first, then the one that sorts last.
function sort_all(total, favourite,  i, j, moved) {
  for (i = 1; i <= total; i++) {
    moved = i
    for (j = i - 1; j >= 1 && newer(moved, order[j], favourite); j--) order[j + 1] = order[j]
    order[j + 1] = moved
  }
}
function newer(a, b, favourite) {
  if (times[a] != times[b]) return times[a] > times[b]
  if (names[a] == favourite || names[b] == favourite) return names[a] == favourite
  return (names[a] "") > (names[b] "")
}
# The newest of each bucket, or the newest whole one where there is one.
function judge_bucket(total, unit, count,  i, bucket, used, buckets, holder) {
  for (i = 1; i <= total; i++) {
    bucket = unit " " bucket_of(order[i], unit)
    if (!(bucket in holder)) {
      if (used == count) continue
      buckets[++used] = bucket
      holder[bucket] = order[i]
    } else if (names[holder[bucket]] in marked && !(names[order[i]] in marked)) holder[bucket] = order[i]
  }
  for (i = 1; i <= used; i++) stays[holder[buckets[i]]] = 1
}
# Backup time: no gap counts more than three times the usual one, and none less than a day.
function judge_within(total, span,  i, j, gaps, gap, sorted, most, age) {
  gaps = (total < 11 ? total : 11) - 1
  for (i = 1; i <= gaps; i++) {
    gap = times[order[i]] - times[order[i + 1]]
    for (j = i - 1; j >= 1 && sorted[j] > gap; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = gap
  }
  most = gaps > 0 ? 3 * sorted[int((gaps - 1) / 2) + 1] : 0
  if (most < 86400000) most = 86400000
  age = 0
  for (i = 1; i <= total; i++) {
    if (i > 1) {
      gap = times[order[i - 1]] - times[order[i]]
      age += gap < most ? gap : most
    }
    if (age <= span) stays[order[i]] = 1
  }
}
# Sets stays.
function retain(total, newest,  i, count, rule, kept) {
  split("", stays)
  sort_all(total, newest)
  for (i = 1; i <= total; i++) if (names[i] == newest) stays[i] = 1
  for (i = 1; i <= total && i <= rules["last"]; i++) stays[order[i]] = 1
  for (i = 1; i <= 5; i++) {
    rule = units[i]
    if (rules[rule] > 0) judge_bucket(total, rule, rules[rule] + 0)
  }
  if ("within" in rules) judge_within(total, rules["within"] + 0)
  for (i = 1; i <= total; i++) if (i in stays) kept++
  # One snapshot alone is one mistake away from none.
  if (rules["last"] == 1 || kept > 1) return
  for (i = 1; i <= total; i++) if (!(order[i] in stays)) { stays[order[i]] = 1; return }
}
function is_later(name, other) { return other == "" || time_of(name) > time_of(other) || time_of(name) == time_of(other) && name > other }
{
  kind = $1
  name = substr($0, 3)
  if (kind == "d" && time_of(name) != "") all[++found] = name
  else if (kind == "d" && name ~ /^[.]partial-/ && time_of(substr(name, 10)) != "") { if (is_later(substr(name, 10), partial)) partial = substr(name, 10) }
  else if (kind == "d" && name ~ /^[.]prune-/ && time_of(substr(name, 8)) != "") print "leftover " name
  else if (kind == "f" && name ~ /^[.]incomplete-/ && time_of(substr(name, 13)) != "") marked[substr(name, 13)] = 1
}
END {
  if (partial != "") print "partial .partial-" partial
  for (i = 1; i <= found; i++) is_there[all[i]] = 1
  if (!(latest in is_there)) latest = ""
  for (i = 1; i <= found; i++) {
    if (latest != "" && time_of(all[i]) <= time_of(latest)) { names[++count] = all[i]; times[count] = time_of(all[i]) }
    else print "unverified " all[i]
  }
  if (latest == "") exit
  print "latest " latest
  for (name in marked) if (!(name in is_there) && time_of(name) < time_of(latest)) print "stale .incomplete-" name
  sort_all(count, "")
  # Newer ones lack what could not be read: all since the last whole one stay.
  for (i = 1; i <= count && names[order[i]] in marked; i++) held[order[i]] = 1
  if (i > 1) {
    if (i <= count) { held[order[i]] = 1; print "whole " names[order[i]] }
  }
  if (keep == "" || time_of(now) <= time_of(latest)) exit
  size = split(keep, words, " ")
  for (i = 1; i < size; i += 2) rules[words[i]] = words[i + 1]
  split("hourly daily weekly monthly yearly", units, " ")
  changes = split(zone, words, " ") / 2
  for (i = 1; i <= changes; i++) { starts[i] = words[2 * i - 1] * 1000; offsets[i] = words[2 * i] + 0 }
  for (i = 1; i <= count; i++) look_at_clock(i)
  if (upcoming != "certain") {
    retain(count, latest)
    for (i = 1; i <= count; i++) if (i in stays) held[i] = 1
  }
  if (upcoming != "none") {
    names[count + 1] = "new"
    times[count + 1] = time_of(now)
    look_at_clock(count + 1)
    retain(count + 1, "new")
    for (i = 1; i <= count; i++) if (i in stays) held[i] = 1
  }
  sort_all(count, "")
  for (i = count; i >= 1; i--) if (!(order[i] in held)) print "prune " names[order[i]]
}
'

# ---- Snapshots -----------------------------------------------------------------------------------------------------

decided() { sed -n "s/^$1 //p" "$work/history"; }

# Reads what is there, and decides as the planner does what goes after this run.
read_history() {
  previous='' base='' whole='' partial='' resumes=''
  : >"$work/history"
  at_target history_of "$root" >"$work/entries"
  case $?:$mode in
    *:none)
      copied_history
      return
      ;;
    0:*) ;;
    *) return 1 ;;
  esac
  previous=$named
  awk -v latest="$previous" -v now="$(stamp 999)" -v upcoming="$upcoming" -v keep="$keep" \
    -v zone="$zone" "$time_functions$judge_history" <"$work/entries" >"$work/history" || return
  if [ -n "$previous" ]; then
    if [ -z "$(decided latest)" ]; then
      because latest-dangling "$root/latest names no snapshot that is there"
      return 1
    fi
    base=$root/snapshots/$previous
  elif [ -z "$told" ] && [ -n "$(decided unverified)" ]; then
    because latest-missing "$root has snapshots, and no latest says which of them is complete"
    return 1
  fi
  whole=$(decided whole)
  if [ -n "$whole" ]; then whole=$root/snapshots/$whole; fi
  if [ "$mode" = hard-link ]; then partial=$(decided partial); fi
  resumes=${partial:+1}
}

# Without snapshots, those of an earlier mode would be deleted. A source may hold such folders too, and then they are its copy.
copied_history() {
  local names
  names=$(sed -n 's/^. \([0-9].*Z\)$/\1/p' "$work/entries")
  if [ -z "$names" ] && [ -z "$named" ]; then
    why='' reason=''
    return 0
  fi
  # shellcheck disable=SC2086
  if [ -z "$through" ] && at_source has_any_of "$source_end" $names; then return 0; fi
  because history-would-be-deleted "$root holds snapshots, and a sync without any would delete them"
  return 1
}

few_prunes() {
  local count
  count=$(decided prune | wc -l)
  if [ -z "$max_prune" ] || [ "$count" -le "$max_prune" ]; then return 0; fi
  because max-prune-exceeded "$((count)) snapshots would be pruned, more than policy.max-prune allows"
  return 3
}

# Where the sync reads. A source that is a destination with snapshots is read through the one that latest names.
read_source() {
  source=$source_end
  if [ -z "$through" ] || [ -n "$awaited" ]; then return 0; fi
  at_source latest_of "$source_end" || return
  if [ -z "$named" ]; then
    if [ -z "$told" ] && at_source entries_of "$source_end" >"$work/entries" &&
      awk "$time_functions"'/^d / && time_of(substr($0, 3)) != "" { n++ } END { exit !n }' "$work/entries"; then
      because latest-missing "$source_end has snapshots, and no latest says which of them is complete"
      return 1
    fi
    because no-snapshot-yet "$source_end has no complete snapshot yet to copy from"
    return 5
  fi
  source=$source_end/snapshots/$named
}

# An empty source is more often a drive that is not there than a wish to delete it all.
source_filled() {
  if [ -z "$mirrors" ] || [ "$source" != "$source_end" ] || ! at_source is_empty "$source_end"; then return 0; fi
  case $mode in
    none) if at_target is_empty "$root"; then return 0; fi ;;
    *) if [ -z "$base" ] || at_target is_empty "$base"; then return 0; fi ;;
  esac
  because source-empty "$source_end is empty, but its copy is not"
  return 3
}

# Pieces of files that an interrupted transfer has left.
find_pieces() {
  local folder="$root"
  case $mode in
    none) ;;
    btrfs) folder=$root/staging ;;
    *) return ;;
  esac
  if at_target has_pieces "$folder"; then resumes=1; fi
}

# Each snapshot gives up its name before anything of it is removed. One that cannot go is no reason to keep the others.
prune_all() {
  local list='' result=0
  list=$(decided leftover; decided prune)
  for doomed in $list; do
    if [ "$interrupted" -ne 0 ]; then return 1; fi
    still || return 1
    case $doomed in
      .prune-*) "leftover_$number" || result=1 ;;
      *) "prune_$number" || result=1 ;;
    esac
  done
  return "$result"
}

# What dead runs have left: links that were to become latest, and marks of snapshots that never got their names.
remove_links() {
  local entry
  at_target links_of "$root" >"$work/links" || return 1
  while IFS= read -r entry; do run_at_target rm -f "$root/$entry" || return 1; done <"$work/links"
  for entry in $(decided stale); do run_at_target rm -f "$root/snapshots/$entry" || return 1; done
}
