/**
 * What of a module an edit outside of functions can reach: whoever writes the name that the edited statement
 * binds, or a name that such a statement binds in turn. A module's own words are taken for its references, so
 * that a name in a string counts as well.
 */

import { boundNames, type Program } from "../modules/topLevel.js";
import type { Expression, Statement } from "../syntax/ast.js";
import { writtenNames } from "../syntax/writtenNames.js";

/** Ways to reach a name without writing it: then any statement may depend on any other. */
const INDIRECT =
  /\b(globals|locals|vars|dir|eval|exec|__dict__|__subclasses__|getmembers|modules|import_module|__import__)\b/;

/**
 * Indices of the statements that can notice that some of them say something else, those themselves included;
 * null where something else than names can carry it: a registry, the state of an object.
 */
export function dependents(program: Program, edited: ReadonlySet<number>): ReadonlySet<number> | null {
  const { statements, bindings, text } = program;
  if (INDIRECT.test(text)) return null;
  const words = statements.map((node) => writtenNames(node, text));
  const found = new Set<number>();
  const waiting = [...edited];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (found.has(index)) continue;
    if (!isOnlyBinding(program, index)) return null;
    found.add(index);
    for (const [other, written] of words.entries()) {
      if (bindings[index]!.some((name) => written.has(name))) waiting.push(other);
    }
  }
  return found;
}

/** Whether evaluating a statement does nothing but give names values. */
export function isOnlyBinding(program: Program, index: number): boolean {
  const node = program.statements[index]!;
  if (program.laziness(index) === "binding") return true;
  return node.kind === "ClassDef" && node.keywords.length === 0 && node.decorators.every(isDataclass);
}

/** `@dataclass`, `@dataclasses.dataclass(frozen=True)`: changes the class it is given and nothing else. */
function isDataclass(node: Expression): boolean {
  if (node.kind === "Call") return isDataclass(node.func);
  if (node.kind === "Attribute") return node.attr === "dataclass";
  return node.kind === "Name" && node.id === "dataclass";
}

/** Whether two texts of a statement give the same names values, so that one can take the other's place. */
export function bindSame(before: Statement, after: Statement): boolean {
  const [names, others] = [boundNames(before), boundNames(after)];
  return (
    before.kind === after.kind &&
    names.length === others.length &&
    names.every((name, index) => name === others[index])
  );
}
