// Which versions of Node unleak runs on. Must work on the versions it refuses: no newer functions of the language here.

const OLDEST = { major: 20, minor: 19 };

/** What is wrong with a version of Node such as `18.20.8`, or undefined when unleak runs on it. */
export function findNodeFault(version: string): string | undefined {
  const parts = version.split('.');
  const major = Number(parts[0]);
  const minor = Number(parts[1]);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return undefined;
  return `Node ${version} is too old; install Node ${OLDEST.major}.${OLDEST.minor} or newer and see that PATH names it`;
}
