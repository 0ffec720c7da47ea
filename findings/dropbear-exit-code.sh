#!/bin/sh
# Root. Of two sessions of one OpenSSH connection to dropbear that end at the same moment, one has no exit code: ssh ends
# with 255, as when the connection fails, and says nothing. One after the other, each has its own.
# Seen with dropbear 2022.83 and OpenSSH 9.2: 11 of 240, four at a time; none of 120, one at a time.
[ -n "${INSIDE:-}" ] || INSIDE=yes exec unshare --mount --propagation private sh "$(readlink -f "$0")"
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

dropbear=$(unpacked dropbear-bin=2022.83-1+deb12u3)
libraries=
for package in libtomcrypt1=1.18.2-6 libtommath1=1.2.0-6+deb12u1; do
  libraries=$libraries:$(echo "$(unpacked "$package")"/usr/lib/*-linux-gnu)
done
export LD_LIBRARY_PATH="$libraries"
"$dropbear/usr/sbin/dropbear" -V 2>&1 | head -n 1
ssh -V

# The keys of this account stay as they are.
mkdir -m 700 home
mount --bind home /root
mkdir -m 700 home/.ssh
ssh-keygen -q -t ed25519 -N '' -f key
cp key.pub home/.ssh/authorized_keys
"$dropbear/usr/bin/dropbearkey" -t ed25519 -f host-key >/dev/null 2>&1
"$dropbear/usr/sbin/dropbear" -r host-key -p 127.0.0.1:22822 -s -F -E 2>log &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
until grep -q 'Not backgrounding' log; do sleep 0.1; done
set -- -F /dev/null -i key -o StrictHostKeyChecking=no -o UserKnownHostsFile=known -o LogLevel=ERROR -p 22822 -S socket
ssh "$@" -M -N -f root@127.0.0.1 >/dev/null 2>&1

sessions() { # HOW_MANY COMMAND
  for _ in $(seq "$1"); do
    code=0
    ssh -F /dev/null -S socket -T server "$2" </dev/null || code=$?
    echo "$code"
  done
}

sessions 120 'true' >one
same 'one after the other, sessions that end with another code than 0' 0 "$(grep -cv '^0$' one || true)"

# When two end at the same moment is chance: it is tried until it is seen.
lost=0
for _ in 1 2 3 4 5 6 7 8 9 10; do
  clients=
  for file in a b c d; do
    sessions 60 'sync -f / & wait $!' >"$file" &
    clients="$clients $!"
  done
  # shellcheck disable=SC2086
  wait $clients
  lost=$(cat a b c d | grep -c '^255$' || true)
  [ "$lost" -eq 0 ] || break
done
same 'four at a time, sessions that end with 255' some "$([ "$lost" -gt 0 ] && echo some)"
