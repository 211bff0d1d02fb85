// Logistic regression with an L2 penalty on rows of on/off facts: plain gradient descent with momentum, a fixed number of
// steps, no randomness, so that the same rows give the same weights on every machine. Used by fit.mjs only.

/**
 * @param rows {x: Int32Array of facts that hold, y: 0|1, w: weight}[]
 * @param size number of facts
 * @param l2 penalty of each fact
 * @returns weights, the last one is the bias
 */
export function fitLogistic(rows, size, { l2, steps }) {
  const w = new Float64Array(size + 1);
  const v = new Float64Array(size + 1);
  const g = new Float64Array(size + 1);
  const before = new Float64Array(size + 1);
  // An upper bound of the curvature for each fact: its step may be as long as that allows.
  let facts = 0;
  let total = 0;
  for (const r of rows) {
    facts += r.x.length * r.w;
    total += r.w;
  }
  const h = new Float64Array(size + 1).fill(1e-6);
  for (let i = 0; i < size; i++) h[i] += l2[i];
  for (const r of rows) {
    const curve = 0.125 * r.w * (facts / total + 1);
    for (const i of r.x) h[i] += curve;
    h[size] += curve;
  }
  let t = 1;
  for (let step = 0; step < steps; step++) {
    g.fill(0);
    for (const r of rows) {
      const error = (1 / (1 + Math.exp(-scoreRow(v, r.x))) - r.y) * r.w;
      for (const i of r.x) g[i] += error;
      g[size] += error;
    }
    for (let i = 0; i < size; i++) g[i] += l2[i] * v[i];
    let uphill = 0;
    for (let i = 0; i <= size; i++) {
      const next = v[i] - g[i] / h[i];
      uphill += g[i] * (next - w[i]);
      before[i] = w[i];
      w[i] = next;
    }
    // The momentum is dropped when it leads uphill.
    const nextT = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    const momentum = uphill > 0 ? 0 : (t - 1) / nextT;
    for (let i = 0; i <= size; i++) v[i] = w[i] + momentum * (w[i] - before[i]);
    t = nextT;
  }
  return w;
}

export function scoreRow(w, x) {
  let s = w[w.length - 1];
  for (const i of x) s += w[i];
  return s;
}
