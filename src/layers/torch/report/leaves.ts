/** Tensors that a program trains without a module: `W1 = torch.randn(30, 200)`, `W1.requires_grad = True`. */
import { isBias } from "../../../init/orientation.js";
import type { Machine } from "../../../python/machine.js";
import type { Span } from "../../../python/values.js";
import { isNamedWeight, matrixFans, noFans } from "../../bareWeights.js";
import { ordersOf } from "../../flow/orders.js";
import { described, type FoundLayer, type Places } from "../../framework.js";
import { isWithin } from "../../spans.js";
import { distributionOf, shapeDims } from "../../tensors/distribution.js";
import { fillValue, type Step, type Tensor } from "../../tensors/tensor.js";
import { isParameter } from "../world.js";

interface Leaf {
  readonly tensor: Tensor;
  readonly name: string;
  /** The calls that drew it, from the one in the assignment's own text. */
  readonly made: readonly Span[];
}

const records = new WeakMap<Machine, Leaf[]>();

const leavesOf = (machine: Machine): Leaf[] => {
  const known = records.get(machine) ?? [];
  records.set(machine, known);
  return known;
};

/** A loop that makes tensors for ever would keep them all. */
const MOST = 2000;

/** Notes a tensor whose values were drawn within the expression that is bound. */
export function noteLeaf(machine: Machine, tensor: Tensor, name: string, span: Span): void {
  const leaves = leavesOf(machine);
  if (isParameter(machine, tensor) || leaves.length >= MOST) return;
  const calls = firstStep(machine, tensor)?.calls ?? [];
  const own = calls.findIndex((one) => isWithin(one, span));
  if (own >= 0) leaves.push({ tensor, name, made: calls.slice(own) });
}

/** A loop that writes a tensor and binds it again looks through all its steps each time. */
function firstStep(machine: Machine, { storage }: Tensor): Step | null {
  let step = storage.history;
  let passed = 0;
  for (; step?.previous; step = step.previous) passed++;
  machine.spend(passed >> 4);
  return step;
}

/** Of those noted from the `from`-th on, the ones with a weight's name that are trained. */
const trained = (machine: Machine, from: number): readonly Leaf[] =>
  leavesOf(machine)
    .slice(from)
    .filter(
      ({ tensor, name }) =>
        tensor.requiresGrad && isNamedWeight(name, shapeDims(tensor.shape), lawOf(tensor)),
    );

const lawOf = (tensor: Tensor) =>
  distributionOf(tensor.storage.history, tensor.storage.size, fillValue(tensor));

export const countLeaves = (machine: Machine): number => leavesOf(machine).length;

export const leafPlaces = (machine: Machine, from: number): Places =>
  trained(machine, from).map(({ made }) => made);

/** One layer each; nothing says which framework function drew it for a layer, so there is no other default. */
export function leafLayers(machine: Machine, from: number): FoundLayer[] {
  const leaves = trained(machine, from).map((leaf) => {
    const { storage, shape } = leaf.tensor;
    return { ...leaf, shape: shapeDims(shape), key: storage };
  });
  const orderOf = ordersOf(machine, leaves);
  return leaves.map((leaf) => {
    const { tensor, name, made, shape } = leaf;
    const current = lawOf(tensor);
    const isVector = isBias({ name, shape });
    const fansOf = isVector ? noFans : matrixFans(current, orderOf(leaf));
    const fans = fansOf(shape) ?? { fanIn: null, fanOut: null };
    const parameter = {
      name: isVector ? "bias" : "weight",
      layer: "tensor",
      shape,
      ...fans,
      effectiveFanIn: fans.fanIn,
      effectiveFanOut: fans.fanOut,
      made,
      default: current,
      current,
      steps: [],
    };
    return { class: "torch.Tensor", framework: "torch", name, made, weights: [described(parameter)] };
  });
}
