/** Rules that rsync takes as they are. */
export const RSYNC_RULES = [
  ...['- x', '+ x', '-_x', '-,p x', '-! x', '-/ /x', '-s x', '-rs x', '-x user.*', 'H x', 'S x', 'P x', 'Pp x', 'R x'],
  ...[': .f', ':n .f', ':-e .f', ':C', '-C', 'exclude x', 'exclude,! x', 'include_x', 'hide x', 'dir-merge,e .f'],
];
