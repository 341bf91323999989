// `npm run truth-env`: makes, once, the Python environment with the real frameworks that `npm run accuracy`
// measures against. It lives in the user's cache directory. `--torch-only` or `--without-torch` make it smaller,
// `--print` only tells where it is, `--yes` does not wait before downloading.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { findTruthPython, installedVersions, TRUTH_ENV, TRUTH_PYTHON } from "./accuracy/python.mjs";

/** What is installed, with download sizes on Linux as of 2026, for a person to decide on. */
const GROUPS = [
  { name: "small", packages: ["numpy", "scipy"], size: "50 MB" },
  {
    name: "other frameworks",
    packages: ["keras>=3", "jax[cpu]", "flax", "tensorflow-cpu"],
    size: "450 MB",
    skip: "torch-only",
  },
  {
    name: "torch",
    packages: ["torch", "torchvision", "timm", "transformers"],
    size: "3 GB, because PyPI's Linux build brings CUDA; Debian's python3-torch is 200 MB, see below",
    skip: "without-torch",
  },
];

const { values } = parseArgs({
  options: {
    "torch-only": { type: "boolean" },
    "without-torch": { type: "boolean" },
    print: { type: "boolean" },
    yes: { type: "boolean" },
  },
});

const IMPORTS = [
  "numpy",
  "scipy",
  "torch",
  "torchvision",
  "timm",
  "transformers",
  "keras",
  "jax",
  "flax",
  "tensorflow",
];

function report() {
  const python = findTruthPython(IMPORTS);
  if (!python) return console.log("No Python with any of the frameworks was found.");
  const found = installedVersions(python, IMPORTS);
  console.log(`Python: ${python}`);
  for (const name of IMPORTS) {
    console.log(found.has(name) ? `  has   ${name} ${found.get(name)}` : `  lacks ${name}`);
  }
}

function run(command, args) {
  console.log(`$ ${[command, ...args].join(" ")}`);
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with exit status ${status}`);
}

async function install() {
  const groups = GROUPS.filter(({ skip }) => !skip || !values[skip]);
  console.log(`Makes ${TRUTH_ENV} and downloads about:`);
  for (const { name, packages, size } of groups) console.log(`  ${name}: ${packages.join(", ")}: ${size}`);
  console.log("INIT_LENS_PYTHON=/path/to/python uses an environment of yours instead, for example Debian's");
  console.log("python3-torch with /usr/bin/python3, or torch's CPU build from its own index.");
  if (!values.yes) {
    console.log("Starts in 10 seconds; Ctrl-C stops it.");
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
  mkdirSync(path.dirname(TRUTH_ENV), { recursive: true });
  // Debian's packages, where installed, are taken instead of downloaded ones.
  if (!existsSync(TRUTH_PYTHON)) run("python3", ["-m", "venv", "--system-site-packages", TRUTH_ENV]);
  for (const { packages } of groups) run(TRUTH_PYTHON, ["-m", "pip", "install", "--quiet", ...packages]);
}

if (values.print || process.env.INIT_LENS_PYTHON) {
  report();
} else {
  try {
    await install();
    report();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
