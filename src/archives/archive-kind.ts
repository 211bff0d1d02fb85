// Which file names are archives. By the name alone: opening every file to look would cost more than it finds.

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz' | 'gz' | 'unsupported';

const ZIPS = new Set(
  `zip jar war ear aar apk aab ipa xpi crx whl egg nupkg vsix docx docm dotx xlsx xlsm xltx pptx pptm odt ods odp epub jmod
  kmz sketch`.split(/\s+/),
);
/** Kinds that nothing here can unpack; named so that nobody takes them for read. */
const UNSUPPORTED = new Set('bz2 xz zst 7z rar lz lzma cab'.split(' '));

/** @param path with `/`; undefined for files that are no archive */
export function archiveKind(path: string): ArchiveKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/\.(?:tar\.gz|tgz|taz)$/.test(name)) return 'tar.gz';
  const ending = /\.([a-z0-9]{1,5})$/.exec(name)?.[1];
  if (ending === undefined) return undefined;
  if (ZIPS.has(ending)) return 'zip';
  if (ending === 'tar' || ending === 'gem') return 'tar';
  if (ending === 'gz' || ending === 'gzip') return 'gz';
  return UNSUPPORTED.has(ending) ? 'unsupported' : undefined;
}
