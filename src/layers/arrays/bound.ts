/** Arrays that a program draws and binds to a name: the weights of code without layers. */
import * as make from "../../init/make.js";
import { CONTAINER, isBias } from "../../init/orientation.js";
import type { Machine } from "../../python/machine.js";
import { isStub } from "../../python/modules/stubs.js";
import {
  PyDict,
  PyInstance,
  PyList,
  type PyObject,
  PyTuple,
  type Span,
  type Value,
} from "../../python/values.js";
import type { Distribution, Framework, Shape } from "../../types.js";
import { isConstantWeight, isNamedWeight, matrixFans, noFans, WEIGHT } from "../bareWeights.js";
import { ordersOf } from "../flow/orders.js";
import { traceOf } from "../flow/trace.js";
import { usesOf } from "../flow/uses.js";
import { described, type FoundLayer, type Places } from "../framework.js";
import { type Noticed, notice } from "../observations.js";
import { isWithin, spanKey } from "../spans.js";
import { pointwise } from "../torch/runs/traced.js";
import { equalDraws, randomDraw } from "./equalDraws.js";
import { held, isArray } from "./instances.js";
import { isDecomposed, Law, shapeOf } from "./law.js";
import { createdBy, Place } from "./lens.js";
import { foundParameter } from "./report.js";
import { reseeded } from "./reseeded.js";

interface Bound {
  readonly value: PyInstance;
  readonly name: string;
  /** The calls that drew it, from the one in the assignment's own text. */
  readonly made: readonly Span[];
}

interface Records {
  readonly list: Bound[];
  /** The arrays in the list. */
  readonly values: Set<PyObject>;
  /** Those that are weights by the name they had first. */
  readonly weights: Set<PyObject>;
  /** Calls that drew what another framework's weights hold now. */
  readonly handedOn: Set<Span>;
}

const records = new WeakMap<Machine, Records>();

function recordsOf(machine: Machine): Records {
  const known = records.get(machine);
  if (known) return known;
  const made: Records = { list: [], values: new Set(), weights: new Set(), handedOn: new Set() };
  records.set(machine, made);
  traceOf(machine).isBareWeight = (value) => made.weights.has(value);
  return made;
}

/**
 * Notes an array whose entries were drawn within the expression that is bound, or in statements before
 * that gave them no name of a weight: `q, r = qr(randn(n, n)); W = q * sign(diag(r))`. Of a list or dictionary
 * that is called as weights are, the arrays in it.
 */
export function noteBound(machine: Machine, value: PyObject, name: string, span: Span): void {
  if (CONTAINER.test(name)) {
    if (value instanceof PyList) noteRepeated(machine, value.items, span);
    for (const [key, item] of itemsIn(value, name)) noteHeld(machine, item, key, span.file);
  }
  if (!(value instanceof PyInstance)) return;
  if (isArray(value)) noteArray(machine, value, name, span);
  else noteWrapped(machine, value, name, span);
}

function noteArray(machine: Machine, value: PyInstance, name: string, span: Span): void {
  const law = held(value, "law");
  if (!(law instanceof Law) || !(saysHow(law) || isConstantWeight(name, sizesOf(machine, value)))) return;
  const { list } = recordsOf(machine);
  if (noteDrawn(machine, value, name, (one) => isWithin(one, span))) return;
  if (isOrthogonal(law) && WEIGHT.test(name) && !isNoted(list, law)) {
    add(machine, { value, name, made: law.made.filter(({ file }) => file === span.file) });
  }
}

const sizesOf = (machine: Machine, value: PyInstance): Shape =>
  shapeOf(machine, held(value, "shape") ?? null) ?? [];

/** `W1 = Variable(0.01 * np.random.randn(a, b))`, where the program itself says what a variable is. */
function noteWrapped(machine: Machine, value: PyInstance, name: string, span: Span): void {
  if (!WEIGHT.test(name) || value.cls.definition === null || isStub(value.cls.definition)) return;
  for (const inner of value.attributes?.values() ?? []) {
    if (!(inner instanceof PyInstance) || !isArray(inner) || recordsOf(machine).values.has(inner)) continue;
    noteDrawn(machine, inner, name, (one) => isWithin(one, span));
  }
}

/** Notes that a list of weights holds one drawn matrix several times. */
function noteRepeated(machine: Machine, items: readonly Value[], span: Span): void {
  const [first] = items;
  if (items.length < 2 || !(first instanceof PyInstance) || !items.every((one) => one === first)) return;
  if (isArray(first) && randomDraw(machine, first) !== null)
    notice(machine, { kind: "copies", count: items.length, class: "array", shared: true }, [span]);
}

/** An array in a container is shown where it was drawn; the variables of layers are shown with these. */
function noteHeld(machine: Machine, value: PyInstance, name: string, file: string): void {
  if (held(value, "site") instanceof Place || recordsOf(machine).values.has(value)) return;
  noteDrawn(machine, value, name, (one) => one.file === file);
}

/** Notes an array under its name, with its calls from the innermost own one outwards; false where none is its own. */
function noteDrawn(
  machine: Machine,
  value: PyInstance,
  name: string,
  isOwn: (call: Span) => boolean,
): boolean {
  const law = held(value, "law");
  if (!(law instanceof Law)) return false;
  const own = law.made.findIndex(isOwn);
  if (own < 0) return false;
  add(machine, { value, name, made: law.made.slice(own) });
  if (isNamedWeight(name, sizesOf(machine, value), law.distribution)) recordsOf(machine).weights.add(value);
  return true;
}

function add(machine: Machine, bound: Bound): void {
  const { list, values } = recordsOf(machine);
  list.push(bound);
  values.add(bound.value);
}

/** Arrays in nested containers, each under its own key where that is text. */
function itemsIn(value: Value, name: string, depth = 0): readonly (readonly [string, PyInstance])[] {
  if (depth > 0 && value instanceof PyInstance && isArray(value)) return [[name, value]];
  if (depth > MOST_NESTED) return [];
  if (value instanceof PyList || value instanceof PyTuple)
    return value.items.slice(0, MOST_HELD).flatMap((item) => itemsIn(item, name, depth + 1));
  // What the dictionary holds, not what a class of the program's says that it does: naming something runs nothing.
  const entries = value instanceof PyDict && value.uncertain === null ? [...value.items()] : [];
  return entries
    .slice(0, MOST_HELD)
    .flatMap(({ key, value: item }) => itemsIn(item, typeof key === "string" ? key : name, depth + 1));
}

/** A constant array may be anything, and data is drawn with scales that nobody knows as well. */
const saysHow = ({ distribution }: Law): boolean =>
  distribution.kind !== "constant" && (distribution.kind !== "unknown" || distribution.formula !== undefined);

/** Only factors of a decomposition pass through names of their own on their way to a weight. */
const isOrthogonal = ({ distribution }: Law): boolean => distribution.kind === "orthogonal";

const isNoted = (list: readonly Bound[], law: Law): boolean =>
  list.some(({ value, made }) => !isTakenApart(value) && made.some((one) => law.made.includes(one)));

const MOST_NESTED = 3;
const MOST_HELD = 64;

/** Notes that another framework's weight holds what was drawn: it is shown there, and not as an array of its own. */
export function handOn(machine: Machine, { made }: Law): void {
  for (const span of made) recordsOf(machine).handedOn.add(span);
}

export const boundCount = (machine: Machine): number => records.get(machine)?.list.length ?? 0;

function boundSince(machine: Machine, from: number): readonly Bound[] {
  const { list, handedOn } = recordsOf(machine);
  return list
    .slice(from)
    .filter(({ made: [own], value }) => (own === undefined || !handedOn.has(own)) && !isTakenApart(value));
}

/** Whether it was drawn only for an orthogonal factor of it. */
function isTakenApart(value: PyInstance): boolean {
  const law = held(value, "law");
  return law instanceof Law && isDecomposed(law);
}

/** Where each bound array was drawn. */
export const boundPlaces = (machine: Machine, from: number): Places =>
  boundSince(machine, from).map(({ made }) => made);

/** The bound arrays that are weights by their name and rank. */
export function boundWeights(machine: Machine, from: number): FoundLayer[] {
  if (boundSince(machine, from).length === 0) return [];
  const functions = functionsAt(
    machine,
    boundSince(machine, from).flatMap(({ made }) => made[0] ?? []),
  );
  const uses = usesOf(machine, pointwise);
  const bound = boundSince(machine, from).map((one) => ({
    ...one,
    shape: sizesOf(machine, one.value),
    key: one.value,
  }));
  const orderOf = ordersOf(machine, bound);
  return bound.flatMap((one) => {
    const { value, name, made, shape } = one;
    // What was drawn may have been overwritten since with something nobody knows.
    const law = held(value, "law");
    const distribution = law instanceof Law ? law.distribution : make.unknown();
    if (!isNamedWeight(name, shape, distribution)) return [];
    if (!uses.get(value)?.length && isAnyNumbers(name, distribution) && bareTitle(value) === null) return [];
    const fans = isBias({ name, shape }) ? noFans : matrixFans(distribution, orderOf(one));
    const weight = fans === noFans ? "bias" : "weight";
    const parameter = { ...foundParameter(machine, weight, value, fans), layer: "array", made };
    const called = (made[0] && functions.get(spanKey(made[0]))) ?? "array";
    const framework = frameworkOf(value);
    const title = bareTitle(value) ?? { class: fullName(framework, called), framework };
    return [
      {
        ...title,
        name,
        made,
        weights: [{ ...described(parameter), uses: uses.get(value) ?? [] }],
      },
    ];
  });
}

/** Numbers as a generator gives them, under a name that no weight has: where nothing multiplies them, any data. */
const isAnyNumbers = (name: string, drawn: Distribution): boolean =>
  !WEIGHT.test(name) &&
  ((drawn.kind === "normal" && drawn.mean === 0 && drawn.std === 1) ||
    (drawn.kind === "uniform" && drawn.low === 0 && drawn.high === 1));

/** What drew something at these places, by their keys. */
function functionsAt(machine: Machine, places: readonly Span[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // A model makes thousands of weights, each behind a dozen calls: a key for each of them took seconds.
  const starts = new Set(places.map(({ start }) => start));
  for (const { made, what } of createdBy(machine)) {
    for (const span of made) if (starts.has(span.start)) found.set(spanKey(span), what);
  }
  return found;
}

/** Bound arrays with a weight's name and the values of another. */
export function equalArrays(machine: Machine, from: number): Noticed[] {
  const weights = boundSince(machine, from)
    // What the stubs bind are weights of layers.
    .filter(({ name, made: [own] }) => WEIGHT.test(name) && own !== undefined && !isStub(own))
    .map((one) => ({ ...one, layer: one.value }));
  return [...equalDraws(machine, weights), ...reseeded(machine, weights)];
}

const FRAMEWORK_OF: ReadonlyMap<string, Framework> = new Map([
  ["keras", "keras"],
  ["tensorflow", "tensorflow"],
  ["flax", "flax"],
  ["haiku", "jax"],
]);

/** The function that made a framework's own variable, where one did. */
export function bareTitle(value: PyInstance): Pick<FoundLayer, "class" | "framework"> | null {
  const title = held(value, "_made_by");
  if (typeof title !== "string") return null;
  const library = title.slice(0, title.indexOf("."));
  const framework = FRAMEWORK_OF.get(library);
  return framework === undefined ? null : { class: title, framework };
}

/** Which package's array it is, by the module of its class. */
function frameworkOf({ cls: { module } }: PyInstance): Framework {
  return (["jax", "tensorflow", "theano", "keras"] as const).find((name) => module.includes(name)) ?? "numpy";
}

const RANDOM =
  /^(rand|randn|normal|uniform|standard_normal|random|random_sample|truncated_normal|gamma|beta|laplace|poisson|exponential|choice|integers|randint)$/;

function fullName(framework: Framework, called: string): string {
  const hasRandom = framework === "numpy" || framework === "keras";
  return hasRandom && RANDOM.test(called) ? `${framework}.random.${called}` : `${framework}.${called}`;
}
