// Half an hour of test/vscode/soak.ts in a real VS Code, or as many minutes as INIT_LENS_SOAK says.
import { figuresOf } from "../vscode/figures.mjs";

export const title = "A long session";

export async function run() {
  const minutes = Number(process.env.INIT_LENS_SOAK ?? 30);
  const { failed, figures } = await figuresOf("soak.ts", { "initLensTest.minutes": minutes });
  return `Rounds of typing into a file and undoing it, previews that are abandoned, workers that are killed, the tour run with the Init Lens kernel, broken notebooks opened: in a real VS Code.

| | |
| --- | ---: |
| minutes | ${figures.minutes} |
| rounds | ${figures.rounds} |
| heap of the extension host after ten rounds | ${figures.first} MB |
| at the end | ${figures.last} MB |
| unhandled rejections | ${figures.rejections.length} |
| all texts and cells as before, heap at most 10 % larger | ${failed === 0 ? "yes" : "no"} |`;
}
