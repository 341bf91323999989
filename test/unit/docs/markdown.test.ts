/** Every page for people: links lead somewhere, commands and settings that are named exist. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";

const PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].concat(
  readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join("docs", name.split(path.sep).join("/"))),
);
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
    readonly commands: readonly { readonly title: string }[];
  };
};
const COMMANDS = new Set(["install", "start", "test", "pack", "audit", "ci"]);

/** As GitHub names a heading in an address. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

const anchors = (file: string) =>
  [...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading!));

for (const page of PAGES) {
  describe(page, () => {
    const text = readFileSync(page, "utf8");

    it("leads to files and headings that are there", () => {
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        const [file, heading] = target!.split("#");
        if (/^[a-z]+:/.test(file!)) continue;
        const where = file ? path.join(path.dirname(page), file) : page;
        assert.ok(existsSync(where), `${target}: there is no ${where}`);
        if (heading) assert.ok(anchors(where).includes(heading), `${target}: no such heading`);
      }
    });

    it("names npm scripts that exist", () => {
      for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g)) {
        assert.ok(name! in manifest.scripts, `npm run ${name}`);
      }
      for (const [, name] of text.matchAll(/`npm (?!run\b)([a-z]+)/g)) assert.ok(COMMANDS.has(name!), name);
    });

    it("names scripts and settings that exist", () => {
      for (const [, file] of text.matchAll(/`((?:scripts|src|test|docs|media|examples)\/[\w./-]+)`/g)) {
        assert.ok(existsSync(file!), file);
      }
      const { properties } = manifest.contributes.configuration;
      for (const [, name] of text.matchAll(/`(initLens\.[\w.]+)`/g)) {
        const setting = Object.keys(properties).some((key) => key === name || key.startsWith(`${name}.`));
        const command = JSON.stringify(manifest.contributes.commands).includes(`"${name}"`);
        assert.ok(setting || command, name);
      }
    });

    it("has code that can be read", () => {
      for (const [, code] of text.matchAll(/^```json\n([\s\S]*?)^```/gm)) JSON.parse(code!);
    });
  });
}

it("README tells each setting's default", () => {
  const rows = [...readFileSync("README.md", "utf8").matchAll(/^\| `(initLens\.[\w.]+)` \| `([^`]*)`/gm)];
  assert.ok(rows.length > 0);
  for (const [, name, value] of rows) {
    const { default: real } = manifest.contributes.configuration.properties[name!] ?? {};
    assert.equal(value, typeof real === "string" ? real : JSON.stringify(real), name);
  }
});
