import type { System } from './system.ts';

/** Of awk: the lines of mount(8), each after its device number, and after an empty one those of firmlinks. */
const MOUNT_TABLE = String.raw`
    function safe(text) { gsub(/\\/, "\\x5c", text); gsub(/"/, "\\x22", text); return text }
    function put(name, text) { printf "%s=\"%s\"%s", name, text, name == "TARGET" ? "\n" : " " }
    function add(where) { count++; target[count] = where; number[count] = device }
    NF == 0 { isLink = 1; next }
    { device = $1; sub(/^[^ ]* /, "") }
    isLink {
      if (!(device in holder)) next
      add($0); root[count] = $0; from = holder[device]
      source[count] = source[from]; type[count] = type[from]; options[count] = options[from]
      next
    }
    at = index($0, " on /") {
      rest = substr($0, at + 4)
      for (i = open = 1; i < length(rest); i++) if (substr(rest, i, 2) == " (") open = i
      words = substr(rest, open + 2)
      sub(/\)$/, "", words)
      add(substr(rest, 1, open - 1)); root[count] = "/"; holder[device] = count
      source[count] = substr($0, 1, at - 1)
      split(words, word, ", ")
      type[count] = word[1] == "msdos" ? "vfat" : word[1] == "hfs" ? "hfsplus" : word[1]
      options[count] = words ~ /(^|, )read-only(,|$)/ ? "ro" : "rw"
    }
    END {
      for (i = 1; i <= count; i++) {
        parent = 0
        for (j = 1; j <= count; j++) {
          above = target[j] == "/" ? "/" : target[j] "/"
          if (j != i && index(target[i], above) == 1 && (!parent || length(target[j]) > length(target[parent]))) parent = j
        }
        put("ID", i); put("PARENT", parent); put("MAJ:MIN", "dev:" number[i]); put("UUID", "")
        put("FSROOT", safe(root[i])); put("FSTYPE", safe(type[i])); put("SOURCE", safe(source[i]))
        put("OPTIONS", options[i]); put("TARGET", safe(target[i]))
      }
    }`;

/**
 * macOS, from its manuals (stat(1), df(1), mount(8), pmset(1)) and from no machine: it was never tried there.
 *
 * Paths below a firmlink, such as /Users, are on another file system than the folders around them, without a mount of their
 * own. `/usr/share/firmlinks` names them, and here each counts as a mount of that folder of the data volume.
 */
export const DARWIN: System = {
  name: 'Darwin',
  apart: '/dev',
  functions: `
file_lines() { stat -L -f '%d %i %Xp %u %Fm' "$@"; }

# The text before the numbers is the name of the file system, which may hold blanks.
room_lines() {
  df -P -k "$@" | awk 'match($0, / +[0-9]+ +-?[0-9]+ +-?[0-9]+ +-?[0-9]+% /) {
    name = substr($0, 1, RSTART - 1)
    split(substr($0, RSTART + 1, RLENGTH), part)
    print part[3], part[1], 0, 0, 1024, name
  }'
}

firmlinks() {
  while IFS=$tab read -r path folder; do
    [ -d "$path" ] && printf '%s %s\\n' "$(stat -f %d "$path")" "$path"
  done </usr/share/firmlinks
}

mount_lines() {
  tab=$(printf '\\t')
  { mount | while IFS= read -r line; do
      target=/\${line#* on /}
      printf '%s %s\\n' "$(stat -f %d "\${target% (*}")" "$line"
    done
    echo
    firmlinks
  } | awk '${MOUNT_TABLE}'
}

# Drives by their UUID are for udisks.
device_lines() { :; }
sequences() { printf '\\0'; }
disks() { printf '\\0'; }

power() {
  case $(pmset -g batt) in
    *"'Battery Power'"*) conditions=B ;;
    *) conditions=P ;;
  esac
}
`,
};
