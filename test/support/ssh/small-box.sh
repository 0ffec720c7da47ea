#!/bin/sh
# Makes a root that holds busybox, rsync and dropbear, the programs of a small box, and nothing of GNU, util-linux or
# OpenSSH. Runs within a machine of a test network: what it mounts, the machine takes with it.
# Arguments: the root, which is made, and the folder that is root's home, in there too.
set -eu
root=$1 home=$2
mkdir -p "$root/bin" "$root/dev" "$root/etc" "$root/proc" "$root$home" "$root/sys" "$root/tmp" "$root/var/run"
for program in busybox rsync dropbear dropbearkey; do
  file=$(command -v "$program")
  cp "$file" "$root/bin/$program"
  ldd "$file" | sed -n 's/.*[ \t]\(\/[^ ]*\) (.*/\1/p' | while read -r library; do
    mkdir -p "$root${library%/*}"
    [ -e "$root$library" ] || cp "$library" "$root$library"
  done
done
for applet in $(busybox --list); do [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:%s:/bin/sh\n' "$home" >"$root/etc/passwd"
printf 'root:*:19000::::::\n' >"$root/etc/shadow"
printf 'root:x:0:\n' >"$root/etc/group"
printf '/bin/sh\n' >"$root/etc/shells"
for name in hosts nsswitch.conf; do
  : >"$root/etc/$name"
  mount --bind "/etc/$name" "$root/etc/$name"
done
# What is mounted in one later is in the other too.
mountpoint -q "$home" || mount --bind "$home" "$home"
mount --make-shared "$home"
mount --bind "$home" "$root$home"
mount -t proc none "$root/proc"
mount --rbind /dev "$root/dev"
