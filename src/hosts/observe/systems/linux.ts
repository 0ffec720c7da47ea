import { MOUNT_TABLE_FUNCTION } from '../../../planner/shell/mount-functions.ts';
import { DISKS_FUNCTION } from './disks-function.ts';
import type { System } from './system.ts';

export const LINUX: System = {
  name: 'Linux',
  apart: '/proc',
  functions: `
file_lines() { stat -L -c '%d %i %f %u %y' "$@"; }
room_lines() { stat -f -c '%a %b %c %d %S %t' "$@"; }
device_lines() { lsblk --paths --pairs --output NAME,KNAME,PKNAME,TYPE,RO,FSTYPE,UUID,PARTUUID,LABEL; }
mount_lines() {
  findmnt --pairs --nofsroot --output ID,PARENT,MAJ:MIN,UUID,FSROOT,FSTYPE,SOURCE,OPTIONS,TARGET || mount_table
}
${MOUNT_TABLE_FUNCTION}
${DISKS_FUNCTION}
# Says for each device which of all that were ever attached it is (sysfs: diskseq). A partition is its disk's.
sequences() {
  if [ -n "$devices" ]; then
    IFS= read -r boot </proc/sys/kernel/random/boot_id
    for device in /sys/class/block/*; do
      sequence=
      IFS= read -r sequence <"$device/diskseq" || IFS= read -r sequence <"$device/../diskseq"
      [ -z "$sequence" ] || printf '/dev/%s %s:%s\\n' "\${device##*/}" "$boot" "$sequence"
    done
    members
  fi
  printf '\\0'
}

# Says for each device of a btrfs which of its members it is: all bear the UUID of the file system.
members() {
  set -f
  IFS='
'
  for line in $devices; do
    case $line in *' FSTYPE="btrfs" '*) ;; *) continue ;; esac
    member=\${line#* KNAME=\\"}
    member=\${member%%\\"*}
    printf 'member:%s ' "$member"
    blkid -p -s UUID_SUB -o value "$member" || udevadm info --query=property --name="$member" |
      sed -n 's/^ID_FS_UUID_SUB=//p'
    printf '\\n'
  done
  unset IFS
  set +f
}

# As systemd decides ConditionACPower, and NetworkManager what is metered.
power() {
  offline=
  for supply in /sys/class/power_supply/*; do
    type= online= status= scope=
    read -r type <"$supply/type"
    read -r online <"$supply/online"
    read -r status <"$supply/status"
    read -r scope <"$supply/scope"
    case $scope:$type:$online:$status in
      Device:*) ;;
      *:Mains:1:* | *:USB:1:*) offline=; break ;;
      *:Mains:0:* | *:Battery:*:Discharging) offline=y ;;
    esac
  done
  conditions=\${offline:+B}
  conditions=\${conditions:-P}
  manager=org.freedesktop.NetworkManager
  set -- --timeout=3 --auto-start=no get-property $manager /org/freedesktop/NetworkManager $manager Metered
  case $(busctl "$@" </dev/null) in
    'u 1' | 'u 3') conditions=\${conditions}M ;;
    'u 2' | 'u 4') conditions=\${conditions}N ;;
  esac
}
`,
};
