// Compares the std that is derived for each layer with what real models show on standard normal inputs. Weights
// are drawn at random, so that the real std itself differs from draw to draw; what is further off than the
// tolerance is wrong. A std that is not derived is counted, and is no error.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Factors beyond which a std counts as wrong, forward and backward. */
const TOLERANCES = [1.25, 1.5];

/** Runs the suite on all models whose name contains `word`. */
export function runSignal(python, product, { cache, refresh, word = "", verbose }) {
  const { versions, sitePackages, records } = readTruth(python, cache, refresh);
  const rows = [];
  for (const record of records.filter(({ model }) => model.includes(word))) {
    if (record.error) {
      console.log(`  ${record.model}: the real model fails: ${record.error}`);
      continue;
    }
    const report = derive(record, sitePackages, product);
    if (report.error) console.log(`  ${record.model}: ${report.error}`);
    const row = compare(record, report.layers ?? []);
    rows.push(row);
    if (row.wrong > 0 || verbose) console.log(`  ${line(row)}`);
  }
  const total = summary(rows);
  console.log(`signal: ${total}`);
  const wrong = rows.reduce((sum, row) => sum + row.wrong, 0);
  return { suite: "signal", wrong, versions, section: section(rows, total) };
}

function readTruth(python, cache, refresh) {
  const file = path.join(cache, "signal.jsonl");
  if (refresh || !existsSync(file)) {
    console.log("making the truth of signal …");
    const args = ["scripts/accuracy/signal_truth.py", "scripts/accuracy/signal_programs", file];
    spawnSync(python, args, { stdio: ["ignore", "inherit", "inherit"] });
  }
  const [head, ...records] = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text));
  return { ...head, records };
}

function derive(record, sitePackages, { ModelReader, readDocument, readerUnder, readSignal }) {
  const document =
    record.source === undefined
      ? readDocument(path.join(sitePackages, record.file))
      : { file: path.resolve("init_lens_accuracy.py"), cells: [{ index: null, text: record.source }] };
  const reader = new ModelReader(document, {
    reader: readerUnder([sitePackages]),
    roots: [],
    sitePackages: [sitePackages],
    now: () => performance.now(),
  });
  return readSignal(reader, record.call, record.inputs, document.file);
}

function compare({ model, layers }, found) {
  const ours = new Map(found.map((layer) => [layer.name, [layer.forwardStd, layer.backwardStd]]));
  const row = { model, wrong: 0, derived: [0, 0], total: [0, 0], errors: [[], []], notes: [] };
  for (const [name, real] of Object.entries(layers)) {
    for (const [at, std] of real.entries()) {
      if (std === null) continue;
      row.total[at]++;
      const derived = ours.get(name)?.[at] ?? null;
      if (derived === null) continue;
      row.derived[at]++;
      const error = Math.max(derived / std, std / derived);
      row.errors[at].push(error);
      if (error <= TOLERANCES[at]) continue;
      row.wrong++;
      row.notes.push(
        `${["forward", "backward"][at]} ${name}: ${derived.toPrecision(3)}, really ${std.toPrecision(3)}`,
      );
    }
  }
  return row;
}

const percent = (factors) => (factors.length === 0 ? "–" : `${((middle(factors) - 1) * 100).toFixed(1)} %`);
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function line({ model, wrong, derived, total, errors, notes }) {
  const part = (at) => `${derived[at]} of ${total[at]} (median error ${percent(errors[at])})`;
  const found = notes.slice(0, 5).map((note) => `\n      ${note}`);
  return `${model}: forward ${part(0)}, backward ${part(1)}, ${wrong} wrong${found.join("")}`;
}

function summary(rows) {
  const sum = (pick) => rows.reduce((total, row) => total + pick(row), 0);
  const all = (at) => rows.flatMap(({ errors }) => errors[at]);
  const part = (at) =>
    `${sum((row) => row.derived[at])} of ${sum((row) => row.total[at])} derived, median error ${percent(all(at))}`;
  return `${rows.length} models; forward: ${part(0)}; backward: ${part(1)}; ${sum(({ wrong }) => wrong)} wrong`;
}

function section(rows, total) {
  const table = rows.map(
    ({ model, derived, errors, total: of, wrong }) =>
      `| ${model.replace(/\.py$/, "")} | ${derived[0]} of ${of[0]} | ${percent(errors[0])} | ${derived[1]} of ${of[1]} | ${percent(errors[1])} | ${wrong} |`,
  );
  return [
    "## Signal",
    "",
    `The std of every layer's output and of the gradient there, derived (\`init-lens signal\`) against measured: real models in training mode, batches of 32, standard normal inputs and gradients, several draws of the weights. Wrong is a factor beyond ${TOLERANCES[0]} forward and ${TOLERANCES[1]} backward. ${total}.`,
    "",
    "| model | forward derived | median error | backward derived | median error | wrong |",
    "| --- | --- | --- | --- | --- | --- |",
    ...table,
    "",
  ];
}
