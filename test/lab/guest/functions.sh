# What jobs in the lab's machine may use. A drive is a file in memory that the kernel's SCSI target offers as a disk:
# it appears and vanishes as a USB disk does, in the middle of whatever is going on.

TARGET=/sys/kernel/config/target
PORT=$TARGET/loopback/naa.5001405000000001/tpgt_1

# Makes a drive that is not plugged in: NAME SIZE
make_drive() {
  truncate -s "$2" "/run/drives/$1"
}

# Plugs a drive in and prints its device: NAME
plug() {
  local store=$TARGET/core/fileio_0/$1 lun=0
  if [ ! -e "$PORT" ]; then
    mkdir -p "$PORT" && echo naa.5001405000000002 >"$PORT/nexus" || return
  fi
  while ! mkdir "$PORT/lun/lun_$lun" 2>/dev/null; do lun=$((lun + 1)); done
  mkdir -p "$store" &&
    echo "fd_dev_name=/run/drives/$1,fd_dev_size=$(stat -c %s "/run/drives/$1")" >"$store/control" &&
    echo 1 >"$store/enable" &&
    ln -s "$store" "$PORT/lun/lun_$lun/$1" || return
  udevadm settle
  device_of "$1"
}

# Prints the device of a drive that is plugged in: NAME
device_of() {
  local link
  for link in "$PORT"/lun/lun_*/"$1"; do
    [ -L "$link" ] || return 1
    link=${link%/*}
    printf '/dev/%s\n' "$(ls "/sys/class/scsi_device/"*":0:1:${link##*_}/device/block")"
  done
}

# Pulls a drive, whatever is using it: NAME
unplug() {
  local link
  for link in "$PORT"/lun/lun_*/"$1"; do
    [ -L "$link" ] || return 1
    rm "$link" && rmdir "${link%/*}" || return
  done
  rmdir "$TARGET/core/fileio_0/$1"
  udevadm settle
}

# Makes a LUKS container that opens quickly: DEVICE PASSPHRASE [OPTION …]
luks() {
  printf %s "$2" | cryptsetup luksFormat -q --pbkdf pbkdf2 --pbkdf-force-iterations 1000 "${@:3}" "$1" -
}

# Makes a drive, plugs it in and prints its UUID. It holds a file system with the volume's sentinel and an empty
# destination `docs`, in a LUKS container if there is a passphrase: NAME SIZE FILE_SYSTEM [PASSPHRASE [OPTION …]]
ready_drive() {
  local device inner label=-L
  make_drive "$1" "$2"
  device=$(plug "$1")
  inner=$device
  if [ $# -gt 3 ]; then
    luks "$device" "$4" "${@:5}"
    printf %s "$4" | cryptsetup open "$device" new
    inner=/dev/mapper/new
  fi
  [ "$3" != vfat ] || label=-n
  "mkfs.$3" "$label" "$1" "$inner" &>/dev/null
  mount "$inner" /mnt
  mkdir -p /mnt/docs/snapshots
  touch /mnt/.nbkp-vol /mnt/docs/.nbkp-dst
  [ "$3" != btrfs ] || btrfs -q subvolume create /mnt/docs/staging
  [ "$3" = vfat ] || ln -s /dev/null /mnt/docs/latest
  umount /mnt
  [ "$inner" = "$device" ] || cryptsetup close new
  # udev and udisks look at what is on a drive when it is plugged in.
  unplug "$1"
  plug "$1" >/dev/null
  blkid -p -s UUID -o value "$(device_of "$1")"
}

# Makes udisks, which hears of it from udev, look at the file system that was just made: DEVICE
until_udisks_knows() {
  until udisksctl info -b "$1" | grep -q 'IdUsage: *filesystem'; do
    udevadm trigger --action=change --name-match="$1"
    udevadm settle
    sleep 0.2
  done
}

# Makes udisks, which hears of it from udev, look at the container that is open as /dev/dm-0: DEVICE
until_udisks_knows_container() {
  until udisksctl info -b /dev/dm-0 | grep -q "CryptoBackingDevice: .*/${1##*/}'"; do
    udevadm trigger --action=change --name-match=/dev/dm-0
    udevadm settle
    sleep 0.2
  done
}

# Looks at the command line and the environment of every process, again and again until /run/enough is there. Prints where
# a secret was, and where what was planted in order to be found. /run/seen holds all command lines: SECRET
look_for_secret() {
  local planted
  printf '%s\n' "$1" planted-5f2c91 >/run/patterns
  PLANTED=planted-5f2c91 sleep 1000 &
  planted=$!
  # One process: to start some for each look takes the machine from what is looked at.
  perl -e '
    sub content { open my $file, "<", $_[0] or return ""; local $/; <$file> // "" }
    my ($planted) = @ARGV;
    my $secret = join "|", map { quotemeta } split /\n/, content("/run/patterns");
    my (%found, %seen);
    until (-e "/run/enough") {
      opendir my $proc, "/proc";
      for my $pid (grep { /^[0-9]+$/ } readdir $proc) {
        my ($line, $environ) = map { content("/proc/$pid/$_") } qw(cmdline environ);
        $seen{$line =~ tr/\0/ /r} = 1;
        my $name = $pid == $planted ? "PLANTED" : $pid;
        $found{"/proc/$name/cmdline"} = 1 if $line =~ $secret;
        $found{"/proc/$name/environ"} = 1 if $environ =~ $secret;
      }
      select undef, undef, undef, 0.05;
    }
    open my $file, ">", "/run/seen" or die $!;
    print $file "$_\n" for keys %seen;
    print "$_\n" for sort keys %found;
  ' "$planted"
  kill $planted
}

# Waits until a command succeeds; fails when it has not after a minute: COMMAND [WORD …]
wait_until() {
  local tries
  for ((tries = 0; tries < 3000; tries++)); do
    "$@" &>/dev/null && return
    sleep 0.1
  done
  echo "never: $*" >&2
  return 1
}
