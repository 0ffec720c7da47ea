// Made from schemas/spec.schema.json by `npm run generate`. Do not edit.
export const SPEC_KEYS: readonly string[] = [
  "version",
  "ssh",
  "volumes",
  "syncs",
  "credentials",
  "policy"
];
export const VOLUME_KEYS: readonly string[] = [
  "path",
  "ssh",
  "mount",
  "on",
  "snapshots",
  "description"
];
export const SYNC_KEYS: readonly string[] = [
  "source",
  "destination",
  "enabled",
  "snapshots",
  "filters",
  "filter-file",
  "rsync",
  "transfer",
  "priority",
  "max-age",
  "tolerate",
  "unholdable",
  "timeout",
  "before",
  "after",
  "on-failure",
  "source-snapshot",
  "lvm",
  "policy"
];
