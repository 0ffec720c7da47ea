#!/bin/bash
# Runs as the first process of a machine of a test network, in namespaces of its own: what it mounts hides files of the
# real machine and changes none. OpenSSH takes a home from the passwd file and not from HOME, so that is one of them.
set -euo pipefail
folder=$1
mount --make-rprivate /
mount -t tmpfs -o mode=755 none /run
mkdir /run/sshd
sed "s#^root:.*#root:x:0:0:root:$folder/home:/bin/sh#" /etc/passwd >"$folder/passwd"
printf 'root:*:19000::::::\n' >"$folder/shadow"
chmod 600 "$folder/shadow"
: >"$folder/resolv.conf"
printf 'passwd: files\nshadow: files\ngroup: files\nhosts: files dns\n' >"$folder/nsswitch.conf"
for name in passwd shadow hosts nsswitch.conf; do mount --bind "$folder/$name" "/etc/$name"; done
mount --bind "$folder/resolv.conf" "$(readlink -f /etc/resolv.conf)"
ip link set lo up
echo ready
exec sleep infinity
