/** Where the sizes of a layer come from: `n_embd = 768 ← GPTConfig, line 12`. */

import type { ModuleText } from "../python/documents/moduleText.js";
import { parseModule } from "../python/parse/parse.js";
import type { Expression, Statement } from "../python/syntax/ast.js";
import { targetName } from "../python/syntax/targetName.js";
import { allBlocks, childExpressions, innerBlocks, statementExpressions } from "../python/syntax/walk.js";
import type { Layer } from "../types.js";

export interface SizeOrigin {
  readonly name: string;
  readonly value: number;
  /** The class or function around it; empty at the top of the file. */
  readonly owner: string;
  readonly line: number;
}

interface Constant extends Omit<SizeOrigin, "line"> {
  readonly start: number;
}

/**
 * The names in a layer's call with the one place of this document that gives them a size of the layer's weights:
 * a constant, a default, an argument by name. Of several places it is that in a function or class which the call
 * that is shown names; a name without such a place is left out.
 */
export function sizeOrigins(source: ModuleText, layer: Layer): readonly SizeOrigin[] {
  const { statements } = parseModule(source.text).module.body;
  const [start, end] = [source.offset(layer.site), endOffset(source, layer)];
  if (start === undefined || end === undefined) return [];
  const sizes = new Set(layer.parameters.flatMap(({ shape }) => shape));
  const constants = collect(statements, "").filter(({ value }) => sizes.has(value));
  const shown = (layer.calls ?? []).flatMap(({ call, isShown }) => (isShown ? [call] : []));
  return namesWithin(statements, start, end).flatMap((name) => {
    const given = constants.filter((one) => one.name === name);
    const named = given.filter(({ owner }) => shown.some((call) => namesIn(call).has(owner)));
    const [only, ...others] = given.length > 1 ? named : given;
    if (only === undefined || others.length > 0) return [];
    const { start: at, ...origin } = only;
    return [{ ...origin, line: source.site({ start: at, end: at }).line }];
  });
}

const namesIn = (text: string): ReadonlySet<string> => new Set(text.match(/\w+/g));

function endOffset(source: ModuleText, { site }: Layer): number | undefined {
  const { endLine: line, endColumn: column, cell } = site;
  if (line === undefined || column === undefined) return undefined;
  return source.offset({ file: site.file, line, column, ...(cell === undefined ? {} : { cell }) });
}

function collect(statements: readonly Statement[], owner: string): Constant[] {
  return statements.flatMap((node) => [
    ...statementExpressions(node).flatMap((one) => argumentsIn(one, owner)),
    ...boundBy(node, owner),
  ]);
}

/** Numbers that a statement, or one in it, binds to names. */
function boundBy(node: Statement, owner: string): Constant[] {
  if (node.kind === "ClassDef") return collect(node.body.statements, node.name);
  if (node.kind === "FunctionDef") {
    const { positionalOnly, positional, keywordOnly } = node.parameters;
    const defaults = [...positionalOnly, ...positional, ...keywordOnly].flatMap((one) =>
      constant(one.name, one.default, node.name === "__init__" ? owner : node.name),
    );
    return [...defaults, ...collect(node.body.statements, owner === "" ? node.name : owner)];
  }
  if (node.kind === "Assign") {
    return node.targets.flatMap((target) => constant(targetName(target), node.value, owner));
  }
  if (node.kind === "AnnAssign") return constant(targetName(node.target), node.value, owner);
  return innerBlocks(node).flatMap((block) => collect(block.statements, owner));
}

/** Numbers that calls are given by name. */
function argumentsIn(node: Expression, owner: string): Constant[] {
  const own =
    node.kind === "Call" ? node.keywords.flatMap(({ name, value }) => constant(name, value, owner)) : [];
  return [...own, ...childExpressions(node).flatMap((inner) => argumentsIn(inner, owner))];
}

function constant(name: string | null, value: Expression | null, owner: string): Constant[] {
  if (name === null || value?.kind !== "Constant" || value.type !== "int") return [];
  return [{ name, value: Number(value.value), owner, start: value.start }];
}

/** The names and attributes used in a stretch of the text, each once. */
function namesWithin(statements: readonly Statement[], start: number, end: number): readonly string[] {
  const names = new Set<string>();
  const visit = (node: Expression) => {
    if (node.end <= start || node.start >= end) return;
    if (node.start >= start && node.end <= end) {
      if (node.kind === "Name") names.add(node.id);
      if (node.kind === "Attribute") names.add(node.attr);
    }
    childExpressions(node).forEach(visit);
  };
  const walk = (node: Statement): void => {
    if (node.end <= start || node.start >= end) return;
    statementExpressions(node).forEach(visit);
    for (const block of allBlocks(node)) block.statements.forEach(walk);
  };
  statements.forEach(walk);
  return [...names];
}
