/** Which expressions of a module build a model without being told anything: `Net()`, `resnet18()`, `model`. */

import { parseModule } from "../python/parse/parse.js";
import type {
  ClassDefinition,
  Definition,
  Expression,
  FunctionDefinition,
  Parameters,
  Statement,
} from "../python/syntax/ast.js";
import { childExpressions, eachExpression, isDefinition } from "../python/syntax/walk.js";
import { writtenNames } from "../python/syntax/writtenNames.js";
import { isConfigurationName } from "./configurations.js";

/** More models than this of one file are not looked at. */
const MAX_CANDIDATES = 24;

/** Methods that make a class something to call on a batch. */
const FORWARD: ReadonlySet<string> = new Set(["forward", "call", "__call__", "setup"]);

/** Whoever builds models imports one of these. */
const FRAMEWORK_IMPORT = /^[ \t]*(?:from|import)[ \t]+(?:torch|keras|tensorflow|flax|haiku|equinox|timm)/m;

/** Whether a module may build models without being told anything; cheap where it imports no framework. */
export const mayBuildModels = (text: string): boolean =>
  FRAMEWORK_IMPORT.test(text) && modelCandidates(text).length > 0;

/** The expressions, in the order of the source; evaluating them tells which are models. */
export function modelCandidates(text: string): readonly string[] {
  const { statements } = parseModule(text).module.body;
  const configured = withDefaults(statements, text);
  const called = calledWithConstants(statements, text);
  const found = statements.flatMap((node) => [
    ...candidatesOf(node),
    ...(configured.get(node) ?? []),
    ...(called.get(node) ?? []),
  ]);
  return [...new Set(found)].slice(0, MAX_CANDIDATES);
}

/** `GPT(GPTConfig())`: models of one argument, given each configuration of the file; not the parts of others. */
function withDefaults(
  statements: readonly Statement[],
  text: string,
): ReadonlyMap<Statement, readonly string[]> {
  const classes = statements.filter((node) => node.kind === "ClassDef");
  const configurations = classes.filter(({ name }) => isConfigurationName(name));
  const models = classes.filter((node) => !configurations.includes(node) && isModelClass(node, 2));
  const isPart = ({ name }: ClassDefinition): boolean =>
    classes.some((other) => other.name !== name && writtenNames(other, text).has(name));
  return new Map(
    models
      .filter((node) => !isModelClass(node) && !isPart(node))
      .map((node) => [node, configurations.map(({ name }) => `${node.name}(${name}())`)]),
  );
}

/**
 * `VGG("VGG11")` in a test or in `main`: a model or factory that must be told something, as the functions of its
 * file call it with what is known everywhere. What stands in classes builds parts.
 */
function calledWithConstants(
  statements: readonly Statement[],
  text: string,
): ReadonlyMap<Statement, readonly string[]> {
  const definitions = new Map(statements.filter(isDefinition).map((node) => [node.name, node] as const));
  const found = new Map<Statement, string[]>();
  for (const node of definitions.values()) if (buildsWhenTold(node)) found.set(node, []);
  // Where every model can be called with nothing, no body of a function needs to be looked through.
  if (found.size === 0) return found;
  const isKnown = (node: Expression): boolean =>
    node.kind === "Name"
      ? definitions.has(node.id)
      : node.kind !== "Lambda" && childExpressions(node).every(isKnown);
  for (const node of statements) {
    // What a name is bound to is a candidate under that name.
    if (node.kind === "ClassDef" || node.kind === "Assign") continue;
    eachExpression(node, (call) => {
      if (call.kind !== "Call" || call.func.kind !== "Name") return;
      const definition = definitions.get(call.func.id);
      const calls = definition && found.get(definition);
      if (calls && definition !== node && isKnown(call))
        calls.push(text.slice(call.start, call.end).replace(/\s+/g, " "));
    });
  }
  return found;
}

/** A model's class or a factory that cannot be called with nothing. */
const buildsWhenTold = (node: Definition): boolean =>
  node.kind === "ClassDef"
    ? isModelClass(node, Number.POSITIVE_INFINITY) && !isModelClass(node)
    : returnsWhatItMakes(node) && requiredCount(node.parameters) > 0;

function candidatesOf(node: Statement): string[] {
  switch (node.kind) {
    case "ClassDef":
      return isModelClass(node) ? [`${node.name}()`] : [];
    case "FunctionDef":
      return isFactory(node) ? [`${node.name}()`] : [];
    case "Assign":
      return node.value.kind === "Call"
        ? node.targets.flatMap((target) => (target.kind === "Name" ? [target.id] : []))
        : [];
    default:
      return [];
  }
}

function isModelClass({ body }: ClassDefinition, most = 1): boolean {
  const methods = body.statements.filter((node) => node.kind === "FunctionDef");
  if (!methods.some(({ name }) => FORWARD.has(name))) return false;
  const init = methods.find(({ name }) => name === "__init__");
  return !init || requiredCount(init.parameters) <= most;
}

/** A function that returns what a call makes, and can be called with nothing. */
const isFactory = (node: FunctionDefinition): boolean =>
  requiredCount(node.parameters) === 0 && !node.name.startsWith("_") && returnsWhatItMakes(node);

function returnsWhatItMakes({ body }: FunctionDefinition): boolean {
  const last = body.statements.at(-1);
  return last?.kind === "Return" && last.value !== null && isCallOrName(last.value);
}

const isCallOrName = (node: Expression): boolean => node.kind === "Call" || node.kind === "Name";

function requiredCount({ positionalOnly, positional, keywordOnly }: Parameters): number {
  return [...positionalOnly, ...positional, ...keywordOnly].filter((one) => one.default === null).length;
}
