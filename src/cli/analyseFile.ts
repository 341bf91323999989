import { analyse } from "../analysis.js";
import type { InputShapes } from "../layers/reading/exampleInputs.js";
import { ProgramCache } from "../python/evaluator.js";
import type { Analysis, FileReader } from "../types.js";
import { callersUnder } from "./callers.js";
import { directory, importRoots, readDocument, readerUnder } from "./files.js";

export interface AnalyseFileOptions {
  readonly root: string | undefined;
  readonly sitePackages: readonly string[];
  /** Shapes of an example input for the models of the file. */
  readonly inputs?: InputShapes | null;
  /** Whether the root is searched for files that call what the file defines. */
  readonly findsCallers?: boolean;
  /** Calls whose shapes are wanted. */
  readonly calls?: readonly string[];
}

/** Files that several analysed ones import are read and parsed once. */
const cache = new ProgramCache();
const readers = new Map<string, FileReader>();

function sharedReader(directories: readonly string[]): FileReader {
  const key = directories.join("\n");
  const reader = readers.get(key) ?? readerUnder(directories);
  readers.set(key, reader);
  return reader;
}

/** Reads and analyses one file; throws UsageError where it cannot be read. */
export function analyseFile(file: string, options: AnalyseFileOptions): Analysis {
  const document = readDocument(file);
  const sitePackages = options.sitePackages.map((one) => directory(one, "--site-packages"));
  const roots = importRoots(document, options.root);
  const reader = sharedReader([...roots, ...sitePackages]);
  return analyse(document, reader, {
    roots,
    callers: options.findsCallers ? callersUnder(roots[0]!, document, reader) : [],
    expressions: options.calls ?? [],
    sitePackages,
    inputs: options.inputs ?? null,
    now: () => performance.now(),
    cache,
  });
}
