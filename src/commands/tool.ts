// Who we are, for reports and --version.

declare const __UNLEAK_VERSION__: string;

/** The version is put in by the build. */
export const TOOL = { name: 'unleak', version: __UNLEAK_VERSION__ } as const;
