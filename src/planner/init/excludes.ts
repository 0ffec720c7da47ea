/** What in a home folder can be made again, or fetched again. */
interface Exclude {
  /** A folder below the home folder, or with `anywhere` a name wherever it occurs. */
  folder: string;
  anywhere?: true;
  /** Also when it is not there yet. */
  always?: true;
  what: string;
}

const EXCLUDES: readonly Exclude[] = [
  { folder: '.cache', always: true, what: 'caches of programs' },
  { folder: '.local/share/Trash', what: 'the trash' },
  { folder: '.local/state/nbkp', always: true, what: 'records of nbkp, which change with each run' },
  { folder: '.thumbnails', what: 'small pictures of pictures' },
  { folder: '.npm/_cacache', what: 'packages that npm fetches again' },
  { folder: '.cargo/registry', what: 'packages that cargo fetches again' },
  { folder: '.rustup/toolchains', what: 'compilers that rustup fetches again' },
  { folder: '.gradle/caches', what: 'packages that Gradle fetches again' },
  { folder: '.m2/repository', what: 'packages that Maven fetches again' },
  { folder: 'go/pkg/mod', what: 'packages that go fetches again' },
  { folder: '.local/share/containers/storage', what: 'container images that podman fetches again' },
  { folder: 'node_modules', anywhere: true, what: 'packages that npm fetches again' },
  { folder: '__pycache__', anywhere: true, what: 'what Python compiles again' },
];

/** Folders that a filter would leave out, and the space that they take. */
export interface Saving {
  /** `- /.cache/`, as in the spec. */
  filter: string;
  what: string;
  /** How many folders. */
  count: number;
  bytes: number;
}

/** Which folders `find` has to measure. */
export function foldersToMeasure(isHome: boolean): { paths: string[]; names: string[] } {
  const paths = isHome ? EXCLUDES.filter(({ anywhere }) => anywhere !== true).map(({ folder }) => folder) : [];
  return { paths, names: EXCLUDES.filter(({ anywhere }) => anywhere === true).map(({ folder }) => folder) };
}

/**
 * What excludes would save, the largest first; those that save nothing are left out, but for where nbkp itself will write.
 *
 * @param folders that were measured: paths relative to the source, and bytes
 */
export function savingsOf(folders: readonly { path: string; bytes: number }[], isHome: boolean): Saving[] {
  const savings = EXCLUDES.filter(({ anywhere }) => isHome || anywhere === true).map(
    ({ folder, anywhere, always, what }) => {
      const mine = folders.filter(({ path }) =>
        anywhere === true ? path === folder || path.endsWith(`/${folder}`) : path === folder,
      );
      const bytes = mine.reduce((sum, each) => sum + each.bytes, 0);
      return { filter: `- ${anywhere === true ? '' : '/'}${folder}/`, what, count: mine.length, bytes, always };
    },
  );
  return savings
    .filter(({ bytes, always }) => bytes > 0 || always === true)
    .map(({ filter, what, count, bytes }) => ({ filter, what, count, bytes }))
    .sort((a, b) => b.bytes - a.bytes);
}
