/**
 * Weights that `np.empty` made and that nothing fills. Arrays may be written in many ways, through views too, so
 * only a name is told whose every mention is its making or a place where its values are read.
 */
import type { Call, Expression, Statement } from "../../python/syntax/ast.js";
import { childExpressions, eachStatement, statementExpressions } from "../../python/syntax/walk.js";
import type { Pattern } from "./pattern.js";

const RESERVES = /^(np|numpy)\.(empty|empty_like|ndarray)$/;
const MULTIPLIES = /^(np|numpy)\.(dot|matmul)$/;
const OPERATORS: ReadonlySet<string> = new Set(["@", "*", "/", "+", "-"]);
/** Attributes that tell of an array and give no way to write to it. */
const FACTS: ReadonlySet<string> = new Set(["shape", "ndim", "size", "dtype", "nbytes"]);

interface Mentions {
  /** The calls that make it. */
  readonly made: readonly Call[];
  /** All of them, those that make it among them. */
  readonly count: number;
  /** Products in which it is a factor. */
  readonly products: number;
  /** Whether each only reads it. */
  readonly areHarmless: boolean;
}

/** Every array of this kind in a module's text. */
export function reservedArrays(statements: readonly Statement[], text: string): Pattern[] {
  if (!/\b(np|numpy)\.(empty|ndarray)\b/.test(text) || !/^\s*import numpy\b/m.test(text)) return [];
  const names = new Set<string>();
  eachStatement(statements, (node) => {
    const made = makingOf(node, text);
    if (made !== null) names.add(made.name);
  });
  return [...names].flatMap((name) => {
    const { made, count, products, areHarmless } = mentionsOf(name, statements, text);
    const isWhole = text.split(new RegExp(`\\b${lastName(name)}\\b`)).length - 1 === count;
    if (!areHarmless || !isWhole || products === 0) return [];
    // Objects that only other files make may be filled there.
    const isUsedHere = ({ start }: Call) =>
      classesAround(start, statements).every((one) => isMade(one, text));
    return made
      .filter(isUsedHere)
      .map(({ start, end }) => ({ start, end, what: { kind: "reserved", name: lastName(name) } }));
  });
}

function classesAround(offset: number, statements: readonly Statement[]): readonly string[] {
  const names: string[] = [];
  eachStatement(statements, (node) => {
    if (node.kind === "ClassDef" && node.start <= offset && offset < node.end) names.push(node.name);
  });
  return names;
}

const isMade = (name: string, text: string): boolean => new RegExp(`(?<!class\\s+)\\b${name}\\(`).test(text);

/** `W` of `self.W`: the last name is what any other code would call it. */
const lastName = (name: string): string => name.split(".").at(-1)!;

/** `W = np.empty(…)`, `self.W = np.empty(…)`. */
function makingOf(node: Statement, text: string): { readonly name: string; readonly call: Call } | null {
  if (node.kind !== "Assign" || node.targets.length !== 1 || node.value.kind !== "Call") return null;
  const name = nameOf(node.targets[0]!);
  const { func } = node.value;
  return name !== null && RESERVES.test(text.slice(func.start, func.end)) ? { name, call: node.value } : null;
}

function nameOf(node: Expression): string | null {
  if (node.kind === "Name") return node.id;
  const isOwn = node.kind === "Attribute" && node.value.kind === "Name" && node.value.id === "self";
  return isOwn ? `self.${node.attr}` : null;
}

function mentionsOf(name: string, statements: readonly Statement[], text: string): Mentions {
  const made: Call[] = [];
  let [count, products, areHarmless] = [0, 0, true];
  const look = (node: Expression, parent: Expression | null): void => {
    if (nameOf(node) !== name) {
      // What is turned is still the array.
      const isTurned = node.kind === "Attribute" && node.attr === "T";
      for (const child of childExpressions(node)) look(child, isTurned ? parent : node);
      return;
    }
    count++;
    const use = useIn(parent, text);
    if (use === "product") products++;
    if (use === null) areHarmless = false;
  };
  eachStatement(statements, (node) => {
    const making = makingOf(node, text);
    if (making?.name === name) {
      made.push(making.call);
      count++;
      for (const one of childExpressions(making.call)) look(one, making.call);
    } else for (const one of statementExpressions(node)) look(one, null);
  });
  return { made, count, products, areHarmless };
}

/** What a mention does under the expression around it; null where it might write, or hand the array on. */
function useIn(parent: Expression | null, text: string): "product" | "reading" | null {
  if (parent?.kind === "BinOp" && OPERATORS.has(parent.op)) return parent.op === "@" ? "product" : "reading";
  if (parent?.kind === "Attribute" && FACTS.has(parent.attr)) return "reading";
  const isProduct =
    parent?.kind === "Call" &&
    parent.args.length === 2 &&
    parent.keywords.length === 0 &&
    MULTIPLIES.test(text.slice(parent.func.start, parent.func.end));
  return isProduct ? "product" : null;
}
