/**
 * A function of the probe that says of each block device which whole disks it stands on (sysfs): below partitions, LUKS, LVM
 * and RAID. A loop device is a disk of its own. A line each, with tabs: the path that a mount table has, and the disks, each
 * with 1 after a blank where it rotates, and 0 where not.
 */
export const DISKS_FUNCTION = `
sys=/sys/class/block

# Builtins only; what is set in a function's own arguments survives that it calls itself.
stands_on() {
  if [ -e "$sys/$1/partition" ] && cd -P "$sys/$1/.."; then stands_on "\${PWD##*/}"; return; fi
  set -- "$1" "$sys/$1/slaves/"*
  if [ ! -e "$2" ]; then
    rotates=
    IFS= read -r rotates <"$sys/$1/queue/rotational"
    printf '\\t%s' "$1\${rotates:+ $rotates}"
    return
  fi
  shift
  for under in "$@"; do stands_on "\${under##*/}"; done
}

disks() {
  case $mounts in *' SOURCE="/dev/'*)
    for device in $sys/*; do
      name=\${device##*/}
      mapped=
      IFS= read -r mapped <"$device/dm/name"
      printf '/dev/%s' "\${mapped:+mapper/}\${mapped:-$name}"
      stands_on "$name"
      printf '\\n'
    done ;;
  esac
  printf '\\0'
}
`;
