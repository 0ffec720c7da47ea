#!/bin/bash
# The first process of the lab's machine. Its root file system is this machine's own, seen through hostfs: everything
# that is written goes to memory that lies over it, where /written shows it alone. /run/lab is the folder that it shares with
# the tests.
set -u
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
cd "${BASH_SOURCE[0]%/*}" || exit
guest=$PWD
modules=/usr/lib/uml/modules/$(uname -r)

die() {
  echo "nbkp lab: $1"
  poweroff -f
}

mount_root() {
  mount -t tmpfs writes /mnt &&
    mkdir /mnt/upper /mnt/work /mnt/root &&
    insmod "$modules/kernel/fs/overlayfs/overlay.ko" &&
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root &&
    cd /mnt/root &&
    pivot_root . mnt &&
    cd / &&
    mount --move /mnt/proc /proc &&
    mount --move /mnt/dev /dev &&
    mkdir /written &&
    mount --bind /mnt/mnt/upper /written &&
    umount -l /mnt
}

mount_the_rest() {
  mount -t sysfs sys /sys
  mkdir -p /dev/pts && mount -t devpts devpts /dev/pts
  # `--key-file /dev/stdin` needs these.
  ln -sf /proc/self/fd /dev/fd
  ln -sf /proc/self/fd/0 /dev/stdin
  ln -sf /proc/self/fd/1 /dev/stdout
  ln -sf /proc/self/fd/2 /dev/stderr
  mount -t tmpfs tmpfs /run -o mode=755 && mkdir /run/lab /run/lock /run/sshd /run/drives /run/jobs
  mount -t tmpfs tmpfs /media -o mode=755
  mount -t hostfs lab /run/lab -o /mnt
  mkdir -p /lib/modules && ln -sfn "$modules" "/lib/modules/${modules##*/}"
  modprobe -a configfs dm-crypt loop sd_mod tcm_loop target_core_file
  mount -t configfs configfs /sys/kernel/config
}

settings() {
  hostname hub
  # bash reads it for every command that comes in over SSH, and what this machine's does may take seconds.
  : >/root/.bashrc
  : >/etc/fstab
  : >/etc/crypttab
  # Somebody without rights, as most people are.
  echo 'nomad:*:4242:4242::/home/nomad:/bin/bash' >>/etc/passwd
  echo 'nomad:*:4242:' >>/etc/group
  mkdir -p /home/nomad /etc/polkit-1/rules.d
  chown 4242:4242 /home/nomad
  chmod 700 /home/nomad
  # nbkp of this clone, wherever it is, for everybody.
  touch /run/node && mount --bind "$node" /run/node
  mkdir /run/nbkp && mount --bind "$guest/../../.." /run/nbkp
  printf '#!/bin/sh\nexec /run/node /run/nbkp/bin/run.js "$@"\n' >/usr/local/bin/nbkp
  chmod 755 /usr/local/bin/nbkp
  # And what was compiled of it for other tests: each would compile it again.
  local compiled=$guest/../../../.cache/code/nbkp
  mkdir -p "$compiled" /root/.cache/nbkp && mount --bind "$compiled" /root/.cache/nbkp
  ip link set lo up
  ip address add 10.77.0.2/30 dev vec0
  ip link set vec0 up
}

services() {
  dbus-uuidgen --ensure=/etc/machine-id
  mkdir -p /run/dbus && dbus-daemon --system --fork
  /lib/systemd/systemd-udevd --daemon 2>/dev/null
  udevadm trigger --subsystem-match=block
  /usr/lib/polkit-1/polkitd --no-debug &>/run/polkitd.log &
  /usr/libexec/udisks2/udisksd &>/run/udisksd.log &
  udevadm settle
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    udisksctl status &>/dev/null && return
    sleep 0.1
  done
  return 1
}

# Each line that comes in on the serial port is the number of a job: a folder in /run/lab/jobs with a script. Jobs run
# side by side. The answer is a line with the job's number, when what it wrote is in its folder.
serve() {
  stty raw -echo
  echo ready
  while IFS= read -r number; do
    job "$number" &
  done
}

job() {
  local outside=/run/lab/jobs/$1 inside=/run/jobs/$1
  mkdir "$inside"
  (cd / && exec bash "$outside/script") </dev/null >"$inside/stdout" 2>"$inside/stderr"
  echo $? >"$inside/code"
  cp "$inside"/* "$outside" && rm -r "$inside"
  echo "$1"
}

mount -t proc proc /proc
mount_root || die 'the root file system could not be made'
mount_the_rest
settings
services || die 'udisksd does not answer'
export -f job
export BASH_ENV=$guest/functions.sh
serve <>/dev/ttyS0 >&0
sync
poweroff -f
