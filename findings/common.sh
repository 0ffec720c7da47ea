# Sourced by the scripts here: a temporary folder, pinned packages in it, and comparisons that end the script.
set -eu
unset LC_ALL LANG
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Unpacks PACKAGE=VERSION of Debian and prints the folder.
unpacked() {
  apt-get -o APT::Sandbox::User=root download -q "$1" >/dev/null
  dpkg -x "${1%%=*}"_*.deb "${1%%=*}-${1#*=}"
  rm -f "${1%%=*}"_*.deb
  printf '%s\n' "$work/${1%%=*}-${1#*=}"
}

# Root. Makes a file system in an image of SIZE with a command that ends with its path: $device is its loop device, to be mounted at drive.
new_drive() { # SIZE COMMAND [WORD …]
  truncate -s "$1" image
  shift
  "$@" image >/dev/null 2>&1
  device=$(losetup -f --show image)
  trap 'umount "$work/drive" 2>/dev/null || true; losetup -d "$device"; rm -rf "$work"' EXIT
  mkdir drive
}

# Runs COMMAND as whoever runs the script, or as somebody else where that is root, who can read everything.
user() { # COMMAND [WORD …]
  if [ "$(id -u)" != 0 ]; then "$@"; return; fi
  chmod 755 "$work"
  setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

# Fails unless what was seen is what was expected.
same() { # WHAT EXPECTED SEEN
  if [ "$2" = "$3" ]; then
    printf 'as before  %s: %s\n' "$1" "$3"
  else
    printf 'CHANGED    %s: expected %s, seen %s\n' "$1" "$2" "$3" >&2
    exit 1
  fi
}

# The versions of rsync that Debian 12 serves.
RSYNCS='3.2.7-1+deb12u6 3.5.0+ds1-0+deb12u1'

each_rsync() { # COMMAND
  for version in $RSYNCS; do
    folder=$(unpacked "rsync=$version")
    rsync=$folder/usr/bin/rsync
    printf '%s\n' "$("$rsync" --version | head -n 1)"
    rm -rf trial
    mkdir trial
    (cd trial && "$1")
  done
}
