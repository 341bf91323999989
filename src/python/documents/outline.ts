/**
 * Comparing a module's tree with its tree before an edit. Functions that stand in no other function are
 * compared apart: whoever did not run one does not mind that its body changed.
 */
import type { FunctionDefinition, Statement } from "../syntax/ast.js";
import { innerBlocks } from "../syntax/walk.js";
import type { Span } from "../values.js";
import { bindSame } from "./dependents.js";

export type Stretch = Pick<Span, "start" | "end">;

/** A module's tree and where its parts stood: nodes move when a later text takes them over. */
export interface Outline {
  readonly statements: readonly Statement[];
  readonly stretches: readonly Stretch[];
  /** The line and column at which each statement begins, as one text. */
  readonly lines: readonly string[];
  /** The stretches of functions that stand in no other one, in the order of the text. */
  readonly functions: readonly Stretch[];
}

export function outlineOf(statements: readonly Statement[], lineOf: (stretch: Stretch) => string): Outline {
  return {
    statements,
    stretches: statements.map(stretchOf),
    lines: statements.map(lineOf),
    functions: statements.flatMap(outerFunctions).map(stretchOf),
  };
}

/** The index of the statement that a place stands in; -1 before all. */
export const statementAt = ({ stretches }: Outline, offset: number): number => lastBefore(stretches, offset);

/** The index of the function that a place stands in; -1 outside of all. */
export function functionAt({ functions }: Outline, offset: number): number {
  return functions.findIndex(({ start, end }) => start <= offset && offset < end);
}

export interface Edit {
  /** Indices of the statements that say something else outside of the bodies of functions. */
  readonly statements: ReadonlySet<number>;
  /** Indices of the functions whose bodies say something else now. */
  readonly changed: ReadonlySet<number>;
  /** Where a node of the former text is now; null where it is not any more. */
  moved(stretch: Stretch): Stretch | null;
  /** Whether a statement says the same and begins at the same line and column. */
  isAtItsLine(index: number): boolean;
  /** Whether, besides, the text before it is as long as it was. */
  isUnmoved(index: number): boolean;
}

/**
 * What was edited between two texts; null where statements or functions came or went. A statement that says
 * something else outside of the bodies of functions counts as if all functions in it had changed.
 */
export function compareOutlines(before: Outline, after: Outline): Edit | null {
  if (before.statements.length !== after.statements.length) return null;
  const comparison = new Comparison();
  const statements = new Set<number>();
  try {
    for (const [index, statement] of before.statements.entries()) {
      const other = after.statements[index]!;
      // A text between the two may have moved the nodes before they were read anew.
      comparison.distance = statement.start - before.stretches[index]!.start;
      if (comparison.sameStatement(statement, other)) continue;
      if (!bindSame(statement, other) || outerFunctions(statement).length !== outerFunctions(other).length) {
        return null;
      }
      statements.add(index);
    }
  } catch (error) {
    // A tree nested deeper than the stack.
    if (error instanceof RangeError) return null;
    throw error;
  }
  const isAtItsLine = (index: number): boolean =>
    before.statements[index] === after.statements[index] && before.lines[index] === after.lines[index];
  return {
    changed: comparison.changed,
    statements,
    isAtItsLine,
    isUnmoved: (index) =>
      isAtItsLine(index) && before.stretches[index]?.start === after.stretches[index]?.start,
    moved(stretch) {
      const index = lastBefore(before.stretches, stretch.start);
      if (before.statements[index] !== after.statements[index]) {
        return comparison.moved.get(keyOf(stretch)) ?? null;
      }
      if (index < 0) return null;
      const distance = after.stretches[index]!.start - before.stretches[index]!.start;
      return { start: stretch.start + distance, end: stretch.end + distance };
    },
  };
}

/** The index of the last stretch that begins at or before a place; -1 before all. */
function lastBefore(stretches: readonly Stretch[], offset: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const stretchOf = ({ start, end }: Stretch): Stretch => ({ start, end });
const keyOf = ({ start, end }: Stretch): string => `${start}:${end}`;

/** Functions in a statement that stand in no other function. */
function outerFunctions(node: Statement): readonly FunctionDefinition[] {
  if (node.kind === "FunctionDef") return [node];
  if (node.kind === "ClassDef") return node.body.statements.flatMap(outerFunctions);
  return innerBlocks(node).flatMap(({ statements }) => statements.flatMap(outerFunctions));
}

/** Fields that say where a node is, not what. */
const PLACES: ReadonlySet<string> = new Set(["start", "end", "attrStart", "nameStart"]);

type Node = Readonly<Record<string, unknown>>;

class Comparison {
  /** New places of nodes in statements that were read anew. */
  readonly moved = new Map<string, Stretch>();
  readonly changed = new Set<number>();
  /** How far the statement at hand was moved since its outline was made. */
  distance = 0;
  /** How many outer functions were passed. */
  #functions = 0;
  #isInside = false;

  /** Whether two statements say the same, but for the bodies of outer functions; else all of these count as changed. */
  sameStatement(before: Statement, after: Statement): boolean {
    const first = this.#functions;
    if (this.same(before, after)) return true;
    this.#isInside = false;
    this.#functions = first + outerFunctions(before).length;
    for (let index = first; index < this.#functions; index++) this.changed.add(index);
    return false;
  }

  /** Whether two trees say the same, but for the bodies of outer functions. */
  same(before: unknown, after: unknown): boolean {
    if (Object.is(before, after)) {
      if (isStatement(before)) this.#functions += outerFunctions(before).length;
      return true;
    }
    if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) {
      return false;
    }
    if (Array.isArray(before)) {
      if (!Array.isArray(after) || before.length !== after.length) return false;
      return before.every((one, index) => this.same(one, after[index]));
    }
    return this.sameNode(before as Node, after as Node);
  }

  private sameNode(before: Node, after: Node): boolean {
    if (before.kind !== after.kind) return false;
    if ("statements" in before) return this.same(before.statements, after.statements);
    if ("start" in before) {
      const { start, end } = before as unknown as Stretch;
      const key = keyOf({ start: start - this.distance, end: end - this.distance });
      this.moved.set(key, stretchOf(after as unknown as Stretch));
    }
    const isOuter = before.kind === "FunctionDef" && !this.#isInside;
    const keys = Object.keys(before).filter((key) => !PLACES.has(key) && !(isOuter && key === "body"));
    if (!keys.every((key) => this.same(before[key], after[key]))) return false;
    if (isOuter) this.compareBodies(before.body, after.body);
    return true;
  }

  private compareBodies(before: unknown, after: unknown): void {
    const index = this.#functions++;
    this.#isInside = true;
    if (!this.same(before, after)) this.changed.add(index);
    this.#isInside = false;
  }
}

const isStatement = (value: unknown): value is Statement =>
  typeof value === "object" && value !== null && "kind" in value && "start" in value;
