/** Parameters changed in place where gradients are recorded, which torch refuses. */
import type { Expression, FunctionDefinition, Statement } from "../../python/ast.js";
import { innerBlocks } from "../../python/walk.js";
import type { Pattern } from "./patterns.js";

/** What gives a layer with parameters; a call of `nn.Parameter` gives one itself. */
const LAYER = /^(torch\.)?nn\.[A-Z]\w*$/;
const PARAMETER = /^(torch\.)?nn\.Parameter$/;

/** In-place methods of a tensor that fill it, or work on its values. */
const IN_PLACE =
  /^(normal|uniform|fill|zero|copy|mul|div|add|sub|clamp|exponential|bernoulli|random|log_normal|cauchy)_$/;

/**
 * `self.fc.weight.normal_(0, 0.02)` in a constructor that made `self.fc`, outside of any `with`: gradients
 * are recorded, unless the whole constructor runs under a caller's `no_grad`.
 */
export function leafChanges(method: FunctionDefinition, text: string): Pattern[] {
  if (method.decorators.length > 0) return [];
  const own = new Set<string>();
  const found: Pattern[] = [];
  const textOf = ({ start, end }: Expression): string => text.slice(start, end);
  const isOwn = (node: Expression): boolean =>
    own.has(textOf(node)) ||
    (node.kind === "Attribute" && /^(weight|bias)$/.test(node.attr) && own.has(`${textOf(node.value)}.`));
  const told = (statement: Statement, leaf: Expression, subject: string): void => {
    const message = `${subject} that requires grad is being used in an in-place operation`;
    const change = { start: leaf.end, end: leaf.end, newText: ".data" };
    found.push({
      start: statement.start,
      end: statement.end,
      what: { kind: "raises", exception: "RuntimeError", message },
      fix: { title: "Change its data", changes: [change] },
    });
  };
  const visit = (statement: Statement): void => {
    if (statement.kind === "With" || statement.kind === "Try") return;
    if (statement.kind === "Assign") {
      for (const target of statement.targets) {
        const { value } = statement;
        own.delete(textOf(target));
        own.delete(`${textOf(target)}.`);
        if (value.kind === "Call" && PARAMETER.test(textOf(value.func))) own.add(textOf(target));
        else if (value.kind === "Call" && LAYER.test(textOf(value.func))) own.add(`${textOf(target)}.`);
        else if (target.kind === "Subscript" && isOwn(target.value))
          told(statement, target.value, "a view of a leaf Variable");
      }
    }
    if (statement.kind === "AugAssign" && isOwn(statement.target))
      told(statement, statement.target, "a leaf Variable");
    const call = statement.kind === "Expr" && statement.value.kind === "Call" ? statement.value.func : null;
    if (call?.kind === "Attribute" && IN_PLACE.test(call.attr) && isOwn(call.value))
      told(statement, call.value, "a leaf Variable");
    for (const { statements } of innerBlocks(statement)) statements.forEach(visit);
  };
  method.body.statements.forEach(visit);
  return found;
}
