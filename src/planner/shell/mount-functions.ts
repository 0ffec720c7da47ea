/**
 * A function for machines without util-linux: writes what `findmnt --pairs` would (proc(5), mountinfo), with
 * unsafe bytes as `\x` and two hexadecimal digits. busybox's blkid tells only root the UUIDs.
 */
export const MOUNT_TABLE_FUNCTION = String.raw`
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
`;

/** Functions that find out where a file system is mounted, from the lines of findmnt(8) in `mounts`. In POSIX sh. */
export const LOCATE_FUNCTIONS = `# Where the file system is mounted whose UUID matches a pattern: the first mount of its own root in the mount table;
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
      *' UUID="'$1'" '*) part=\${part:-$line} ;;
    esac
  done
  unset IFS
  set +f
  found=\${found:-$part}
  [ -n "$found" ] || return
  found=\${found##*TARGET=\\"}
  unescape "\${found%\\"}"
}

# findmnt --pairs writes an unsafe byte as \\x and two hexadecimal digits. Sets $found.
unescape() {
  found=
  rest=$1
  while :; do
    case $rest in
      *\\\\x*)
        after=\${rest#*\\\\x}
        code=\${after%"\${after#??}"}
        byte=$(printf '%b.' "\\\\0$(printf %o "0x$code")")
        found=$found\${rest%%\\\\x*}\${byte%.}
        rest=$after
        rest=\${rest#??}
        ;;
      *) found=$found$rest; return ;;
    esac
  done
}
`;
