/** What follows each weight while a model ran: the activation, and whether it ends a branch or the model. */
import type { Machine } from "../../python/machine.js";
import { PyFloat, PyObject, Unknown } from "../../python/values.js";
import { fillValue, type Storage, Tensor } from "../tensors/tensor.js";
import { type Kind, kindOf } from "./kinds.js";
import { type ChainEnd, chainEnds, type Pointwise } from "./pointwise.js";
import { isBehind, MOST_VISITED, residualSums, type Sums } from "./streams.js";
import { type Moment, type Operation, traceOf } from "./trace.js";

/** Where a weight's output goes. */
export type Place =
  | "hidden"
  /** The model's result, or a loss. */
  | "output"
  /** Queries, keys or values of attention. */
  | "attention"
  /** Added, without a norm in between, to what its branch began with. */
  | "residual"
  /** A function of single numbers that is no activation anybody names: an exponential, a sine. Or of several tensors. */
  | "function"
  /** The same matrix also embeds. */
  | "tied"
  /** Nowhere by itself: what is multiplied with the inputs is computed from it, scaled or normalised. */
  | "computed";

/** One way a weight is used; several where the layer is called more than once or its output goes two ways. */
export interface Use {
  /** In the words of `init/gains`; null where something follows that is not known. */
  readonly activation: string | null;
  readonly a?: number;
  readonly place: Place;
  /** Sums of residual branches in the stream, where the weight ends one and their number is known. */
  readonly sums?: number;
  /** A norm alone takes that sum, so that what is added does not add up. */
  readonly isNormed?: true;
  /** Nothing but reshaping and pooling stands before the activation: no norm, no other summand, no factor. */
  readonly isDirect?: true;
  /** Nothing but reshaping and pooling stands before a norm, in which the scale of the sums is lost. */
  readonly isNormalized?: true;
}

/** A weight's identity: its memory, or the variable itself where the framework's tensors have none. */
export type WeightKey = Storage | PyObject;

type Uses = Pick<ReadonlyMap<WeightKey, readonly Use[]>, "get">;

/** What was found so far, and up to which operation. */
interface Known {
  readonly count: number;
  readonly last: Operation | undefined;
  readonly found: Map<WeightKey, Use[]>;
  readonly embedding: Set<WeightKey>;
  readonly backward: Backward;
  readonly uses: Uses;
}

/** Gradients that a program works out itself. */
interface Backward {
  /** Whether a weight without memory of its own was transposed where it was first used. */
  readonly turned: Map<WeightKey, boolean>;
  readonly gradients: Set<Moment>;
}

const records = new WeakMap<Machine, Known>();

/**
 * Uses of every weight that took part. Nothing where a run was too long to be recorded. Asked again, it looks
 * only at what was recorded since.
 */
export function usesOf(machine: Machine, pointwise: Pointwise): Uses {
  const { operations, isCut, openRuns } = traceOf(machine);
  if (isCut) return new Map();
  const before = records.get(machine);
  const isGrown = before !== undefined && operations[before.count - 1] === before.last;
  if (isGrown && before.count === operations.length) return before.uses;
  const found = isGrown ? before.found : new Map<WeightKey, Use[]>();
  const embedding = isGrown ? before.embedding : new Set<WeightKey>();
  const backward = isGrown ? before.backward : { turned: new Map(), gradients: new Set<Moment>() };
  const fresh = operations.slice(isGrown ? before.count : 0);
  findUses(fresh, residualSums(fresh, openRuns), pointwise, { found, embedding, backward });
  const uses: Uses = {
    get: (weight) => (embedding.has(weight) ? found.get(weight)?.map(tied) : found.get(weight)),
  };
  records.set(machine, {
    count: operations.length,
    last: operations.at(-1),
    found,
    embedding,
    backward,
    uses,
  });
  return uses;
}

const tied = (use: Use): Use => ({ ...use, place: "tied" });

function findUses(
  operations: readonly Operation[],
  sums: Sums,
  pointwise: Pointwise,
  { found: uses, embedding, backward }: Pick<Known, "found" | "embedding" | "backward">,
): void {
  for (const operation of operations) noteGradients(operation, backward);
  for (const operation of operations) {
    const layer = layerOf(operation) ?? silentNorm(operation);
    if (layer === null || operation.outputs.some((output) => backward.gradients.has(output))) continue;
    const isEmbedding = operation.name.startsWith("embedding");
    const found = isEmbedding
      ? []
      : new Walk(operation, layer.data, pointwise, sums, backward.gradients).uses();
    for (const { weight, isComputed } of layer.weights) {
      if (isEmbedding) embedding.add(weight);
      const list = uses.get(weight) ?? [];
      uses.set(weight, list);
      for (const use of found) add(list, isComputed ? { ...ofSums(use), place: "computed" } : use);
    }
  }
}

/**
 * A gradient written by hand goes back through a weight: it is transposed, or not, other than where it was first
 * used. What is computed from it is a gradient as well.
 */
function noteGradients(operation: Operation, { turned, gradients }: Backward): void {
  const inputs = operation.inputs;
  const isTurned = (weight: WeightKey): boolean => {
    const moment = inputs.find(
      (one) => one.origin === "parameter" && parametersBehind(one).some((used) => used.weight === weight),
    );
    return moment !== undefined && transposes(moment) % 2 === 1;
  };
  const arrays = (layerOf(operation)?.weights ?? [])
    .map(({ weight }) => weight)
    .filter((weight) => weight instanceof PyObject);
  const isBackward = arrays.some((weight) => {
    const first = turned.get(weight) ?? isTurned(weight);
    turned.set(weight, first);
    return isTurned(weight) !== first;
  });
  if (isBackward || inputs.some((one) => gradients.has(one)))
    for (const output of operation.outputs) gradients.add(output);
}

/** How often a tensor was transposed on its way. */
export function transposes({ from }: Moment): number {
  if (from === null) return 0;
  const [before] = from.inputs;
  return (from.name === "transpose" ? 1 : 0) + (before === undefined ? 0 : transposes(before));
}

/** What follows a layer's sums, whatever weight they are summed with. */
const ofSums = ({ activation, a }: Use): Pick<Use, "activation" | "a"> => ({
  activation,
  ...(a === undefined ? {} : { a }),
});

/** Each way once; what is direct or normalised is so every time. */
function add(list: Use[], use: Use): void {
  const at = list.findIndex(
    ({ activation, a, place }) => activation === use.activation && a === use.a && place === use.place,
  );
  if (at < 0) list.push(use);
  else list[at] = joinedUse(list[at]!, [list[at]!, use]);
}

/** A way that several uses go: it is direct or normalised where all of them are. */
export function joinedUse<U extends Use>(way: U, uses: readonly Use[]): U {
  const { isDirect: _direct, isNormalized: _normalized, ...rest } = way;
  return {
    ...rest,
    ...(uses.every(({ isDirect }) => isDirect) ? { isDirect: true } : {}),
    ...(uses.every(({ isNormalized }) => isNormalized) ? { isNormalized: true } : {}),
  } as U;
}

interface LayerOperation {
  readonly weights: readonly UsedWeight[];
  readonly data: readonly Moment[];
}

/** The weights and the inputs of a weighted sum; null for any other operation. */
export function layerOf(operation: Operation): LayerOperation | null {
  const kind = kindOf(operation);
  const moments = operation.operands.map((one) => ("moments" in one ? one.moments : []));
  if (kind === "layer") {
    const at = operation.name === "bilinear" ? 2 : 1;
    return {
      weights: (moments[at] ?? []).flatMap(parametersBehind),
      data: moments.slice(0, at).flat(),
    };
  }
  if (kind !== "product") return null;
  const factors = moments
    .slice(operation.name.startsWith("add") || operation.name === "baddbmm" ? 1 : 0)
    .flat();
  const data = factors.filter(({ origin }) => origin === "data");
  const weights = factors.filter(({ origin }) => origin === "parameter").flatMap(parametersBehind);
  // An input nobody knows is data as well.
  const hasUnknown = operation.operands.some((one) => "value" in one && one.value instanceof Unknown);
  return weights.length > 0 && (data.length > 0 || hasUnknown) ? { weights, data } : null;
}

/** A norm whose scale is 0: what it gives is as little a sum of its inputs' as a layer's, until it has learnt. */
function silentNorm(operation: Operation): LayerOperation | null {
  if (kindOf(operation) !== "norm") return null;
  const inputs = operation.inputs;
  const weights = inputs
    .filter(
      ({ origin, value }) => origin === "parameter" && value instanceof Tensor && fillValue(value) === 0,
    )
    .flatMap(parametersBehind);
  return weights.length > 0 ? { weights, data: inputs.filter(({ origin }) => origin === "data") } : null;
}

interface UsedWeight {
  readonly weight: WeightKey;
  /** Whether its numbers are not those that are multiplied with the inputs. */
  readonly isComputed: boolean;
}

/** The memory of every parameter a weight is computed from: its own, or both of a weight norm. */
function parametersBehind(moment: Moment): UsedWeight[] {
  if (moment.from === null) {
    if (moment.origin !== "parameter") return [];
    const weight = moment.value instanceof Tensor ? moment.value.storage : moment.value;
    return [{ weight, isComputed: false }];
  }
  const before = moment.from.inputs.flatMap(parametersBehind);
  return isComputing(moment.from) ? before.map((one) => ({ ...one, isComputed: true })) : before;
}

/** Whether it gives other numbers than it is given. */
const isComputing = (operation: Operation): boolean =>
  COMPUTING.has(kindOf(operation)) || FUNCTIONS.has(operation.name);

const COMPUTING: ReadonlySet<Kind> = new Set(["factor", "norm", "sum", "product", "softmax"]);

/** What makes positive or bounded numbers of weights. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  "relu relu6 elu softplus exp sigmoid hardsigmoid tanh abs square sqrt pow clamp clip log".split(" "),
);

interface Way {
  readonly isNormed: boolean;
  /** Whether a factor stands between: the scale of a branch, a gate. */
  readonly isScaled: boolean;
  /** Whether what is looked at are still the weighted sums themselves. */
  readonly isDirect: boolean;
  /** Whether a norm took them. */
  readonly isNormalized: boolean;
  /** Once the way has passed the sum that this branch ends in: how many such sums the model has. */
  readonly branch: { readonly sums: number | null; readonly isNormed: boolean } | null;
}

/** Norms that only weaken what is large. */
const KEEPS_SCALE: ReadonlySet<string> = new Set(["local_response_norm"]);

/** One walk from a weighted sum to whatever uses its output next. */
class Walk {
  readonly #seen = new Set<Moment>();

  constructor(
    private readonly layer: Operation,
    private readonly layerData: readonly Moment[],
    private readonly pointwise: Pointwise,
    private readonly sums: Sums,
    private readonly gradients: ReadonlySet<Moment>,
  ) {}

  /**
   * What is returned and used in the model as well counts as used in it, a function without a name aside: a
   * logarithm of a variance is returned, and what is drawn with it.
   */
  uses(): readonly Use[] {
    const way: Way = { isNormed: false, isScaled: false, isDirect: true, isNormalized: false, branch: null };
    const found = this.layer.outputs.flatMap((output) => this.follow(output, way));
    const isOutput = found.some(({ place }) => place === "output");
    const inside = found.filter(({ place }) => place !== "output" && !(isOutput && place === "function"));
    return inside.length > 0 ? inside : found;
  }

  private follow(start: Moment, way: Way): Use[] {
    if (this.#seen.has(start)) return [];
    this.#seen.add(start);
    if (this.#seen.size > MOST_VISITED) return [this.use(null, "hidden", way)];
    return chainEnds(start, this.pointwise).flatMap((end) => {
      if (end.users.length === 0) return this.unused(end, way);
      return withoutEscapes(end.users).flatMap((user) =>
        isStatistic(user, this.layer) || this.isForGradient(end, user) ? [] : this.usedBy(end, user, way),
      );
    });
  }

  /** Whether a value is only used to work out a gradient: the derivative of an activation, a mask. */
  private isForGradient({ moment }: ChainEnd, user: Operation): boolean {
    return user.inputs.some((other) => other !== moment && this.gradients.has(other));
  }

  /** An activation is one also where nobody was seen to use its result. */
  private unused({ activation }: ChainEnd, way: Way): Use[] {
    if (activation === null || activation.name === "linear") return [];
    return [this.use(activation.name, "hidden", way, activation.a)];
  }

  private usedBy({ moment, activation }: ChainEnd, user: Operation, way: Way): Use[] {
    const kind = kindOf(user);
    if (kind === "reading") return [];
    if (activation === null) return [this.use(null, "function", way)];
    if (activation.name !== "linear") return [this.use(activation.name, "hidden", way, activation.a)];
    const onward = (change: Partial<Way> = {}) =>
      user.outputs.flatMap((output) => this.follow(output, { ...way, ...change }));
    switch (kind) {
      case "layer":
      case "product":
        return [this.multiplied(moment, user, way)];
      case "norm":
        return onward({
          isNormed: true,
          isDirect: false,
          isNormalized: way.isNormalized || (way.isDirect && !KEEPS_SCALE.has(user.name)),
        });
      case "passing":
        return onward();
      case "factor":
        return onward({ isDirect: false, isScaled: true });
      case "sum":
        return onward({
          isDirect: false,
          branch: way.branch ?? (way.isNormed ? null : this.endOfBranch(moment, user, way)),
        });
      case "softmax":
        return [this.use(user.name === "log_softmax" ? "log_softmax" : "softmax", "hidden", way)];
      case "prelu":
        return [this.use("prelu", "hidden", way, slopeOf(user))];
      case "attention":
        return [this.use("linear", "attention", way)];
      case "loss":
      case "returned":
        return [this.use("linear", "output", way)];
      default:
        return [this.use(null, takesSeveral(user) ? "function" : "hidden", way)];
    }
  }

  private multiplied(moment: Moment, user: Operation, way: Way): Use {
    const layer = layerOf(user);
    if (layer === null) return this.use("linear", isAttention(user, moment) ? "attention" : "hidden", way);
    return this.use(layer.data.includes(moment) ? "linear" : null, "hidden", way);
  }

  /** Where the sum's other part is what the branch with this layer began with: how many such sums there are. */
  private endOfBranch(moment: Moment, sum: Operation, { isScaled }: Way): Way["branch"] {
    const others = sum.inputs.filter((one) => one !== moment && one.origin === "data");
    const ends = others.some((other) => this.layerData.some((input) => isBehind(other, input)));
    const sums = this.sums.get(sum);
    // How much of a scaled branch is added is the factor's doing.
    return ends && sums !== undefined ? { sums: isScaled ? null : sums, isNormed: isOnlyNormed(sum) } : null;
  }

  private use(activation: string | null, place: Place, way: Way, a?: number): Use {
    const { branch, isDirect, isNormalized } = way;
    const sums = branch?.sums ?? undefined;
    const at =
      branch === null || place === "function"
        ? { place }
        : {
            place: "residual" as const,
            ...(sums && { sums }),
            ...(branch.isNormed ? { isNormed: true as const } : {}),
          };
    return {
      activation,
      ...(a === undefined ? {} : { a }),
      ...at,
      ...(isDirect && activation !== null ? { isDirect } : {}),
      ...(isNormalized ? { isNormalized } : {}),
    };
  }
}

/** What code that nobody knows was given is followed to what that code gave, where it gave something. */
const withoutEscapes = (users: readonly Operation[]): readonly Operation[] =>
  users.some(({ name }) => name === "unknown") ? users.filter(({ name }) => name !== "escaped") : users;

/** Whether it works on several tensors of the model, as attention does and no activation. */
const takesSeveral = (operation: Operation): boolean => {
  const counts = operation.operands.map((one) => {
    const data = "moments" in one ? one.moments.filter(({ origin }) => origin === "data").length : 0;
    return "isOneOf" in one ? Math.min(data, 1) : data;
  });
  return kindOf(operation) === "unknown" && counts.reduce((sum, count) => sum + count, 0) > 1;
};

/** Whether a sum goes into a norm and nowhere else, as after each branch of the first transformers. */
const isOnlyNormed = ({ outputs }: Operation): boolean => {
  const users = outputs.flatMap(({ into }) => into);
  return users.length > 0 && users.every((user) => kindOf(user) === "norm");
};

/** The slope a PReLU begins with. */
function slopeOf({ operands: [, weight] }: Operation): number | undefined {
  if (weight && "value" in weight) return weight.value instanceof PyFloat ? weight.value.value : undefined;
  const value = weight && "moments" in weight ? weight.moments[0]?.value : undefined;
  const content = value instanceof Tensor ? value.storage.content : null;
  return typeof content === "number" ? content : undefined;
}

const REDUCTIONS: ReadonlySet<string> = new Set("mean sum var std amax amin max norm logsumexp".split(" "));

/** How far a root, a small constant and a reciprocal may put a statistic from what it scales. */
const STEPS_TO_SCALED = 6;

/** Whether a reduction only serves to centre or scale what the layer gave, as a norm written by hand. */
function isStatistic(reduction: Operation, { outputs }: Operation): boolean {
  if (!REDUCTIONS.has(reduction.name)) return false;
  const isScaled = (one: Moment): boolean => outputs.some((of) => isBehind(of, one));
  const scales = (made: Moment, steps: number): boolean =>
    steps > 0 &&
    made.into.some(
      (next) =>
        next.inputs.some((other) => other !== made && isScaled(other) && !isBehind(made, other)) ||
        next.outputs.some((output) => scales(output, steps - 1)),
    );
  return reduction.outputs.some((output) => scales(output, STEPS_TO_SCALED));
}

/** How far from a product of two tensors its softmax may be: a scale, a mask, a bias. */
const STEPS_TO_SOFTMAX = 8;

/** Whether a product is of queries with keys, whose softmax is taken, or of such a softmax with values. */
function isAttention(product: Operation, moment: Moment): boolean {
  const isSoftmax = (operation: Operation) => kindOf(operation) === "softmax";
  const after = (operation: Operation, steps: number): boolean =>
    steps > 0 &&
    operation.outputs.some(({ into }) =>
      into.some((next) => isSoftmax(next) || (isBetween(next) && after(next, steps - 1))),
    );
  const before = (one: Moment, steps: number): boolean =>
    one.from !== null &&
    steps > 0 &&
    (isSoftmax(one.from) ||
      (isBetween(one.from) && one.from.inputs.some((input) => before(input, steps - 1))));
  return (
    after(product, STEPS_TO_SOFTMAX) ||
    product.inputs.some((one) => one !== moment && before(one, STEPS_TO_SOFTMAX))
  );
}

const isBetween = (operation: Operation): boolean => ["passing", "factor", "sum"].includes(kindOf(operation));
