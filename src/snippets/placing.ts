/** Where in the source the code of a scheme goes: edits of one text, and no more of it than needed. */

import { parseModule } from "../python/parse/parse.js";
import type { Call, Statement } from "../python/syntax/ast.js";
import { LinePositions } from "../python/syntax/positions.js";
import type { Site, TextEdit } from "../types.js";
import { scaledCall } from "./scaledCall.js";
import type { Snippet } from "./snippet.js";

/** An edit of the text that the call stands in. */
export type LocalEdit = Omit<TextEdit, "file" | "cell">;

/** Why code cannot be placed, for people. */
export interface Unplaced {
  readonly reason: string;
}

/** A text, and the call in it that makes a layer. */
interface CallSource {
  readonly text: string;
  readonly lines: readonly string[];
  readonly site: Required<Pick<Site, "line" | "column" | "endLine" | "endColumn">>;
}

/**
 * The edits that make the layer at `site` start as a snippet says: an argument of its constructor is set or
 * replaced; a statement on a layer follows it, in place of one that fills the same weight on the next line;
 * a variable's own value is replaced. Imports and functions it needs go below the text's imports.
 */
export function placeSnippet(text: string, site: Site, snippet: Snippet): readonly LocalEdit[] | Unplaced {
  const { line, column, endLine = line, endColumn = column } = site;
  const source = { text, lines: text.split(/\r\n|\r|\n/), site: { line, column, endLine, endColumn } };
  const placed = placeCode(source, snippet);
  if ("reason" in placed) return placed;
  const head = [
    ...snippet.imports,
    ...snippet.setup.flatMap((block) => ["", "", ...block.split("\n"), "", ""]),
  ];
  return head.length === 0 ? [placed] : [belowImports(source, head), placed];
}

function placeCode(source: CallSource, { code, dialect }: Snippet): LocalEdit | Unplaced {
  const argument = /^(\w+)=(?!=)(.*)$/s.exec(code);
  if (argument) return setArgument(source, argument[1]!, argument[2]!);
  return dialect === "torch" ? followCall(source, code) : replaceValue(source, code);
}

/** Sets a keyword of the call, which stands alone between its brackets. */
function setArgument({ lines, site }: CallSource, name: string, value: string): LocalEdit | Unplaced {
  const callText = textAt(lines, site);
  const call = callIn(callText);
  if (!call) return { reason: "This layer is not made by a call that could take the argument." };
  const given = call.keywords.find((keyword) => keyword.name === name);
  if (given) return within(site, callText, given.value.start, given.value.end, value);
  const last = [...call.args, ...call.keywords].reduce((end, { end: its }) => Math.max(end, its), 0);
  if (last === 0) return within(site, callText, callText.length - 1, callText.length - 1, `${name}=${value}`);
  return within(site, callText, last, last, `, ${name}=${value}`);
}

function callIn(text: string): Call | null {
  const [statement, ...others] = parseModule(text).module.body.statements;
  return others.length === 0 && statement?.kind === "Expr" && statement.value.kind === "Call"
    ? statement.value
    : null;
}

/** The edit of a stretch of the call's own text. */
function within(
  { line, column }: CallSource["site"],
  text: string,
  start: number,
  end: number,
  newText: string,
): LocalEdit {
  const positions = new LinePositions(text);
  const at = (offset: number) => {
    const place = positions.at(offset);
    return {
      line: line + place.line - 1,
      column: place.line === 1 ? column + place.column - 1 : place.column,
    };
  };
  const [from, to] = [at(start), at(end)];
  return { ...from, endLine: to.line, endColumn: to.column, newText };
}

/** Statements below the one that makes the layer. */
function followCall({ lines, site }: CallSource, code: string): LocalEdit | Unplaced {
  const indentation = /^\s*/.exec(lines[site.line - 1] ?? "")![0];
  const last = lines[site.endLine - 1] ?? "";
  if (!/^\s*(#.*)?$/.test(last.slice(site.endColumn - 1))) {
    return { reason: "This layer is part of a larger expression: no statement can follow it there." };
  }
  const newText = code.split("\n").map((one) => `${indentation}${one}`);
  const next = lines[site.endLine];
  if (next !== undefined && fillsSame(next, code)) {
    const [at, endColumn] = [site.endLine + 1, next.length + 1];
    return { line: at, column: 1, endLine: at, endColumn, newText: newText.join("\n") };
  }
  const end = { line: site.endLine, column: last.length + 1 };
  const added = newText.map((one) => `\n${one}`).join("");
  return { ...end, endLine: end.line, endColumn: end.column, newText: added };
}

/** Whether both are one call of an initializer on the same weight: `nn.init.zeros_(self.fc.weight)`. */
function fillsSame(line: string, code: string): boolean {
  const filled = (text: string) => /^\s*[\w.]*init\.\w+_\(\s*([\w.]+)/.exec(text)?.[1];
  return filled(code) !== undefined && filled(line) === filled(code) && callIn(line.trim()) !== null;
}

/** A variable's value: the whole statement is replaced, since code before it may work out a limit. */
function replaceValue(source: CallSource, code: string): LocalEdit | Unplaced {
  const { lines } = source;
  const { line, column, endLine, endColumn } = wholeValue(source);
  const before = (lines[line - 1] ?? "").slice(0, column - 1);
  const after = (lines[endLine - 1] ?? "").slice(endColumn - 1);
  if (!/^\s*[\w.]+\s*=\s*$/.test(before) || !/^\s*(#.*)?$/.test(after)) {
    return { reason: "These weights are part of a larger expression, which cannot be replaced." };
  }
  const indentation = /^\s*/.exec(before)![0];
  const newText = code.split("\n").join(`\n${indentation}`);
  return { line, column: indentation.length + 1, endLine, endColumn, newText };
}

/** The call with the number it is multiplied by. */
function wholeValue({ text, site }: CallSource): CallSource["site"] {
  const positions = new LinePositions(text);
  const whole = scaledCall(text, positions.offset(site));
  if (!whole) return site;
  const [from, to] = [positions.at(whole.start), positions.at(whole.end)];
  return { ...from, endLine: to.line, endColumn: to.column };
}

/** New lines below the text's last import before the call, else below its docstring, else at its beginning. */
function belowImports({ text, site }: CallSource, added: readonly string[]): LocalEdit {
  const { statements } = parseModule(text).module.body;
  const positions = new LinePositions(text);
  const imports = statements.filter(({ kind }) => kind === "Import" || kind === "ImportFrom");
  const last = imports.filter(({ end }) => positions.at(end).line < site.line).at(-1);
  const above = last ?? (isDocstring(statements[0]) ? statements[0] : undefined);
  if (!above) return { line: 1, column: 1, endLine: 1, endColumn: 1, newText: `${added.join("\n")}\n` };
  const { line, column } = positions.at(above.end);
  return { line, column, endLine: line, endColumn: column, newText: `\n${added.join("\n").trimEnd()}` };
}

function isDocstring(statement: Statement | undefined): statement is Statement {
  return statement?.kind === "Expr" && statement.value.kind === "Constant";
}

function textAt(lines: readonly string[], { line, column, endLine, endColumn }: CallSource["site"]): string {
  const own = lines.slice(line - 1, endLine);
  const last = own.length - 1;
  return own
    .map((text, i) => text.slice(i === 0 ? column - 1 : 0, i === last ? endColumn - 1 : undefined))
    .join("\n");
}
