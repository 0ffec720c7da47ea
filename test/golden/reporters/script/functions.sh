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

holds_something() {
  local entry
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case ${entry##*/} in .nbkp-*) continue ;; esac
    if [ -e "$entry" ] || [ -L "$entry" ]; then return 0; fi
  done
  return 1
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
      why="$name is not mounted, and a script opens no drives"
      return 5
    fi
    path=${path:-$found}
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
  local path="${1%/}/$2"
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
    told=$(sed -n '1s/.*"id" *: *"\([^"]*\)".*/\1/p' "$1/.nbkp-src")
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
  there=${there%.}
  case $there in "${1%/}/snapshots/"*) named=${there#"${1%/}/snapshots/"} ;; esac
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
    case ${entry##*/} in *"$newline"*) continue ;; esac
    if [ -L "$entry" ]; then continue; fi
    if [ -d "$entry" ]; then printf 'd %s\n' "${entry##*/}"; fi
    if [ -f "$entry" ]; then printf 'f %s\n' "${entry##*/}"; fi
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
for path do shift; cd -P "${path%/*}/" || exit; set -- "$@" "${PWD%/}/${path##*/}"; done
LC_ALL=C awk '\''function tell(where) { gsub(/[\t\n]/, "?", where); busy = 1
  print "something is mounted at \047" where "\047: Device or resource busy" }
BEGIN { while ((getline < "/proc/self/mountinfo") > 0) { known = 1; where = $5
  gsub(/\\040/, " ", where); gsub(/\\011/, "\t", where)
  gsub(/\\012/, "\n", where); gsub(/\\134/, "\\\\", where)
  for (i = 1; i < ARGC; i++) if (index(where "/", ARGV[i] "/") == 1) tell(where) }
if (!known) while (("mount" | getline) > 0) { known = 1; for (i = 1; i < ARGC; i++)
  if (index($0, " on " ARGV[i] "/") || index($0, " on " ARGV[i] " (")) tell(ARGV[i]) }
exit busy || !known }'\'' "$@" >&2' sh "$@"; }

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
  if [ "$root" != "$target_volume" ] && ! below "$root" "$target_volume"; then
    why="a link leads out of the volume, to $root"
    return 3
  fi
  if [ "$source_server" = "$target_server" ]; then
    if [ "$root" -ef "$source_end" ] || below "$source_end" "$root"; then
      why="$source_end is in $root"
      return 3
    fi
    if [ -z "$apart" ] && below "$root" "$source_end"; then
      why="$root is in $source_end"
      return 3
    fi
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

# A destination belongs to one source, told by an id in the marks of both. Sets id.
belongs() {
  at_source source_id "$source_end" || return
  id=${told:-$place_id}
  if [ -n "$merges" ]; then return 0; fi
  at_target owner_of "$root" || return
  case $told in
    *"\"source\":\"$id\""*) if [ -n "$id" ]; then return 0; fi ;;
    *"\"source\":\"$place_id\""*) if [ -n "$place_id" ]; then return 0; fi ;;
  esac
  why="$root belongs to another source than $source_end, or to nobody yet"
  return 3
}

has_room() {
  if [ -z "$min_free" ]; then return 0; fi
  at_target free_at "$root" || return
  [ "${told:-0}" -ge "$min_free" ] || {
    why="there are ${told:-0} KiB free at $root, and policy.min-free wants $min_free"
    return 1
  }
}

#### HOLD_FUNCTIONS ####

#### TRANSFER_FUNCTIONS ####

#### NAMING_FUNCTIONS ####

#### LOSS_FUNCTIONS ####

judge_history='
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
  if [ "$mode" = none ]; then return 0; fi
  at_target history_of "$root" "$mode" >"$work/entries" || return
  previous=$named
  awk -v latest="$previous" -v now="$(stamp 999)" -v upcoming="$upcoming" -v keep="$keep" \
    -v zone="$zone" "$judge_history" <"$work/entries" >"$work/history" || return
  if [ -n "$previous" ]; then
    if [ -z "$(decided latest)" ]; then
      why="$root/latest names no snapshot that is there"
      return 1
    fi
    base=$root/snapshots/$previous
  elif [ -z "$told" ] && [ -n "$(decided unverified)" ]; then
    why="$root has snapshots, and no latest says which of them is complete"
    return 1
  fi
  whole=$(decided whole)
  if [ -n "$whole" ]; then whole=$root/snapshots/$whole; fi
  if [ "$mode" = hard-link ]; then partial=$(decided partial); fi
  resumes=${partial:+1}
  if [ -n "$max_prune" ] && [ "$(decided prune | wc -l)" -gt "$max_prune" ]; then
    why="$(($(decided prune | wc -l))) snapshots would be pruned, more than policy.max-prune allows"
    return 3
  fi
}

# Where the sync reads. A source that is a destination with snapshots is read through the one that latest names.
read_source() {
  source=$source_end
  if [ -z "$through" ]; then return 0; fi
  at_source latest_of "$source_end" || return
  if [ -z "$named" ]; then
    why="$source_end has no snapshot yet"
    return 5
  fi
  source=$source_end/snapshots/$named
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
