/** Weights that a model draws anew each time it is used. */
import { drawsAnew } from "../../init/inPlaceCalls.js";
import type { Assign, Call, Expression, Statement } from "../../python/syntax/ast.js";
import { allBlocks, someExpression } from "../../python/syntax/walk.js";
import type { Candidate } from "./pattern.js";

/** Statements of a `forward` that draw a layer's weights whenever it is called. */
export function drawsOfForward(statements: readonly Statement[]): Candidate[] {
  return statements.flatMap((node): Candidate[] => {
    if (node.kind === "With" || node.kind === "For")
      return allBlocks(node).flatMap((block) => drawsOfForward(block.statements));
    const made = node.kind === "Assign" ? madeBy(node) : null;
    // A layer whose weight forward puts in is a function with weights of its own.
    const isGiven = made !== null && statements.some((one) => setsWeightOf(one, made.name));
    const drawn = node.kind === "Expr" ? drawnBy(node.value) : isGiven ? null : made;
    return drawn === null
      ? []
      : [{ start: node.start, end: node.end, what: { kind: "drawn_in_forward", ...drawn } }];
  });
}

/** Layers that have weights. */
const LAYERS =
  /^(Linear|Bilinear|Conv(Transpose)?[123]d|Embedding|EmbeddingBag|RNN|LSTM|GRU|MultiheadAttention)$/;

/** What an assignment gives a new layer, used in place or not: `self.fc = nn.Linear(…)`, `y = nn.Linear(…)(x)`. */
function madeBy({ targets, value }: Assign): { readonly name: string } | null {
  const [target] = targets;
  if (target === undefined || value.kind !== "Call") return null;
  if (value.func.kind === "Call") return isLayer(value.func) ? { name: "a layer" } : null;
  if (!isLayer(moved(value))) return null;
  return target.kind === "Name" ? { name: target.id } : named(target);
}

/** `nn.Linear(…)` of `nn.Linear(…).to(x.device)`. */
const moved = (node: Call): Call =>
  node.func.kind === "Attribute" && MOVES.test(node.func.attr) && node.func.value.kind === "Call"
    ? moved(node.func.value)
    : node;

/** Methods of a module that give the module back. */
const MOVES = /^(to|cuda|cpu|float|half|double|bfloat16|type|train)$/;

const isLayer = ({ func }: Call): boolean =>
  func.kind === "Attribute" && func.value.kind === "Name" && func.value.id === "nn" && LAYERS.test(func.attr);

/** `conv.weight = kernel`, `conv.weight.data.copy_(kernel)`, `conv.load_state_dict(…)`. */
const setsWeightOf = (node: Statement, layer: string): boolean =>
  someExpression(
    node,
    (one) =>
      one.kind === "Attribute" &&
      /^(weight|bias|load_state_dict|to_empty)$/.test(one.attr) &&
      one.value.kind === "Name" &&
      one.value.id === layer,
  );

/** What `nn.init.xavier_uniform_(self.fc.weight)` or `self.fc.weight.data.normal_()` draws; null where it is no weight of the model. */
function drawnBy(node: Expression): { readonly name: string } | null {
  if (node.kind !== "Call" || node.func.kind !== "Attribute") return null;
  const { attr, value } = node.func;
  if (attr === "reset_parameters") return value.kind === "Attribute" ? named(value) : null;
  if (!drawsAnew(attr)) return null;
  return weight(value) ?? weight(node.args[0]);
}

function weight(node: Expression | undefined): { readonly name: string } | null {
  if (node?.kind !== "Attribute") return null;
  if (node.attr === "data") return weight(node.value);
  return node.attr === "weight" || node.attr === "bias" ? named(node) : null;
}

/** `self.fc.weight` in words; null for what is not the model's own. */
function named(node: Expression): { readonly name: string } | null {
  if (node.kind === "Name") return node.id === "self" ? { name: "self" } : null;
  const owner = node.kind === "Attribute" ? named(node.value) : null;
  return node.kind === "Attribute" && owner !== null ? { name: `${owner.name}.${node.attr}` } : null;
}
