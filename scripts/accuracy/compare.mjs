// One model's prediction against its truth.

/** Names, classes, shapes and fans, parameter by parameter. */
export function compareParameters(record, report) {
  if ("error" in report) return failed(record, report.error);
  const predicted = new Map(report.parameters.map((parameter) => [parameter.name, parameter]));
  const count = { exact: 0, wrong: 0, missing: 0, extra: 0, unknown: 0 };
  const notes = [];
  for (const [name, layer, shape, fan] of record.params) {
    const parameter = predicted.get(name);
    predicted.delete(name);
    const verdict = parameter === undefined ? "missing" : judge(parameter, layer, shape, fan);
    count[verdict]++;
    if (verdict !== "exact") notes.push(`${verdict} ${name} ${told(parameter)}, really ${layer} [${shape}]`);
  }
  count.extra = predicted.size;
  for (const name of predicted.keys()) notes.push(`extra ${name}`);
  notes.push(...said(report));
  return { total: record.params.length, ...count, complete: report.complete, notes: notes.slice(0, 6) };
}

function judge(parameter, layer, shape, fan) {
  if (parameter.shape.some((dim) => typeof dim !== "number")) return "unknown";
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const fans = parameter.fanIn === null ? null : [parameter.fanIn, parameter.fanOut];
  if (!same(parameter.shape, shape)) return "wrong";
  // A framework that keeps no owner of its variables has neither class nor fans to compare.
  return layer === null || (parameter.layer === layer && same(fans, fan)) ? "exact" : "wrong";
}

const told = (parameter) =>
  parameter === undefined
    ? ""
    : `${parameter.layer} [${parameter.shape}] fans ${parameter.fanIn}, ${parameter.fanOut}`;

const said = (report) =>
  report.complete
    ? []
    : report.diagnostics.slice(0, 3).map(({ message, site }) => `${message} (${site.file}:${site.line})`);

function failed(record, error) {
  const total = record.params.length;
  return { total, exact: 0, wrong: 0, missing: total, extra: 0, unknown: 0, complete: false, notes: [error] };
}

// ── real draws ───────────────────────────────────────────────────────────────

/** Standard errors a mean or a std may be off: one false alarm in 10⁹ for a single figure. */
const STANDARD_ERRORS = 6;
/** Of √n times the distance between distribution functions: P(K > 3) < 4·10⁻⁸. */
const KOLMOGOROV = 3;
/** float32 keeps seven digits. */
const ROUNDING = 1e-6;

/**
 * float32 draws erfinv(−1) = −∞ once in 2²⁴, which timm's trunc_normal_ clamps to the lower bound: a hundred
 * standard deviations away. Up to this many such values are taken out before the moments are compared.
 */
const MAX_OUTLIERS = 4;

/** Mean and std of n values without `k` that are `value`; the mean and std of all are given. */
function without({ n, mean, std }, value, k) {
  const rest = n - k;
  const m = (n * mean - k * value) / rest;
  const squares = n * (std * std + mean * mean) - k * value * value;
  return { n: rest, mean: m, std: Math.sqrt(Math.max(0, squares / rest - m * m)) };
}

/** Why the moments cannot be those of the distribution, or null. */
function momentsApart({ n, mean, std }, m, s) {
  const tolerance = (STANDARD_ERRORS * s) / Math.sqrt(n);
  if (!near(mean, m, tolerance)) return `the mean is really ${mean}`;
  return n > 1 && !near(std, s, tolerance) ? `the std is really ${std}` : null;
}

const near = (a, b, tolerance) =>
  Math.abs(a - b) <= tolerance + ROUNDING * Math.max(Math.abs(a), Math.abs(b));

/** Predicted distributions against the values really drawn. */
export function compareDraws(record, report, product) {
  if ("error" in report) return failed(record, report.error);
  const predicted = new Map(report.parameters.map((parameter) => [parameter.name, parameter.current]));
  const count = { exact: 0, wrong: 0, missing: 0, extra: 0, unknown: 0 };
  const notes = [];
  for (const [name, ...values] of record.params) {
    const distribution = predicted.get(name);
    const reason =
      distribution === undefined
        ? "missing"
        : distribution.kind === "unknown"
          ? "unknown"
          : disagreement(distribution, values, product);
    if (reason === null) count.exact++;
    else if (reason === "missing" || reason === "unknown") count[reason]++;
    else count.wrong++;
    if (reason !== null) notes.push(`${name}: ${reason} ${JSON.stringify(distribution ?? null)}`);
  }
  return { total: record.params.length, ...count, complete: report.complete, notes: notes.slice(0, 6) };
}

/** Why values cannot have been drawn from a distribution, or null. */
export function disagreement(
  d,
  [n, low, high, mean, std, quantiles],
  { cdf, mean: meanOf, std: stdOf, support },
) {
  if (n === 0) return null;
  if (d.kind === "constant") {
    return near(low, d.value, 0) && near(high, d.value, 0) ? null : `really from ${low} to ${high}`;
  }
  const bounds = support(d);
  if (bounds && (low < bounds[0] - ROUNDING || high > bounds[1] + ROUNDING))
    return `really from ${low} to ${high}`;
  const [m, s] = [meanOf(d), stdOf(d)];
  if (m === null || s === null) return "unknown";
  const all = { n, mean, std };
  const mayHaveOutliers = d.kind === "truncated_normal" && low === d.low && d.low < m - 10 * s;
  const candidates = [all];
  for (let k = 1; mayHaveOutliers && k <= MAX_OUTLIERS; k++) candidates.push(without(all, low, k));
  const apart = candidates.map((moments) => momentsApart(moments, m, s));
  if (!apart.includes(null)) return apart[0];
  if (d.kind === "identity" || d.kind === "orthogonal" || n < 100) return null;
  const sorted = Math.min(n, 100_000);
  const distance = Math.max(...quantiles.map((q, i) => Math.abs(cdf(d, q) - (i + 0.5) / quantiles.length)));
  return distance <= KOLMOGOROV / Math.sqrt(sorted) + 1 / sorted
    ? null
    : `the distribution functions differ by ${distance}`;
}
