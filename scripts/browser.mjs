// Finds a Chromium for the tests: the system's, else one from npm, installed once into .vscode-test/.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { debianProgram, onPath } from "./debian.mjs";
import { CACHE, installAside, npmInstall } from "./vscode/install.mjs";

const NPM_CHROMIUM = "@sparticuz/chromium@153.0.0";
const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Flags that keep a test browser quiet and let it run as root in a container. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A Chromium that starts on this machine, as `{ executablePath, env }` for playwright's `launch`;
 * `undefined` where none can be had. `INIT_LENS_CHROMIUM` names one by hand.
 */
export async function findChromium(log = console.error) {
  const named = process.env.INIT_LENS_CHROMIUM;
  if (named) return { executablePath: named, env: process.env };
  for (const name of SYSTEM_NAMES) {
    const executablePath = onPath(name);
    if (executablePath && starts({ executablePath, env: process.env })) {
      return { executablePath, env: process.env };
    }
  }
  const packaged = await npmChromium(log);
  if (packaged) return packaged;
  const executablePath = debianProgram("chromium", { megabytes: 600 }, log);
  return executablePath && { executablePath, env: process.env };
}

function starts({ executablePath, env }) {
  return spawnSync(executablePath, ["--version", "--no-sandbox"], { env, timeout: 30_000 }).status === 0;
}

/** A headless Chromium packed inside an npm package, with the shared libraries it needs (Linux x64). */
async function npmChromium(log) {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = path.join(CACHE, NPM_CHROMIUM.replace(/.*\//, "").replace("@", "-"));
  if (!existsSync(folder)) {
    log(`Installing Chromium into .vscode-test/: ${NPM_CHROMIUM} from npm, about 210 MB, once.`);
    await installAside(folder, unpackChromium);
  }
  const libraries = [path.join(folder, "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: libraries,
    ...(hasFonts() ? {} : { FONTCONFIG_PATH: folder }),
  };
  const found = { executablePath: path.join(folder, "chromium"), env };
  return starts(found) ? found : undefined;
}

/** Without any font a page cannot be laid out: then those of the package are used. */
const hasFonts = () => existsSync("/etc/fonts/fonts.conf");

async function unpackChromium(folder) {
  const fetched = path.join(folder, "package");
  mkdirSync(fetched);
  await npmInstall(fetched, ["--prefix", fetched, NPM_CHROMIUM]);
  const bin = path.join(fetched, "node_modules", "@sparticuz", "chromium", "bin");
  const executable = path.join(folder, "chromium");
  await unbrotli(path.join(bin, "chromium.br"), executable);
  chmodSync(executable, 0o755);
  for (const name of ["al2023.tar", "swiftshader.tar", "fonts.tar"]) {
    const archive = path.join(folder, name);
    await unbrotli(path.join(bin, `${name}.br`), archive);
    const { status } = spawnSync("tar", ["-xf", archive, "-C", folder]);
    if (status !== 0) throw new Error(`tar could not unpack ${name}`);
    rmSync(archive);
  }
  writeFileSync(path.join(folder, "fonts.conf"), FONTS);
  rmSync(fetched, { recursive: true });
}

/** Finds the fonts beside this file. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const unbrotli = (from, to) =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
