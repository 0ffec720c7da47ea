#!/bin/sh
# host.sh FOLDER NODE WORKER
#
# Starts the lab's machine, in namespaces of its own: when their last process ends, the network and the folder that
# they share with the machine (/mnt) are gone.
set -eu
mount -t tmpfs lab /mnt
mkdir /mnt/jobs /mnt/uml
ip link set lo up
ip tuntap add tap0 mode tap
ip address add 10.77.0.1/30 dev tap0
ip link set tap0 up
gcc -shared -fPIC -O2 -Wall -Wextra -Werror -o /mnt/xstate.so "$1/xstate.c"
# Each system call of a process in it is a turn of its kernel's and back. On one processor that is five times as fast as on
# two, where each turn has to wake the other; on a busy machine ten times. Each worker has another one.
may_use=$(for each in $(seq 0 "$(nproc --all)"); do taskset -c "$each" echo "$each" 2>/dev/null; done || true)
processor=$(echo "$may_use" | sed -n "$(($3 % $(nproc) + 1))p")
# Its memory is a file in TMPDIR without a name. The console is for what the kernel says; descriptor 3 for the jobs.
LD_PRELOAD=/mnt/xstate.so TMPDIR=/mnt taskset -c "$processor" linux.uml mem=768M root=/dev/root rootfstype=hostfs rootflags=/ ro quiet \
  init="$1/guest/init.sh" node="$2" uml_dir=/mnt/uml umid=lab \
  vec0:transport=tap,ifname=tap0 con=null con0=null,fd:1 ssl0=fd:3
