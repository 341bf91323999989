import path from "node:path";
import { analyse } from "../analysis.js";
import type { InputShapes } from "../layers/exampleInputs.js";
import { ProgramCache } from "../python/evaluator.js";
import type { Analysis } from "../types.js";
import { directory, packageRoot, posix, readDocument, readerUnder } from "./files.js";

export interface AnalyseFileOptions {
  readonly root: string | undefined;
  readonly sitePackages: readonly string[];
  /** Shapes of an example input for the models of the file. */
  readonly inputs?: InputShapes | null;
}

/** Files that several analysed ones import are parsed once. */
const cache = new ProgramCache();

/** Reads and analyses one file; throws UsageError where it cannot be read. */
export function analyseFile(file: string, options: AnalyseFileOptions): Analysis {
  const document = readDocument(file);
  const root = directory(options.root ?? packageRoot(file), "--root");
  const sitePackages = options.sitePackages.map((one) => directory(one, "--site-packages"));
  const roots = [...new Set([root, posix(path.dirname(document.file))])];
  return analyse(document, readerUnder([...roots, ...sitePackages]), {
    roots,
    sitePackages,
    inputs: options.inputs ?? null,
    now: () => performance.now(),
    cache,
  });
}
