import { assistTests } from "./assist.test.js";
import { chartButtonTests } from "./chartButtons.test.js";
import { editingTests } from "./editing.test.js";
import { runAll } from "./harness.js";
import { modelViewTests } from "./modelView.test.js";
import { notebookTests, panelTests } from "./notebooks.test.js";
import { refreshTests } from "./refresh.test.js";
import { signalTests } from "./signal.test.js";
import { sizeTests } from "./sizes.test.js";
import { tests } from "./surfaces.test.js";

/** What VS Code calls; it ends the editor with status 1 where this rejects. */
export const run = (): Promise<void> =>
  runAll([
    ...tests,
    ...refreshTests,
    ...editingTests,
    ...modelViewTests,
    ...assistTests,
    ...sizeTests,
    ...signalTests,
    ...chartButtonTests,
    ...notebookTests,
    ...panelTests,
  ]);
