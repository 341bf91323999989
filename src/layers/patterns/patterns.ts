/** Mistakes that the text alone shows: conditions, statements and methods that do not do what they seem to. */
import { isInitFunction } from "../../init/inPlaceCalls.js";
import type {
  Block,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from "../../python/syntax/ast.js";
import {
  allBlocks,
  childExpressions,
  eachStatement,
  innerBlocks,
  someExpression,
  statementExpressions,
} from "../../python/syntax/walk.js";
import { changesWeights } from "./changes.js";
import { oddExpression, oddTests } from "./conditions.js";
import { drawsOfForward } from "./forwardDraws.js";
import { leafChangesIn, leafChangesOfConstructor } from "./leafChanges.js";
import { lostLoads } from "./lostLoads.js";
import type { Candidate, Pattern } from "./pattern.js";

/** Statements without any: an edit leaves most as they are, and those stay the same nodes. */
const plain = new WeakSet<Statement>();

/** Everything of these kinds in a module's text. */
export function patterns(statements: readonly Statement[], text: string): Pattern[] {
  const inside = statements.flatMap((node) => {
    if (plain.has(node)) return [];
    const found = candidatesIn(node, text);
    if (found.length === 0) plain.add(node);
    return found;
  });
  const here: readonly Candidate[] = [...leafChangesIn(statements, text), ...lostLoads(statements, text)];
  return [...here, ...inside]
    .filter(({ isTold }) => isTold === undefined || isTold(text))
    .map(({ isTold: _, ...pattern }) => pattern);
}

/** By the text of one statement alone. */
function candidatesIn(statement: Statement, text: string): Candidate[] {
  const found: Candidate[] = [];
  eachStatement([statement], (node) => {
    found.push(...statementExpressions(node).flatMap((one) => expressionPatterns(one, text)));
    found.push(...allBlocks(node).flatMap((block) => lostLoads(block.statements, text)));
    if (node.kind === "If") found.push(...oddTests(node, text));
    if (node.kind === "Expr") found.push(...discarded(node.value));
    if (node.kind === "For") found.push(...rebound(node.target, node.iterable, node.body));
    if (node.kind === "ClassDef") found.push(...neverCalled(node, text));
    if (node.kind === "FunctionDef") found.push(...forgotten(node, text));
    if (node.kind === "FunctionDef" && node.name === "__init__")
      found.push(...leafChangesOfConstructor(node, text));
    if (node.kind === "FunctionDef" && node.name === "forward")
      found.push(...drawsOfForward(node.body.statements));
  });
  return found;
}

function expressionPatterns(node: Expression, text: string): Pattern[] {
  return [
    ...oddExpression(node, text),
    ...gainAsSlope(node, text),
    ...childExpressions(node).flatMap((one) => expressionPatterns(one, text)),
  ];
}

/** `kaiming_normal_(w, a=calculate_gain("relu"))`: a gain, whatever its value, where the slope belongs. */
function gainAsSlope(node: Expression, text: string): Pattern[] {
  if (
    node.kind !== "Call" ||
    !/\bkaiming_(normal|uniform)_?$/.test(text.slice(node.func.start, node.func.end))
  )
    return [];
  const slope = node.keywords.find(({ name }) => name === "a")?.value ?? node.args[1];
  if (slope?.kind !== "Call" || !/\bcalculate_gain$/.test(text.slice(slope.func.start, slope.func.end)))
    return [];
  return [{ start: node.start, end: node.end, what: { kind: "gain_as_slope" } }];
}

// ── results nobody keeps ─────────────────────────────────────────────────────

/** Methods of a tensor that give a new one and have a twin with `_` that changes it. */
const PURE = new Set([
  "mul",
  "multiply",
  "div",
  "divide",
  "add",
  "sub",
  "subtract",
  "clamp",
  "clip",
  "neg",
  "sqrt",
]);

/** `torch.zeros_like(weight)`: another tensor of its shape. */
const LIKE = /^(zeros|ones|rand|randn|full)_like$/;

/** `torch.clamp(weight, -1, 1)`, where no `out` says where to put the result. */
const isPureFunction = ({ func, keywords }: Extract<Expression, { kind: "Call" }>): boolean =>
  func.kind === "Attribute" &&
  func.value.kind === "Name" &&
  func.value.id === "torch" &&
  PURE.has(func.attr) &&
  keywords.every(({ name }) => name !== null && name !== "out");

/** `weight.clone()`, `copy.deepcopy(weight)`: nobody else has it. */
const isCopy = (node: Expression): boolean =>
  node.kind === "Call" && node.func.kind === "Attribute" && /^(clone|deepcopy)$/.test(node.func.attr);

/** `self.fc.weight`, `m.bias.data`: a weight by its name. */
function isWeight(node: Expression): boolean {
  if (node.kind !== "Attribute") return false;
  return node.attr === "data" ? isWeight(node.value) : node.attr === "weight" || node.attr === "bias";
}

function discarded(node: Expression): Pattern[] {
  const at = { start: node.start, end: node.end };
  if (node.kind === "Compare" && node.ops[0] === "==" && isWeight(node.left)) {
    return [{ ...at, what: { kind: "discarded", what: "`==` compares and assigns nothing" } }];
  }
  if (node.kind === "BinOp" && isWeight(node.left)) {
    return [{ ...at, what: { kind: "discarded", what: `the result of \`${node.op}\` is thrown away` } }];
  }
  if (node.kind === "Attribute" && isRunInPassing(node.attr)) {
    const what = { kind: "discarded", what: `${node.attr} is named and not called` } as const;
    // `apply` needs a function, and which one nobody knows.
    if (node.attr === "apply") return [{ ...at, what }];
    return [
      {
        ...at,
        what,
        fix: { title: "Call it", changes: [{ start: node.end, end: node.end, newText: "()" }] },
      },
    ];
  }
  if (node.kind !== "Call" || node.func.kind !== "Attribute") return [];
  const { attr, value, end } = node.func;
  if (isInitFunction(attr) && node.args[0] !== undefined && isCopy(node.args[0])) {
    return [{ ...at, what: { kind: "discarded", what: `${attr} draws into a copy, which is thrown away` } }];
  }
  if ((LIKE.test(attr) || isPureFunction(node)) && node.args[0] !== undefined && isWeight(node.args[0])) {
    return [{ ...at, what: { kind: "discarded", what: `${attr} gives a new tensor, which is thrown away` } }];
  }
  if (!PURE.has(attr) || !isWeight(value)) return [];
  const what = {
    kind: "discarded",
    what: `${attr} gives a new tensor, which is thrown away; ${attr}_ changes the weight`,
  } as const;
  // A parameter itself may not be changed in place where gradients are recorded; its data may.
  const isData = value.kind === "Attribute" && value.attr === "data";
  const fix = {
    title: `Change the weight in place with ${attr}_`,
    changes: [{ start: end, end, newText: "_" }],
  };
  return [{ ...at, what, ...(isData ? { fix } : {}) }];
}

/** Methods that are called for what they do to weights. */
const isRunInPassing = (name: string): boolean =>
  name === "apply" || INITIALISING.test(name.startsWith("_") ? name : `_${name}`);

/** `for p in model.parameters(): p = torch.randn(p.shape)` binds the variable and leaves the model alone. */
function rebound(target: Expression, iterable: Expression, body: Block): Pattern[] {
  if (iterable.kind !== "Call" || iterable.func.kind !== "Attribute") return [];
  if (!["parameters", "named_parameters"].includes(iterable.func.attr)) return [];
  const variable = target.kind === "Tuple" ? target.elements.at(-1) : target;
  if (variable?.kind !== "Name") return [];
  return body.statements.flatMap((node, index): Pattern[] => {
    const bound = boundName(node);
    if (bound === null || bound.name !== variable.id || !isNewTensor(bound.value)) return [];
    if (body.statements.slice(index + 1).some((later) => names(later, variable.id))) return [];
    const what = { kind: "discarded", what: bindsOnly(variable.id) } as const;
    return [{ start: node.start, end: node.end, what }];
  });
}

/** `w = m.weight.data; w = torch.randn(w.shape)` in a function that never says `w` again. */
function forgotten(definition: FunctionDefinition, text: string): Pattern[] {
  const found: Pattern[] = [];
  const look = ({ statements }: Block): void => {
    const weights = new Set<string>();
    for (const node of statements) {
      for (const block of innerBlocks(node)) look(block);
      const bound = boundName(node);
      if (bound === null) continue;
      const { name, value } = bound;
      if (isWeight(value)) weights.add(name);
      else if (!weights.delete(name) || !isNewTensor(value)) continue;
      else if (!new RegExp(`\\b${name}\\b`).test(text.slice(node.end, definition.end))) {
        found.push({ start: node.start, end: node.end, what: { kind: "discarded", what: bindsOnly(name) } });
      }
    }
  };
  look(definition.body);
  return found;
}

/** `name = value` */
function boundName(node: Statement): { readonly name: string; readonly value: Expression } | null {
  if (node.kind !== "Assign" || node.targets.length !== 1) return null;
  const [target] = node.targets;
  return target?.kind === "Name" ? { name: target.id, value: node.value } : null;
}

const bindsOnly = (name: string): string =>
  `the assignment binds the variable ${name} and leaves the weight as it is`;

/** `torch.randn(…)` or arithmetic: what in-place functions give back is the weight itself. */
const isNewTensor = (node: Expression): boolean =>
  node.kind === "BinOp" ||
  (node.kind === "Call" &&
    node.func.kind === "Attribute" &&
    node.func.value.kind === "Name" &&
    node.func.value.id === "torch" &&
    !node.func.attr.endsWith("_"));

const names = (node: Statement, id: string): boolean =>
  someExpression(node, (one) => one.kind === "Name" && one.id === id);

// ── functions nobody calls ───────────────────────────────────────────────────

const INITIALISING = /^_(init|initiali[sz]e|reset)_?(weights?|params?|parameters?|biases)?$|^_weights?_init$/;
/** A module of nobody's but torch's: no base of another library may call the method. */
const PLAIN_MODULE = /^(torch\.)?(nn\.)?Module$/;

/** A private method that draws weights, of a plain module, whose name the text says once. */
function neverCalled(node: ClassDefinition, text: string): Candidate[] {
  if (node.bases.length !== 1 || !PLAIN_MODULE.test(text.slice(node.bases[0]!.start, node.bases[0]!.end)))
    return [];
  return node.body.statements.flatMap((method): Candidate[] => {
    if (method.kind !== "FunctionDef" || !INITIALISING.test(method.name) || method.decorators.length > 0)
      return [];
    if (!changesWeights(method.body.statements)) return [];
    const { name, nameStart } = method;
    const at = { start: nameStart, end: nameStart + name.length };
    return [{ ...at, what: { kind: "never_called", name }, isTold: (whole) => !isNamedAgain(whole, name) }];
  });
}

const isNamedAgain = (text: string, name: string): boolean =>
  text.split(new RegExp(`\\b${name}\\b`)).length > 2;
