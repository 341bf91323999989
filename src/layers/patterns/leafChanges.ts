/** Parameters changed in place where gradients are recorded, which torch refuses. */
import type { Attribute, Expression, For, FunctionDefinition, Statement } from "../../python/syntax/ast.js";
import { innerBlocks } from "../../python/syntax/walk.js";
import type { Candidate } from "./pattern.js";

/** What gives a layer with parameters; a call of `nn.Parameter` gives one itself. */
const LAYER = /^(torch\.)?nn\.[A-Z]\w*$/;
const PARAMETER = /^(torch\.)?nn\.Parameter$/;

/** In-place methods of a tensor that fill it, or work on its values. */
const IN_PLACE =
  /^(normal|uniform|fill|zero|copy|mul|div|add|sub|clamp|exponential|bernoulli|random|log_normal|cauchy)_$/;

/** Those that only tensors have. */
const FILLS = /^(normal|uniform|fill|zero)_$/;

const isParameter = (node: Expression): node is Attribute =>
  node.kind === "Attribute" && /^(weight|bias)$/.test(node.attr);

/** Loops over a model's modules, or over its parameters. */
const MODULES = /^(named_)?(modules|children)$/;
const PARAMETERS = /^(named_)?parameters$/;

/** What says that parameters need no gradient, or that none is recorded. */
const WITHOUT_GRADIENT = /\brequires_grad(_?\(\s*|\s*=\s*)False|\bset_grad_enabled\(/;

/** Changes in a constructor, unless the whole constructor runs under a caller's `no_grad`. */
export const leafChangesOfConstructor = (method: FunctionDefinition, text: string): Candidate[] =>
  method.decorators.length > 0 ? [] : leafChanges(method.body.statements, text, false);

/** Changes in the statements of a module, which no caller runs under its `no_grad`. */
export const leafChangesIn = (statements: readonly Statement[], text: string): Candidate[] =>
  leafChanges(statements, text, true);

/**
 * `self.fc.weight.normal_(0, 0.02)` where `self.fc` was made before, or of a module or parameter that a loop
 * visits, outside of any `with`: gradients are recorded.
 */
function leafChanges(statements: readonly Statement[], text: string, isModule: boolean): Candidate[] {
  const own = new Set<string>();
  const found: Candidate[] = [];
  const textOf = ({ start, end }: Expression): string => text.slice(start, end);
  const isOwn = (node: Expression): boolean =>
    own.has(textOf(node)) || (isParameter(node) && own.has(`${textOf(node.value)}.`));
  const told = (statement: Statement, leaf: Expression, subject: string): void => {
    const message = `${subject} that requires grad is being used in an in-place operation`;
    const change = { start: leaf.end, end: leaf.end, newText: ".data" };
    found.push({
      start: statement.start,
      end: statement.end,
      what: { kind: "raises", exception: "RuntimeError", message },
      fix: { title: "Change its data", changes: [change] },
      isTold: (whole) => !WITHOUT_GRADIENT.test(whole),
    });
  };
  const visit = (statement: Statement): void => {
    if (/^(With|Try|FunctionDef|ClassDef)$/.test(statement.kind)) return;
    if (statement.kind === "For") for (const name of visited(statement)) own.add(name);
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
    const isFilled =
      isModule && call?.kind === "Attribute" && FILLS.test(call.attr) && isParameter(call.value);
    if (call?.kind === "Attribute" && (isFilled || (IN_PLACE.test(call.attr) && isOwn(call.value))))
      told(statement, call.value, "a leaf Variable");
    for (const { statements } of innerBlocks(statement)) statements.forEach(visit);
  };
  statements.forEach(visit);
  return found;
}

/** The parameter that a loop is at, or with a dot the module. */
function visited({ target, iterable }: For): readonly string[] {
  if (iterable.kind !== "Call" || iterable.func.kind !== "Attribute") return [];
  const { attr } = iterable.func;
  const item = attr.startsWith("named_") && target.kind === "Tuple" ? target.elements.at(-1) : target;
  if (item?.kind !== "Name") return [];
  if (MODULES.test(attr)) return [`${item.id}.`];
  return PARAMETERS.test(attr) ? [item.id] : [];
}
