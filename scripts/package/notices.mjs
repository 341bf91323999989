// The licences of the libraries that the bundles contain, from what esbuild says it bundled.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Licences that ask for no more than their notice. Another one is looked at before it is bundled. */
const ALLOWED = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);

/** The folders in node_modules of which some code ended in a bundle, in alphabetical order. */
export function bundledPackages(metafiles) {
  const outputs = metafiles.flatMap(({ outputs }) => Object.values(outputs));
  const files = outputs
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter(Boolean))].sort();
}

/** The text to hand out with the bundles; throws where a licence is missing or asks for more. */
export function notices(metafiles) {
  const packages = bundledPackages(metafiles).map(readPackage);
  const list = packages.map(({ name, version, license }) => `- ${name} ${version} (${license})`);
  const texts = packages.map(({ name, version, text }) => `${"=".repeat(72)}\n${name} ${version}\n\n${text}`);
  return `Init Lens contains code of these libraries.\n\n${list.join("\n")}\n\n${texts.join("\n\n")}\n`;
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  if (!ALLOWED.has(license)) throw new Error(`${name} ${version} is under "${license}"; may it be bundled?`);
  return { name, version, license, text: licenceText(folder) };
}

/** The file of its own, else the last part of the README where that is headed "License". */
function licenceText(folder) {
  const read = (file) => readFileSync(path.join(folder, file), "utf8").trim();
  const files = readdirSync(folder);
  const own = files.find((file) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(file));
  if (own) return read(own);
  const readme = files.find((file) => /^readme(\.md)?$/i.test(file));
  const [, text] = readme ? read(readme).split(/^#* ?licen[cs]e\b.*\n[-=]*/im) : [];
  if (!text) throw new Error(`no licence text in ${folder}`);
  return text.trim();
}
