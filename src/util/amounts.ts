// Numbers for people, the same on every machine: no locale, no time zone. Used by the text formats and in messages
// of SARIF.

/** `1,204` */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `3 files`; `plural` where an s is not enough. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** `512 bytes`, `1.2 kB`, `37.0 MB`: steps of 1000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, 'byte');
  let size = bytes;
  let unit = 'bytes';
  for (const next of ['kB', 'MB', 'GB', 'TB']) {
    if (size < 999.95) break;
    size /= 1000;
    unit = next;
  }
  return `${size.toFixed(1)} ${unit}`;
}
