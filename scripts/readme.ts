import { readFileSync } from "node:fs";
import { shownManifest } from "./manifest.js";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

/** What each command does; one that is missing here fails the test of the README. */
const DOES: Readonly<Record<string, string>> = {
  previewWeights: "draws the weights of the layer under the cursor",
  compareSchemes: "draws every scheme that suits it on one axis",
  compareStarts: "draws the framework's default, what the program draws and what is recommended",
  lookCloser: "draws the weight matrix, its singular values, the rows of an embedding, the biases",
  showModel: "draws a row for each layer of the file: default, present and recommended std",
  showSignal: "draws how large activations and gradients are at each layer of a PyTorch model",
  setExampleInput: "writes what a model is given as a comment, so that shapes flow through it",
  showActualWeights: "inserts a notebook cell that draws the weights the running program holds",
  followCursor: "shows the layer under the cursor in the panel until told to stop",
  stopFollowingCursor: "leaves the panel as it is",
  insertSnippet: "writes the code of a scheme where the layer is made, in its framework",
  applyRecommended: "writes what is recommended, for one layer, a class or the file",
  translate: "copies what the layer draws as code of another framework",
  chooseCall: "shows the layers for one of the calls that build them, or for a call you write",
  copySnippet: "puts the recommended code of the layer on the clipboard",
  copyReport: "puts a table of the file's layers on the clipboard",
  goToLayer: "lists the file's layers, those that deserve a look first",
  checkWorkspace: "lists the findings of all files in the Problems view",
  addModel: "adds a model to the model view: a call that some file makes, or an expression",
  removeModel: "takes an added model out of the model view",
  exportModel: "writes the parameters of a model as CSV or Markdown",
  goToParameter: "searches the parameters of the models shown",
  refreshModels: "builds the models of the model view anew",
};

/** README.md with its tables of commands and settings as the manifest shows them. */
export function readme(): string {
  const { contributes } = JSON.parse(shownManifest()) as Manifest;
  const text = readFileSync("README.md", "utf8");
  const withCommands = between(text, "commands", commandTable(contributes.commands));
  return between(withCommands, "settings", settingTable(contributes.configuration.properties));
}

function commandTable(commands: Manifest["contributes"]["commands"]): string {
  const rows = commands.map(({ command, title, category }) => {
    const does = DOES[command.replace("initLens.", "")];
    if (does === undefined) throw new Error(`scripts/readme.ts does not say what ${command} does`);
    return `| ${category}: ${title} | ${does} |`;
  });
  return ["| command | does |", "| --- | --- |", ...rows].join("\n");
}

function settingTable(settings: Readonly<Record<string, Setting>>): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const meaning = setting.description ?? setting.markdownDescription ?? "";
    const values = setting.enum ? ` ${setting.enum.map((one) => `\`${one}\``).join(", ")}.` : "";
    return `| \`${name}\` | ${defaultText(setting.default)} | ${meaning}${values} |`;
  });
  return ["| setting | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

const defaultText = (value: unknown): string =>
  Array.isArray(value) && value.length === 0
    ? ""
    : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

/** The text with what stands between two marks replaced. */
function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}: npm run docs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no marks around its ${name}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}
