/**
 * A constant part of every script, in what dash, busybox and bash 3.2 have in common: what a transfer asks of folders at its
 * destination. That of a spec asks it of a server too.
 */
export const FOLDER_FUNCTIONS = `# Has a snapshot this name, or what becomes or was one? Arguments: folder, name.
is_taken() { [ -e "$1/$2" ] || [ -e "$1/.partial-$2" ] || [ -e "$1/.prune-$2" ]; }

# Tells how many entries there are in a folder. Fails where not all can be read.
count_entries() {
  told=$({ { find "$1" -mindepth 1 -print0 || printf unread >&3; } | tr -dc '\\0' | wc -c; } 3>&1)
  case $told in *unread*) return 1 ;; esac
  told=$((told))
}
`;
