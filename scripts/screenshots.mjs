// Makes the README's pictures, media/*.png, from the real VS Code on a copy of the examples.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { debianProgram } from "./debian.mjs";
import { installWebVscode, ROOT } from "./vscode/install.mjs";
import { startServer } from "./vscode/server.mjs";
import { openBrowser, workbenchAddress } from "./vscode/workbench.mjs";

const VIEWPORT = { width: 1180, height: 720 };
const LENS = ".codelens-decoration a";
const BARS = ".chart .mark-rect path";

const workspace = mkdtempSync(path.join(os.tmpdir(), "init-lens-pictures-"));
cpSync(path.join(ROOT, "examples"), workspace, { recursive: true });
const settings = { "editor.minimap.enabled": false, "workbench.activityBar.location": "hidden" };
const server = await startServer(await installWebVscode(), { settings });
const { browser, page } = await openBrowser({ viewport: VIEWPORT });
try {
  await picture("notebook", "tour.ipynb", async () => {
    await reveal("64→32 · draws U(±0.05)");
    await click("64→32 · draws U(±0.05)");
    await shown(BARS);
    // A turn of the wheel is 50 pixels in a notebook, however far it turns.
    for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, 200);
  });
  await picture("panel", "pytorch_mlp.py", async () => {
    await click("784→256");
    await shown(BARS);
  });
  await picture("lens", "pytorch_mlp.py", () => shown(LENS));
  await picture("models", "pytorch_mlp.py", async () => {
    await page.keyboard.press("Control+B");
    await page.keyboard.press("F1");
    await page.keyboard.type("Focus on Models View");
    await page.keyboard.press("Enter");
    await page.locator('.pane-body [role="treeitem"]', { hasText: "Default()" }).waitFor();
    await page.locator(".pane-body .monaco-tl-twistie").first().click();
    await page.locator('.pane-body [role="treeitem"]', { hasText: "fc2" }).waitFor();
  });
  await picture("hover", "pytorch_mlp.py", async () => {
    await page.locator(".view-line span", { hasText: "nn.Linear" }).first().hover();
    await shown('.monaco-hover img[src^="data:image/svg+xml"]');
  });
} finally {
  await browser.close();
  await server.close();
  rmSync(workspace, { recursive: true, force: true });
}

/** One picture of one file in a fresh window. */
async function picture(name, file, prepare) {
  const files = [path.join(workspace, file)];
  await page.goto(workbenchAddress(server.origin, { folder: workspace, extension: ROOT, files }));
  await page.locator(LENS).first().waitFor();
  if (await page.locator(".part.sidebar").isVisible()) await page.keyboard.press("Control+B");
  await prepare();
  // What slides or fades in comes to rest.
  await page.waitForTimeout(500);
  const whole = path.join(workspace, `${name}.png`);
  await page.screenshot({ path: whole });
  shrink(whole, path.join(ROOT, "media", `${name}.png`));
  console.log(`media/${name}.png`);
}

/** With a palette of 256 colours, which an editor's window hardly exceeds, a picture is a third as large. */
function shrink(from, to) {
  execFileSync("npx", ["--yes", "sharp-cli@6", "-i", from, "-o", to, "-f", "png", "--palette", "-c", "9"], {
    shell: process.platform === "win32",
  });
  // Without loss a tenth smaller, where zopflipng is there.
  const zopflipng = debianProgram("zopflipng", { packageName: "zopfli", megabytes: 1 });
  if (zopflipng) execFileSync(zopflipng, ["-y", "--filters=0me", to, to], { stdio: "ignore" });
}

async function click(text) {
  await page.locator(LENS, { hasText: text }).first().click();
}

/** Scrolls the notebook until a lens is on screen. */
async function reveal(text) {
  await page.locator(".notebook-editor .code-cell-row").first().waitFor();
  await page.mouse.move(VIEWPORT.width / 3, VIEWPORT.height / 2);
  for (let turn = 0; turn < 40; turn++) {
    if ((await page.locator(LENS, { hasText: text }).count()) > 0) return;
    await page.mouse.wheel(0, 200);
    await page.waitForTimeout(200);
  }
  throw new Error(`no lens ${text}`);
}

/** Waits for an element in any frame: webviews are frames within frames. */
async function shown(selector) {
  for (;;) {
    for (const frame of page.frames()) {
      if (await frame.$(selector).catch(() => null)) return;
    }
    await page.waitForTimeout(100);
  }
}
