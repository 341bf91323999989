import { ModelReader } from "../layers/reading/model.js";
import type { SourceDocument } from "../types.js";
import { directory, importRoots, readDocument, readerUnder } from "./files.js";
import type { ImportValues } from "./options.js";

/** A document, and the way to a reader of it that has evaluated nothing yet. */
export interface ModelFile {
  readonly document: SourceDocument;
  open(): ModelReader;
}

/** Throws UsageError for a file that cannot be read, and for a directory that is not there. */
export function modelFile(file: string, values: ImportValues): ModelFile {
  const sitePackages = (values["site-packages"] ?? []).map((one) => directory(one, "--site-packages"));
  const document = readDocument(file);
  const roots = importRoots(document, values.root);
  const open = () =>
    new ModelReader(document, {
      reader: readerUnder([...roots, ...sitePackages]),
      roots,
      sitePackages,
      now: () => performance.now(),
    });
  return { document, open };
}
