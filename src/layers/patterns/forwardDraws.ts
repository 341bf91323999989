/** Weights that a model draws anew each time it is used. */
import { drawsAnew } from "../../init/inPlaceCalls.js";
import type { Assign, Expression, Statement } from "../../python/ast.js";
import { allBlocks } from "../../python/walk.js";
import type { Candidate } from "./pattern.js";

/** Statements of a `forward` that draw a layer's weights whenever it is called. */
export function drawsOfForward(statements: readonly Statement[]): Candidate[] {
  return statements.flatMap((node): Candidate[] => {
    if (node.kind === "With" || node.kind === "For")
      return allBlocks(node).flatMap((block) => drawsOfForward(block.statements));
    const drawn = node.kind === "Expr" ? drawnBy(node.value) : node.kind === "Assign" ? madeBy(node) : null;
    return drawn === null
      ? []
      : [{ start: node.start, end: node.end, what: { kind: "drawn_in_forward", ...drawn } }];
  });
}

/** Layers that have weights. */
const LAYERS =
  /^(Linear|Bilinear|Conv(Transpose)?[123]d|Embedding|EmbeddingBag|RNN|LSTM|GRU|MultiheadAttention)$/;

/** The attribute that an assignment gives a new layer: `self.fc = nn.Linear(…)`. */
function madeBy({ targets, value }: Assign): { readonly name: string } | null {
  const [target] = targets;
  if (target?.kind !== "Attribute" || value.kind !== "Call" || value.func.kind !== "Attribute") return null;
  const { attr, value: owner } = value.func;
  return owner.kind === "Name" && owner.id === "nn" && LAYERS.test(attr) ? named(target) : null;
}

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
