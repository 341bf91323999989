/** What is handed out: the .vsix and the npm tarball, made by the commands that make them for release. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";

/** What draws, in a page and in the worker, is most of it; then the walkthrough's pictures. */
const MAX_VSIX_BYTES = 1.5e6;

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly languages: readonly { readonly id: string }[];
    readonly notebookRenderer: readonly { readonly entrypoint: string }[];
  };
};

/** Every picture that the manifest shows, wherever it is named. */
const pictures = [...readFileSync("package.json", "utf8").matchAll(/"(media\/[\w.-]+)"/g)].map(
  ([, name]) => name!,
);

function execute(command: string, args: readonly string[], cwd = "."): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  assert.equal(status, 0, `${command} ${args.join(" ")}:\n${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

const scratch = mkdtempSync(path.join(os.tmpdir(), "init-lens-package-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe("the .vsix", () => {
  const file = path.join(scratch, "init-lens.vsix");
  const vsce = path.join("node_modules", "@vscode", "vsce", "vsce");
  let said = "";
  let files: string[] = [];
  before(() => {
    said = execute(process.execPath, [vsce, "package", "--no-dependencies", "--out", file]);
    files = execute(process.execPath, [vsce, "ls", "--no-dependencies"])
      .split("\n")
      .filter((line) => existsSync(line));
  });

  it("is made without a warning", () => assert.doesNotMatch(said, /\b(WARNING|ERROR)\b/));

  it("is small", () => {
    const { size } = statSync(file);
    assert.ok(size < MAX_VSIX_BYTES, `${size} bytes`);
  });

  it("is started by a file of each language it brings, which no other extension would start it for", () => {
    for (const { id } of manifest.contributes.languages) {
      assert.ok(manifest.activationEvents.includes(`onLanguage:${id}`), id);
    }
  });

  it("contains what the manifest names, and neither source nor maps nor tests", () => {
    const { main, browser, icon, contributes } = manifest;
    const entrypoints = contributes.notebookRenderer.map(({ entrypoint }) => entrypoint);
    for (const named of [main, browser, icon, ...entrypoints, ...pictures]) {
      assert.ok(files.includes(path.posix.normalize(named)), `${named} is not in it`);
    }
    const allowed =
      /^(package(\.nls)?\.json|README\.md|CHANGELOG\.md|LICENSE|media\/\w+\.(png|svg)|l10n\/[\w.]+\.json|dist\/[\w.]+\.(js|txt))$/;
    assert.deepEqual(
      files.filter((name) => !allowed.test(name)),
      [],
    );
  });

  it("has an icon of 128 or 256 pixels", () => {
    const png = readFileSync(manifest.icon);
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.equal(width, height);
    assert.ok(width === 128 || width === 256, `${width} pixels`);
  });

  it("names every library that is in its bundles, with its licence", () => {
    const text = readFileSync("dist/THIRD_PARTY_NOTICES.txt", "utf8");
    for (const library of ["vega", "vega-lite", "vega-interpreter", "d3-random", "seedrandom", "valibot"]) {
      assert.match(text, new RegExp(`^- ${library} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC|BSD-3-Clause)\\)$`, "m"));
    }
  });
});

describe("the npm package", () => {
  it("runs as `npx init-lens` in an empty folder", () => {
    const packed = execute("npm", ["pack", "--pack-destination", scratch, "--loglevel=error"]);
    const tarball = path.join(scratch, packed.trim().split("\n").at(-1)!);
    const folder = path.join(scratch, "empty");
    mkdirSync(folder);
    execute("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], folder);
    copyFileSync("examples/pytorch_mlp.py", path.join(folder, "model.py"));
    const report = JSON.parse(
      execute(
        "npx",
        ["--no-install", "--loglevel=error", "init-lens", "layers", "model.py", "--json"],
        folder,
      ),
    ) as { files: { layers: { class: string }[] }[] };
    assert.equal(report.files[0]?.layers[0]?.class, "torch.nn.Linear");
  });
});
