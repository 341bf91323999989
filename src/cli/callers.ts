import { readdirSync } from "node:fs";
import path from "node:path";
import { ModuleText } from "../python/documents/moduleText.js";
import { callersAmong } from "../source/callers.js";
import { MentionedFiles } from "../source/mentionedFiles.js";
import { definedNames, mentionsIn } from "../source/namesInText.js";
import type { FileReader, SourceDocument } from "../types.js";
import { posix } from "./files.js";

/** Folders in which a project keeps what others wrote. */
const EXCLUDED: ReadonlySet<string> = new Set([
  "node_modules",
  "venv",
  "env",
  "site-packages",
  "__pycache__",
]);
/** No more files are read for their calls. */
const MAX_FILES = 5000;

/** The files under a folder that may call what a document defines, directly or through another file. */
export function callersUnder(root: string, document: SourceDocument, reader: FileReader): readonly string[] {
  const names = definedNames(new ModuleText(document).text);
  if (names.length === 0 || document.file.endsWith(".ipynb")) return [];
  return callersAmong(mentionsUnder(root, reader), document.file, names);
}

/** Read once for all files of a command. */
const mentions = new Map<string, MentionedFiles>();

function mentionsUnder(root: string, reader: FileReader): MentionedFiles {
  const before = mentions.get(root);
  if (before) return before;
  const texts = sourceFiles(root).map((file) => [file, reader.read(file)] as const);
  const found = new MentionedFiles(
    texts.flatMap(([file, text]) => (text == null ? [] : [[file, mentionsIn(file, text)]])),
  );
  mentions.set(root, found);
  return found;
}

/** Python files and notebooks below a folder, those of hidden folders aside. */
function sourceFiles(root: string): readonly string[] {
  const found: string[] = [];
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined && found.length < MAX_FILES; folder = waiting.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = posix(path.join(folder, entry.name));
      if (entry.isFile() && /\.(py|ipynb)$/.test(entry.name)) found.push(file);
      else if (entry.isDirectory() && !entry.name.startsWith(".") && !EXCLUDED.has(entry.name))
        waiting.push(file);
    }
  }
  return found;
}
