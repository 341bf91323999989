// Makes media/icon.png, 128 pixels square, from media/icon.svg.
import { readFileSync } from "node:fs";
import { openBrowser } from "./vscode/workbench.mjs";

const SIZE = 128;
const { browser, page } = await openBrowser({ viewport: { width: SIZE, height: SIZE } });
await page.setContent(`<body style="margin:0">${readFileSync("media/icon.svg", "utf8")}</body>`);
await page.screenshot({ path: "media/icon.png", omitBackground: true });
await browser.close();
