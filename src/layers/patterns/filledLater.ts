/** Classes whose weights may be drawn after an object of them is made, by whoever made it. */
import type { ClassDefinition, Expression, Statement } from "../../python/syntax/ast.js";
import { allBlocks, childExpressions, eachExpression, eachStatement } from "../../python/syntax/walk.js";
import { lasting } from "../../sameness.js";
import { callSome, changesWeights } from "./changes.js";

/**
 * Definitions of classes that the module names in the second argument of `isinstance`, as functions do that
 * initialise a whole model; of those with a public method that draws and that none of their own calls; and of
 * those whose weights other code gives their data.
 */
export function filledLater(statements: readonly Statement[]): readonly ClassDefinition[] {
  const tested = new Set(statements.flatMap(namesTested));
  const written = new Set(statements.flatMap(weightsWritten));
  return statements
    .flatMap(classesIn)
    .filter(
      (one) => tested.has(one.name) || hasOpenDraw(one) || ownWeights(one).some((own) => written.has(own)),
    );
}

/** Names of weights whose data somebody assigns who is not their own module: `bias` of `stat.add.bias.data = …`. */
const weightsWritten = lasting((statement: Statement): readonly string[] => {
  const written: string[] = [];
  eachStatement([statement], (node) => {
    for (const target of node.kind === "Assign" ? node.targets : []) {
      if (target.kind !== "Attribute" || target.attr !== "data" || target.value.kind !== "Attribute")
        continue;
      const { attr, value } = target.value;
      if (value.kind !== "Name" || value.id !== "self") written.push(attr);
    }
  });
  return written;
});

/** Attributes that a class gives itself. */
const ownWeights = lasting(({ body }: ClassDefinition): readonly string[] => {
  const own: string[] = [];
  eachStatement(body.statements, (node) => {
    for (const target of node.kind === "Assign" ? node.targets : [])
      if (target.kind === "Attribute" && target.value.kind === "Name" && target.value.id === "self")
        own.push(target.attr);
  });
  return own;
});

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

/** Names that say so, whatever the method calls for it. */
const DRAWING = /^(reset|init|initiali[sz]e)_(weights?|parameters?|params?)_?$/;

/** `reset_parameters` that the constructor leaves to others. */
const hasOpenDraw = lasting(({ body }: ClassDefinition): boolean =>
  body.statements.some(
    (method) =>
      method.kind === "FunctionDef" &&
      !method.name.startsWith("_") &&
      (DRAWING.test(method.name) || changesWeights(method.body.statements)) &&
      !callSome(body.statements, (func) => isOwn(func, method.name)),
  ),
);

/** `self.reset_parameters`; a part's method of that name is another. */
const isOwn = (func: Expression, name: string): boolean =>
  func.kind === "Attribute" && func.attr === name && func.value.kind === "Name" && func.value.id === "self";
