// Joins what the detector was asked about with the labels of a sample, and measures recall and precision as the sample's
// own scorer does: a label counts as met when a value on its line overlaps it, or when the same value of the same file is.

/** Blanks aside, one value holds the other; of long ones the first 40 characters are enough. */
function hasOverlap(a, b) {
  if (!a || !b) return false;
  const [x, y] = [a.replace(/\s+/g, ''), b.replace(/\s+/g, '')];
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short.length >= 3 && (long.includes(short) || (short.length > 40 && long.includes(short.slice(0, 40))));
}

/** @param labels {file, line, endLine?, secret?, label: T|F|X, core}[] */
export function createLabelIndex(labels) {
  const byLine = new Map();
  for (const label of labels) {
    for (let line = label.line; line <= (label.endLine ?? label.line); line++) {
      const key = `${label.file}:${line}`;
      byLine.set(key, [...(byLine.get(key) ?? []), label]);
    }
  }
  return ({ path, line, value }) =>
    (byLine.get(`${path}:${line}`) ?? []).filter(
      (l) => l.secret === undefined || [l.secret, ...(l.alts ?? [])].some((s) => hasOverlap(s, value)),
    );
}

/** @param lists of labels that findings meet */
export function measure(labels, lists) {
  const met = new Set(lists.flat());
  const keyOf = (l) => `${l.file}\0${l.secret}`;
  const values = new Set([...met].filter((l) => l.secret).map(keyOf));
  const isMet = (l) => met.has(l) || (l.secret && values.has(keyOf(l)));
  const core = labels.filter((l) => l.core);
  const truths = core.filter((l) => l.label === 'T');
  const tp = truths.filter(isMet).length;
  const fp = core.filter((l) => l.label !== 'T' && isMet(l)).length;
  const recall = tp / truths.length;
  const precision = tp / (tp + fp || 1);
  const f1 = (2 * recall * precision) / (recall + precision || 1);
  const repos = new Map();
  for (const l of truths) {
    const [n, hit] = repos.get(l.repo) ?? [0, 0];
    repos.set(l.repo, [n + 1, hit + (isMet(l) ? 1 : 0)]);
  }
  const macroRecall = [...repos.values()].reduce((sum, [n, hit]) => sum + hit / n, 0) / (repos.size || 1);
  return { tp, fp, recall, precision, f1, macroRecall };
}
