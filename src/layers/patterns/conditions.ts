/** Conditions that do not test what they name: always true, never true, or only a part of it. */
import type { BooleanOperation, Expression, If } from "../../python/syntax/ast.js";
import { isDotted } from "../../python/syntax/walk.js";
import { changesWeights } from "./changes.js";
import type { Pattern } from "./pattern.js";

/** Of any expression. */
export const oddExpression = (node: Expression, text: string): Pattern[] => [
  ...oddInstance(node, text),
  ...alwaysTrue(node),
];

/** Of a test that decides what happens to weights. */
export function oddTests(node: If, text: string): Pattern[] {
  const search = emptySearch(node.test);
  if (!changesWeights([node])) return search;
  const odd = ODD_TESTS.flatMap((find) => {
    const means = find(node, text);
    return means === null ? [] : [means];
  });
  const [means] = odd;
  const { start, end } = node.test;
  const isTold = search.length > 0 || alwaysTrue(node.test).length > 0;
  return [
    ...search,
    ...(means === undefined || isTold
      ? []
      : [{ start, end, what: { kind: "odd_condition", means } } as const]),
    ...repeatedTests(node, text),
  ];
}

/** `isinstance(m, nn.Conv2d or nn.Linear)`: classes are true, so `or` is its first and `and` its last. */
function oddInstance(node: Expression, text: string): Pattern[] {
  if (node.kind !== "Call" || node.func.kind !== "Name" || node.func.id !== "isinstance") return [];
  const classes = node.args[1];
  if (classes?.kind !== "BoolOp" || !classes.values.every(isDotted)) return [];
  const written = classes.values.map(({ start, end }) => text.slice(start, end));
  const tested = classes.op === "or" ? written[0]! : written.at(-1)!;
  const what = {
    kind: "odd_condition",
    means: `\`${written.join(` ${classes.op} `)}\` is ${tested} alone, so the other classes are never matched`,
  } as const;
  const fix = {
    title: "Test for any of the classes",
    changes: [{ start: classes.start, end: classes.end, newText: `(${written.join(", ")})` }],
  };
  return [{ start: node.start, end: node.end, what, ...(classes.op === "or" ? { fix } : {}) }];
}

/** `if "weight" or "bias" in name`: a text that is not empty is true whatever the name is. */
function alwaysTrue(node: Expression): Pattern[] {
  if (node.kind !== "BoolOp") return [];
  const last = node.values.at(-1)!;
  const isMembership = last.kind === "Compare" && (last.ops[0] === "in" || last.ops[0] === "not in");
  const constant = node.values
    .slice(0, -1)
    .find((one) => one.kind === "Constant" && one.type === "str" && one.value !== "");
  if (!isMembership || constant?.kind !== "Constant") return [];
  const means =
    node.op === "or"
      ? `the text "${String(constant.value)}" is always true, so the whole condition is`
      : `the text "${String(constant.value)}" is always true and looked for nowhere`;
  return [{ start: node.start, end: node.end, what: { kind: "odd_condition", means } }];
}

/** `if name.find("Conv"):` is true where nothing is found, −1, and false at the very beginning, 0. */
function emptySearch(test: Expression): Pattern[] {
  if (test.kind !== "Call" || test.func.kind !== "Attribute" || test.func.attr !== "find") return [];
  const [sought] = test.args;
  if (test.args.length !== 1 || sought?.kind !== "Constant" || sought.type !== "str") return [];
  const means = `find gives -1, which is true, where "${String(sought.value)}" does not occur, and 0, which is false, at the beginning`;
  const change = { start: test.end, end: test.end, newText: " != -1" };
  return [
    {
      start: test.start,
      end: test.end,
      what: { kind: "odd_condition", means },
      fix: { title: "Compare with -1", changes: [change] },
    },
  ];
}

// ── tests of classes and names ───────────────────────────────────────────────

/** What a test really means, as the end of a sentence; null where it may mean what it says. */
type OddTest = (node: If, text: string) => string | null;

/** A layer of torch.nn that is no kind of another one in this list. */
const LAYER =
  /^(?:torch\.)?nn\.(Linear|Bilinear|Conv[123]d|ConvTranspose[123]d|BatchNorm[123]d|LayerNorm|GroupNorm|Embedding|LSTM|GRU)$/;
/** Any class of torch.nn. */
const CLASS = /^(?:torch\.)?nn\.[A-Z]\w*$/;

const written = ({ start, end }: Expression, text: string): string => text.slice(start, end);

/** `isinstance(m, nn.Conv2d) or nn.Linear`, `name == "fc" or "head"`: a class or a text is true by itself. */
const trueOperand: OddTest = ({ test }, text) => {
  if (test.kind !== "BoolOp") return null;
  const operand = test.values.find(
    (one) =>
      (one.kind === "Constant" && one.type === "str" && one.value !== "") || CLASS.test(written(one, text)),
  );
  const isTest = (one: Expression) =>
    one.kind === "Compare" || (one.kind === "Call" && written(one.func, text) === "isinstance");
  if (operand === undefined || !test.values.some(isTest)) return null;
  const rest = test.op === "or" ? "so the whole condition is" : "and is not tested for";
  return `\`${written(operand, text)}\` is always true, ${rest}`;
};

/** `m == nn.Linear`, `isinstance(type(m), nn.Linear)`: a layer is not its class, and a class no layer. */
const neverOfClass: OddTest = ({ test, body }, text) => {
  const isLayer = (item: Expression): boolean =>
    item.kind === "Name" &&
    new RegExp(`\\b${item.id}\\.(weight|bias)\\b`).test(text.slice(test.end, body.statements.at(-1)?.end));
  if (test.kind === "Call" && written(test.func, text) === "isinstance") {
    const [item, cls] = test.args;
    const type = item?.kind === "Call" && written(item.func, text) === "type" ? item.args[0] : undefined;
    if (type === undefined || cls === undefined || !isLayer(type)) return null;
    return `\`${written(item!, text)}\` is a class, and no class is a layer, so the condition is never true`;
  }
  const other = test.kind === "Compare" && /^(==|is)$/.test(test.ops[0]!) ? test.comparators[0]! : null;
  if (test.kind !== "Compare" || test.ops.length !== 1 || other === null) return null;
  if (isLayer(test.left) && CLASS.test(written(other, text)))
    return `a layer is never its class ${written(other, text)}, so the condition is never true`;
  const { left } = test;
  const item = left.kind === "Call" && written(left.func, text) === "type" ? left.args[0] : undefined;
  if (item !== undefined && isLayer(item) && other.kind === "Constant" && other.type === "str")
    return `a class is never the text ${written(other, text)}, so the condition is never true`;
  return null;
};

/** What `isinstance(m, …)`, or its opposite, is asked of: the variable and the layers, all of them in the list. */
function askedOf(
  node: Expression,
  text: string,
): { readonly item: string; readonly layers: readonly string[] } | null {
  if (node.kind !== "Call" || written(node.func, text) !== "isinstance" || node.args.length !== 2)
    return null;
  const [item, classes] = node.args as [Expression, Expression];
  const listed = classes.kind === "Tuple" ? classes.elements : [classes];
  const layers = listed.map((one) => LAYER.exec(written(one, text))?.[1]);
  return layers.every((one) => one !== undefined) ? { item: written(item, text), layers } : null;
}

const isApart = (one: readonly string[], other: readonly string[]): boolean =>
  !one.some((name) => other.includes(name));

/** `isinstance(m, nn.Linear) and isinstance(m, nn.Conv2d)` is never true, `not … or not …` always. */
const excluding: OddTest = ({ test }, text) => {
  if (test.kind !== "BoolOp") return null;
  const asked = test.values.map((one) => {
    const inner = test.op === "or" ? (one.kind === "UnaryOp" && one.op === "not" ? one.operand : null) : one;
    return inner === null ? null : askedOf(inner, text);
  });
  const clash = asked.some((one, at) =>
    asked
      .slice(at + 1)
      .some((other) => one && other && one.item === other.item && isApart(one.layers, other.layers)),
  );
  if (clash)
    return test.op === "and"
      ? "no layer is of both classes, so the condition is never true"
      : "no layer is of both classes, so the condition is always true";
  return unequalToBoth(test, text);
};

/** `name != "fc" or name != "head"` holds for every name. */
function unequalToBoth({ op, values }: BooleanOperation, text: string): string | null {
  const wanted = op === "or" ? "!=" : "==";
  const compared = values.flatMap((one) => {
    const isText = (side: Expression | undefined) => side?.kind === "Constant" && side.type === "str";
    return one.kind === "Compare" &&
      one.ops.length === 1 &&
      one.ops[0] === wanted &&
      isText(one.comparators[0])
      ? [{ of: written(one.left, text), text: written(one.comparators[0]!, text) }]
      : [];
  });
  const clash = compared.some((one, at) =>
    compared
      .slice(at + 1)
      .some((other) => one.of === other.of && one.text.slice(1, -1) !== other.text.slice(1, -1)),
  );
  if (!clash) return null;
  return op === "or"
    ? "whatever it is, it differs from one of them, so the condition is always true"
    : "it cannot be both, so the condition is never true";
}

/** `if isinstance(m, nn.Linear): … elif isinstance(m, nn.Linear): …`: the second is never reached. */
function repeatedTests(node: If, text: string): Pattern[] {
  const first = askedOf(node.test, text);
  const taken = new Set(first?.layers);
  const found: Pattern[] = [];
  for (let next = elseIf(node); first !== null && next !== null; next = elseIf(next)) {
    const asked = askedOf(next.test, text);
    if (asked?.item !== first.item) continue;
    const { start, end } = next.test;
    const means = "an earlier branch takes all of these classes, so this one is never reached";
    if (asked.layers.every((one) => taken.has(one)))
      found.push({ start, end, what: { kind: "odd_condition", means } });
    for (const one of asked.layers) taken.add(one);
  }
  return found;
}

function elseIf({ orElse: { statements } }: If): If | null {
  const [only] = statements;
  return statements.length === 1 && only?.kind === "If" ? only : null;
}

const ODD_TESTS: readonly OddTest[] = [trueOperand, neverOfClass, excluding];
