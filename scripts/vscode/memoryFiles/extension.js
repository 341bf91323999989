// A virtual workspace for the tests: the files under `memory:/` live in this Map, and on no disk.
// biome-ignore-all lint/complexity/useArrowFunction: plain CommonJS, as the web extension host loads it
const vscode = require("vscode");

exports.activate = async function ({ extensionUri, subscriptions }) {
  const answer = await fetch(vscode.Uri.joinPath(extensionUri, "..", "workspace.json").toString(true));
  const files = new Map(Object.entries(await answer.json()).map(([path, text]) => [path, encode(text)]));
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", provider(files), { isCaseSensitive: true }),
    // The builds that can be had from npm lack the browser's half of VS Code's own.
    vscode.workspace.registerNotebookSerializer("jupyter-notebook", { deserializeNotebook, serializeNotebook }),
  );
};

const encode = (text) => new TextEncoder().encode(text);
const decode = (bytes) => new TextDecoder().decode(bytes);
const STDOUT = "application/vnd.code.notebook.stdout";
const isJson = (mime) => /[/+]json$/.test(mime);
const joined = (text) => (Array.isArray(text) ? text.join("") : text);

/** A notebook that was never saved has no text yet. */
function deserializeNotebook(bytes) {
  const { cells, metadata } = JSON.parse(decode(bytes) || '{ "cells": [] }');
  const data = new vscode.NotebookData(cells.map(readCell));
  data.metadata = { metadata };
  return data;
}

function readCell({ cell_type, source, metadata, outputs = [] }) {
  const kind = cell_type === "code" ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup;
  const language = cell_type === "code" ? (metadata?.vscode?.languageId ?? "python") : "markdown";
  const cell = new vscode.NotebookCellData(kind, joined(source), language);
  cell.metadata = { metadata };
  cell.outputs = outputs.map((output) => new vscode.NotebookCellOutput(readItems(output)));
  return cell;
}

function readItems({ output_type, text, data = {} }) {
  if (output_type === "stream") return [vscode.NotebookCellOutputItem.text(joined(text), STDOUT)];
  return Object.entries(data).map(([mime, value]) =>
    vscode.NotebookCellOutputItem.text(isJson(mime) ? JSON.stringify(value) : joined(value), mime),
  );
}

function serializeNotebook({ cells, metadata }) {
  const written = { cells: cells.map(writeCell), metadata: metadata?.metadata ?? {}, nbformat: 4, nbformat_minor: 5 };
  return encode(JSON.stringify(written, null, 1));
}

function writeCell({ kind, value, languageId, metadata, outputs = [] }) {
  const shared = { source: value.split(/(?<=\n)/), metadata: metadata?.metadata ?? {} };
  if (kind !== vscode.NotebookCellKind.Code) return { cell_type: "markdown", ...shared };
  if (languageId !== "python") shared.metadata = { ...shared.metadata, vscode: { languageId } };
  return { cell_type: "code", execution_count: null, ...shared, outputs: outputs.map(writeOutput) };
}

function writeOutput({ items }) {
  const [{ mime, data }] = items;
  if (mime === STDOUT) return { output_type: "stream", name: "stdout", text: decode(data) };
  const values = items.map(({ mime, data }) => [mime, isJson(mime) ? JSON.parse(decode(data)) : decode(data)]);
  return { output_type: "display_data", metadata: {}, data: Object.fromEntries(values) };
}

/** Folders exist where a file's path says so. */
function provider(files) {
  const changes = new vscode.EventEmitter();
  /** When each file was written: VS Code reads one again only where this is another time. */
  const written = new Map();
  const below = (folder) => (folder === "/" ? "/" : `${folder}/`);
  const isFolder = (path) => [...files.keys()].some((file) => file.startsWith(below(path)));
  const read = (uri) => {
    const bytes = files.get(uri.path);
    if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  };
  /** The file of this path, or every file below it. */
  const filesOf = ({ path }) => [...files.keys()].filter((file) => file === path || file.startsWith(below(path)));
  const { Created, Changed, Deleted } = vscode.FileChangeType;
  const tell = (type, ...uris) => changes.fire(uris.map((uri) => ({ type, uri })));
  return {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => {}),
    stat(uri) {
      if (!files.has(uri.path) && isFolder(uri.path)) {
        return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      }
      return { type: vscode.FileType.File, ctime: 0, mtime: written.get(uri.path) ?? 0, size: read(uri).length };
    },
    readDirectory(uri) {
      const names = new Map();
      for (const file of files.keys()) {
        if (!file.startsWith(below(uri.path))) continue;
        const [name, ...rest] = file.slice(below(uri.path).length).split("/");
        names.set(name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
      }
      return [...names];
    },
    readFile: read,
    writeFile(uri, bytes) {
      const type = files.has(uri.path) ? Changed : Created;
      files.set(uri.path, bytes);
      written.set(uri.path, Date.now());
      tell(type, uri);
    },
    createDirectory() {},
    delete(uri) {
      for (const file of filesOf(uri)) files.delete(file);
      tell(Deleted, uri);
    },
    rename(from, to) {
      for (const file of filesOf(from)) {
        files.set(to.path + file.slice(from.path.length), files.get(file));
        files.delete(file);
      }
      tell(Deleted, from);
      tell(Created, to);
    },
  };
}
