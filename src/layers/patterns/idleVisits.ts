/** Loops over modules and parameters, and functions applied to modules, that draw weights and in which no test matches. */
import type { Expression, For, FunctionDefinition, Statement } from "../../python/syntax/ast.js";
import { allBlocks, childExpressions, innerBlocks } from "../../python/syntax/walk.js";
import type { Visit, Visited } from "../visits.js";
import { callSome } from "./changes.js";
import type { Pattern } from "./pattern.js";
import { holds, isClassNameOf, type Variables } from "./visitTests.js";

/** Code that runs once for each visited module or parameter. */
interface Visitor {
  readonly variables: Variables;
  readonly statements: readonly Statement[];
  readonly visits: readonly Visit[];
}

/**
 * Everything of this kind in a module's text. Told only where all that was visited is known and every test on
 * the way to every change is on names and classes.
 */
export function idleVisits(
  statements: readonly Statement[],
  text: string,
  file: string,
  visits: readonly Visit[],
): Pattern[] {
  const own = visits.filter(({ span }) => span.file === file);
  const found: Pattern[] = [];
  const visit = (node: Statement): void => {
    const visitor = node.kind === "For" ? loop(node, own, text) : null;
    const applied = node.kind === "FunctionDef" ? application(node, own, text) : null;
    for (const one of [visitor, applied]) if (one !== null) found.push(...idle(one, text));
    if (node.kind === "For" && visitor !== null) found.push(...early(node, visitor, text));
    for (const block of allBlocks(node)) block.statements.forEach(visit);
  };
  if (own.length > 0) statements.forEach(visit);
  return found;
}

const VISITING = /^(named_)?(modules|children)$|^named_parameters$/;

/** `for m in self.modules():`, `for name, p in model.named_parameters():`. */
function loop({ target, iterable, body }: For, visits: readonly Visit[], text: string): Visitor | null {
  if (iterable.kind !== "Call" || iterable.func.kind !== "Attribute" || !VISITING.test(iterable.func.attr))
    return null;
  const isNamed = iterable.func.attr.startsWith("named_");
  const parts = isNamed ? (target.kind === "Tuple" ? target.elements : []) : [target];
  const [first, second] = parts.map((one) => (one.kind === "Name" ? one.id : null));
  const [name, item] = isNamed ? [first, second] : [null, first];
  if (item === undefined || item === null || name === undefined) return null;
  const { start, end } = iterable;
  return {
    variables: { item, name, classNames: classNames(body.statements, item, text) },
    statements: body.statements,
    visits: visits.filter(
      ({ span, applied }) => applied === null && span.start === start && span.end === end,
    ),
  };
}

/** `def init_weights(m):` where the text names it nowhere but in calls of `apply` that were seen. */
function application(node: FunctionDefinition, visits: readonly Visit[], text: string): Visitor | null {
  const own = visits.filter(({ applied }) => applied?.start === node.start && applied.end === node.end);
  if (own.length === 0) return null;
  const uses = text.match(new RegExp(`\\b${node.name}\\b`, "g"))?.length ?? 0;
  const applications =
    text.match(new RegExp(`\\bapply\\(\\s*(self\\.)?${node.name}\\s*\\)`, "g"))?.length ?? 0;
  const seen = new Set(own.map(({ span }) => span.start)).size;
  if (uses !== applications + 1 || seen !== applications) return null;
  const item = node.parameters.positional.at(-1)?.name;
  if (item === undefined) return null;
  const { statements } = node.body;
  return {
    variables: { item, name: null, classNames: classNames(statements, item, text) },
    statements,
    visits: own,
  };
}

/** Variables that the body binds to the name of the visited module's class. */
function classNames(statements: readonly Statement[], item: string, text: string): ReadonlySet<string> {
  return new Set(
    statements.flatMap((node) =>
      node.kind === "Assign" && isClassNameOf(node.value, item, text)
        ? node.targets.flatMap((one) => (one.kind === "Name" ? [one.id] : []))
        : [],
    ),
  );
}

/** The finding, at the loop's call, where each time it went through a module before that had a parameter. */
function early({ iterable: { start, end } }: For, { visits, statements }: Visitor, text: string): Pattern[] {
  const [later] = visits.map((one) => one.later);
  if (later === undefined || visits.some((one) => one.later === null || one.isOpen)) return [];
  if (!draws(statements, text)) return [];
  return [{ start, end, what: { kind: "early_apply", visitor: "loop", later: later! } }];
}

/** The finding, at the first test, where nothing that was visited is changed. */
function idle({ variables, statements, visits }: Visitor, text: string): Pattern[] {
  const items = visits.flatMap((one) => one.items);
  if (!items.some(({ hasWeights }) => hasWeights) || visits.some((one) => mayHoldMore(one, text))) return [];
  if (!draws(statements, text)) return [];
  const left = items.filter((one) => !walk(statements, one, variables, text).acts);
  if (left.length < items.length) return misspelt(statements, items, left, variables);
  const test = firstTest(statements);
  if (test === null || isAboutKinds(test)) return [];
  const what = { kind: "idle_visit", ...described(items) } as const;
  return [{ start: test.start, end: test.end, what }];
}

/**
 * A test for a word that no name has, where one letter less, or another case, is in names of what no branch draws:
 * `"weights" in name`.
 */
function misspelt(
  statements: readonly Statement[],
  items: readonly Visited[],
  left: readonly Visited[],
  { name }: Variables,
): Pattern[] {
  return testsIn(statements).flatMap((test): Pattern[] => {
    if (test.kind !== "Compare" || test.ops[0] !== "in" || test.ops.length !== 1) return [];
    const [whole] = test.comparators;
    if (whole?.kind !== "Name" || whole.id !== name) return [];
    if (test.left.kind !== "Constant" || test.left.type !== "str") return [];
    const word = String(test.left.value);
    const stem = word.replace(/s$/, "").toLowerCase();
    const meant = left.filter((one) => one.hasWeights && one.name?.toLowerCase().includes(stem));
    if (stem.length < 3 || meant.length === 0 || items.some((one) => one.name?.includes(word))) return [];
    const what = { kind: "idle_visit", ...described(meant) } as const;
    return [{ start: test.start, end: test.end, what }];
  });
}

/** The tests of a chain of branches, and of those inside it. */
const testsIn = (statements: readonly Statement[]): Expression[] =>
  statements.flatMap((node) => [
    ...(node.kind === "If" ? [node.test] : []),
    ...innerBlocks(node).flatMap((block) => testsIn(block.statements)),
  ]);

/** Whether there may be modules that are not known: an argument is one where the text calls it or goes through it. */
const mayHoldMore = ({ isOpen, given }: Visit, text: string): boolean =>
  isOpen || given.some((name) => new RegExp(`\\.${name}\\s*[([]|\\bin\\b[^\\n]*\\.${name}\\b`).test(text));

/** What was visited, in a few names. */
function described(items: readonly Visited[]): {
  readonly visited: "modules" | "parameters";
  readonly names: readonly string[];
} {
  const isParameters = items.every(({ classes }) => classes.length === 0);
  const names = items
    .filter(({ hasWeights }) => hasWeights)
    .map(({ name, classes }) => (isParameters ? name! : classes[0]!));
  return { visited: isParameters ? "parameters" : "modules", names: [...new Set(names)].sort() };
}

function firstTest(statements: readonly Statement[]): Expression | null {
  for (const node of statements) {
    if (node.kind === "If") return node.test;
    for (const { statements: inner } of innerBlocks(node)) {
      const found = firstTest(inner);
      if (found !== null) return found;
    }
  }
  return null;
}

/** `if "bias" in name:` is about biases there may be, and loses nothing where there are none. */
const KIND = /^["'][._]?(bias|weight|gamma|beta|scale|norm|bn|ln)[\w.]*["']$/i;

const isAboutKinds = (test: Expression): boolean =>
  (test.kind === "Constant" && test.type === "str" && KIND.test(`"${String(test.value)}"`)) ||
  childExpressions(test).some(isAboutKinds);

/** Functions that draw or scale: constants are what most layers start with anyway. */
const DRAW =
  /(^|\.)((kaiming|xavier|glorot|he|lecun)_\w+|(trunc_)?normal_?|uniform_?|orthogonal_?|mul_|div_|copy_)$/;

const draws = (statements: readonly Statement[], text: string): boolean =>
  callSome(statements, ({ start, end }) => DRAW.test(text.slice(start, end)));

interface Outcome {
  /** Something may be changed. */
  readonly acts: boolean;
  /** What stands after it does not run. */
  readonly ends: boolean;
}

const NOTHING: Outcome = { acts: false, ends: false };

function walk(statements: readonly Statement[], item: Visited, variables: Variables, text: string): Outcome {
  let acts = false;
  for (const node of statements) {
    const outcome = step(node, item, variables, text);
    acts ||= outcome.acts;
    if (outcome.ends) return { acts, ends: true };
  }
  return { acts, ends: false };
}

function step(node: Statement, item: Visited, variables: Variables, text: string): Outcome {
  const inside = (statements: readonly Statement[]) => walk(statements, item, variables, text);
  switch (node.kind) {
    case "If": {
      const answer = holds(node.test, item, variables, text);
      const ways = [
        ...(answer === false ? [] : [inside(node.body.statements)]),
        ...(answer === true ? [] : [inside(node.orElse.statements)]),
      ];
      return { acts: ways.some(({ acts }) => acts), ends: ways.every(({ ends }) => ends) };
    }
    case "With":
      return inside(node.body.statements);
    case "Continue":
    case "Break":
    case "Return":
      return { acts: false, ends: true };
    case "Pass":
      return NOTHING;
    case "Assign": {
      const isLocal = node.targets.every(({ kind }) => kind === "Name");
      return { acts: !isLocal, ends: false };
    }
    case "Expr": {
      const isInert =
        node.value.kind === "Constant" ||
        (node.value.kind === "Call" && node.value.func.kind === "Name" && node.value.func.id === "print");
      return { acts: !isInert, ends: false };
    }
    default:
      return { acts: true, ends: false };
  }
}
