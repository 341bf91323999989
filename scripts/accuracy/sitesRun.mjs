// What `layers` says of each place in real files, against the weights that the same files' own code really makes there:
// every folder that CALL_SITES_RUN names is run once by sites_truth.py.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { disagreement } from "./compare.mjs";

/** Folders are separated as in PATH. */
export function runSites(python, product, { cache, refresh, word, verbose }) {
  const folders = (process.env.CALL_SITES_RUN ?? "").split(path.delimiter).filter(Boolean);
  if (folders.length === 0) {
    console.log("sites-run: not run, CALL_SITES_RUN names no folders of real files");
    return { suite: "sites-run", skipped: "CALL_SITES_RUN names no folders" };
  }
  const programs = new product.ProgramCache();
  const rows = folders.map((folder) => {
    const count = {
      sites: 0,
      concrete: 0,
      symbolic: 0,
      partly: 0,
      silent: 0,
      draws: 0,
      undecided: 0,
      wrong: 0,
      wrongDraws: 0,
    };
    for (const { file, sites } of truthOf(folder, python, cache, refresh)) {
      if (word && !file.includes(word)) continue;
      compareFile(file, sites, { product, programs, count, verbose });
    }
    console.log(`sites-run: ${path.basename(folder)}: ${JSON.stringify(count)}`);
    return { folder, count };
  });
  const wrong = rows.reduce((sum, { count }) => sum + count.wrong + count.wrongDraws, 0);
  return { suite: "sites-run", wrong, versions: {}, section: section(rows) };
}

/** The recorded truth of a folder: made with Python the first time. */
function truthOf(folder, python, cache, refresh) {
  const file = path.join(cache, `sites-${path.resolve(folder).replaceAll(path.sep, "+")}.jsonl`);
  if (refresh || !existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    console.log(`running the files of ${folder} …`);
    spawnSync(python, ["scripts/accuracy/sites_truth.py", folder, file], {
      stdio: ["ignore", "inherit", "inherit"],
    });
  }
  const lines = readFileSync(file, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => JSON.parse(line.replace(/-?\b(NaN|Infinity)\b/g, "null")));
}

const placeOf = ({ cell, line, column, endLine, endColumn }) =>
  [cell ?? "", line, column, endLine, endColumn].join(":");

function compareFile(file, sites, { product, programs, count, verbose }) {
  const document = product.readDocument(file);
  const roots = product.importRoots(document, undefined);
  const { layers } = product.analyse(document, product.readerUnder(roots), { roots, cache: programs });
  const byPlace = new Map(layers.map((layer) => [placeOf(layer.site), layer]));
  for (const site of sites) {
    const isBare = site.made.every((weights) => weights.every(([name]) => name === ""));
    const layer = isBare ? within(site, layers) : byPlace.get(placeOf(site));
    if (layer === undefined || layer.parameters.length === 0) {
      if (isBare) count.silent++;
      continue;
    }
    count.sites++;
    count[kindOf(layer)]++;
    const said = `${file}:${placeOf(site)} ${layer.class} says ${told(layer.parameters)}, really`;
    const fitting = site.made.map((weights) => matched(layer.parameters, weights)).filter(Boolean);
    if (fitting.length === 0) {
      const verdict = site.cut ? "undecided" : "wrong";
      count[verdict]++;
      console.log(`${verdict}: ${said} ${site.made.map(really).join(" | ")}`);
      continue;
    }
    for (const [index, { name, current }] of layer.parameters.entries()) {
      // The pairs are in the order of the parameters. One place may draw in several ways: one of them is described.
      const drawn = fitting.map((pairs) => pairs[index][1][2]).filter((values) => values?.[0] > 1);
      if (drawn.length === 0 || current.kind === "unknown") continue;
      count.draws++;
      const reasons = drawn.map((values) => disagreement(current, values, product));
      if (reasons.some((reason) => reason === null || reason === "unknown")) continue;
      count.wrongDraws++;
      console.log(`wrong draw: ${said} ${name}: ${reasons.join(" | ")} ${JSON.stringify(current)}`);
    }
    if (verbose) console.log(`right: ${said} so`);
  }
}

const isBefore = (one, other) => one.line - other.line || one.column - other.column;

/** The only layer that begins in a bare weight's expression. */
function within(site, layers) {
  const end = { line: site.endLine, column: site.endColumn };
  const found = layers.filter(
    ({ site: at }) => at.cell === site.cell && isBefore(site, at) <= 0 && isBefore(at, end) < 0,
  );
  return found.length === 1 ? found[0] : undefined;
}

function kindOf({ parameters }) {
  const sizes = parameters.flatMap(({ shape }) => shape);
  if (sizes.includes(null)) return "partly";
  return sizes.every((size) => typeof size === "number") ? "concrete" : "symbolic";
}

const lastOf = (name) => name.split(/[/.]/).at(-1);

/** Pairs of what was said and what is, one of each, or null; what symbols stand for must be the same everywhere. */
function matched(parameters, weights, symbols = new Map()) {
  if (parameters.length !== weights.length) return null;
  if (parameters.length === 0) return [];
  const [first, ...rest] = parameters;
  for (const [index, weight] of weights.entries()) {
    if (weight[0] !== "" && lastOf(weight[0]) !== lastOf(first.name)) continue;
    const bound = unified(first.shape, weight[1], symbols);
    const others = bound && matched(rest, weights.toSpliced(index, 1), bound);
    if (others) return [[first, weight], ...others];
  }
  return null;
}

/** The symbols with what they stand for if a shape is the other one; null where it cannot be. */
function unified(shape, real, symbols) {
  if (shape.length !== real.length) return null;
  const bound = new Map(symbols);
  for (const [axis, size] of shape.entries()) {
    if (size === null) continue;
    const value = typeof size === "number" ? size : (bound.get(size) ?? real[axis]);
    if (value !== real[axis]) return null;
    bound.set(size, value);
  }
  return bound;
}

const told = (parameters) => parameters.map(({ name, shape }) => `${name} ${shape.join("x")}`).join(", ");
const really = (weights) => weights.map(([name, shape]) => `${name} ${shape.join("x")}`).join(", ");

function section(rows) {
  const cells = ({ folder, count }) => [path.basename(folder), ...Object.values(count)].join(" | ");
  return [
    "## Call sites that really ran",
    "",
    "Files that others wrote, run; at each place where a layer with weights or a bare weight was made, all of its shapes and draws against what Init Lens says of the place. Undecided: another shape was made, but a statement of the file failed, so calls may be missing.",
    "",
    "| folder | places | concrete | symbolic | partly | bare weights without an answer | draws | undecided | wrong shapes | wrong draws |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${cells(row)} |`),
    "",
  ];
}
