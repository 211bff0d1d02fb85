// Answers to texts that are asked again and again: names, folders and hosts repeat from entry to entry and from secret to
// secret. For pure functions only; emptied when it is full, so that no input makes it grow without end.

const MOST_REMEMBERED = 20_000;

/** The same function, that looks each text up before it works. Its answers are shared, so they must not be changed. */
export function remember<T extends NonNullable<unknown>>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const answer = known.get(text);
    if (answer !== undefined) return answer;
    const made = make(text);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, made);
    return made;
  };
}
