/** Classes that a program asks for by name, as functions that initialise a whole model do. */
import type { ClassDefinition, Expression, Statement } from "../../python/ast.js";
import { allBlocks, childExpressions, eachExpression } from "../../python/walk.js";
import { lasting } from "../../sameness.js";

/** Definitions of classes that the module names in the second argument of `isinstance`. */
export function testedClasses(statements: readonly Statement[]): readonly ClassDefinition[] {
  const tested = new Set(statements.flatMap(namesTested));
  return statements.flatMap(classesIn).filter(({ name }) => tested.has(name));
}

/** A statement that an edit leaves alone stays the same node. */
const namesTested = lasting((statement: Statement): readonly string[] => {
  const tested: string[] = [];
  eachExpression(statement, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Name" || node.func.id !== "isinstance") return;
    const [, classes] = node.args;
    if (classes !== undefined) tested.push(...namesIn(classes));
  });
  return tested;
});

const classesIn = lasting((node: Statement): readonly ClassDefinition[] => {
  const inner = allBlocks(node).flatMap((block) => block.statements.flatMap(classesIn));
  return node.kind === "ClassDef" ? [node, ...inner] : inner;
});

/** `A`, `(A, B)` and `A | B`. */
const namesIn = (classes: Expression): readonly string[] =>
  classes.kind === "Name" ? [classes.id] : childExpressions(classes).flatMap(namesIn);
