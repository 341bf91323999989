// Runs test/vscode/load.ts in a real VS Code: a long file typed into, a large workspace checked.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { installWebVscode, ROOT } from "../vscode/install.mjs";
import { startServer } from "../vscode/server.mjs";
import { openBrowser, workbenchAddress } from "../vscode/workbench.mjs";

export const title = "In the editor";

const LINES = 5000;
const FILES = 5000;
/** The whole may take this long, in milliseconds. */
const TIMEOUT = 20 * 60_000;

/** The server's own look for open ports, a process started every two seconds, is no part of a keystroke. */
const SETTINGS = { "remote.autoForwardPorts": false, "remote.autoForwardPortsSource": "output" };

/** One class of 16 lines with a blank line. */
const model = (name, width) => `

class ${name}(nn.Module):
    def __init__(self, width=${width}):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)
        self.norm = nn.BatchNorm2d(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, 10)
        nn.init.kaiming_normal_(self.fc1.weight)
        nn.init.zeros_(self.fc1.bias)

    def forward(self, x):
        x = self.norm(self.conv(x)).relu()
        x = x.mean((2, 3))
        return self.fc2(self.fc1(x).relu())
`;

function makeWorkspace() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-load-"));
  const perClass = model("A", 1).split("\n").length - 1;
  const classes = Array.from({ length: Math.ceil(LINES / perClass) }, (_, k) =>
    model(`Net${k}`, 8 + (k % 50)),
  );
  for (const name of ["large.py", "large.txt"])
    writeFileSync(path.join(folder, name), `from torch import nn\n${classes.join("")}`);
  for (let k = 0; k < FILES; k++) {
    const inside = path.join(folder, `package${k % 50}`);
    mkdirSync(inside, { recursive: true });
    const imported = k >= 50 ? `from package${k % 50}.module${k - 50} import WIDTH\n` : "";
    const text = `from torch import nn\n${imported}\nWIDTH = ${8 + (k % 64)}\n${model("Net", "WIDTH")}`;
    writeFileSync(path.join(inside, `module${k}.py`), text);
  }
  return folder;
}

async function bundle() {
  const outfile = path.join(ROOT, "dist", "test", "vscode", "load.js");
  await esbuild.build({
    entryPoints: [path.join(ROOT, "test", "vscode", "load.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "es2022",
    external: ["vscode"],
  });
  return outfile;
}

export async function run() {
  const folder = makeWorkspace();
  const tests = await bundle();
  const server = await startServer(await installWebVscode(), { settings: SETTINGS });
  const { browser, page } = await openBrowser();
  try {
    const figures = await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("the editor did not answer")), TIMEOUT).unref();
      const listen = async () => {
        await page.exposeFunction("codeAutomationLog", (_type, args) => {
          const line = args.join(" ");
          if (line.startsWith("LOAD ")) resolve(JSON.parse(line.slice(5)));
          else if (/Error/.test(line)) console.error(line);
        });
        await page.exposeFunction(
          "codeAutomationExit",
          (code) => code !== 0 && reject(new Error(`status ${code}`)),
        );
        await page.goto(workbenchAddress(server.origin, { folder, extension: ROOT, tests }));
      };
      listen().catch(reject);
    });
    return report(figures);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report({
  lines,
  activation,
  alone,
  busyMedian,
  busyP95,
  staleMedian,
  staleP95,
  staleMost,
  check,
  memory,
  whole,
}) {
  const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  const mb = (value) => `${Math.round(value / 2 ** 20)} MB`;
  return `VS Code's web workbench; the extension host is one process with all workers of the extension.

| | |
| --- | ---: |
| start of the extension | ${ms(activation)} |
| a file of ${lines} lines, 10 characters a second: extension host busy per keystroke, median | ${ms(busyMedian)} |
| the same, 95 % | ${ms(busyP95)} |
| VS Code alone, the same text as plain text, median | ${ms(alone.busyMedian)} |
| the same, 95 % | ${ms(alone.busyP95)} |
| from a keystroke to the lenses of the new text, median | ${ms(staleMedian)} |
| the same, 95 % | ${ms(staleP95)} |
| the same, longest | ${ms(staleMost)} |
| Check Workspace, ${FILES} Python files | ${(check / 1000).toFixed(1)} s |
| memory of the extension host after it, above that before | ${mb(memory)} |
| memory of the extension host in all | ${mb(whole)} |`;
}
