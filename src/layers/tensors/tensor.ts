/**
 * A tensor as the evaluator sees it: a shape of ints, symbols and unknowns, its elements where they are
 * few and known, and the history of what was drawn into its memory. Shared by all array frameworks.
 *
 * Views share their base's storage, so that a write through `.data`, a slice or a transpose is seen.
 */

import { fillsAnew } from "../../init/inPlaceCalls.js";
import { LOADED } from "../../init/loaded.js";
import type { Machine } from "../../python/machine.js";
import {
  evaluations,
  type Journaled,
  type Merger,
  type PyClass,
  PyObject,
  type Span,
  Unknown,
} from "../../python/values.js";
import type { Distribution } from "../../types.js";
import { type DType, roundTo } from "./dtypes.js";
import { type Moment, momentOf } from "./randomState.js";
import { isFromBefore, memories } from "./trainingState.js";

/** A length: an int, or unknown (a Sym where it is an expression of named unknowns). */
export type Size = number | Unknown;

/** A length nobody knows: one length all the same, where a shape may stand as well. */
export class UnknownSize extends Unknown {}

/** An argument of a step, as far as it is known. */
export type StepArgument = number | string | boolean | null | Unknown;

/** One thing that happened to a storage's elements; a list from the newest to the oldest. */
export interface Step {
  /** `empty`, `kaiming_uniform_`, `mul`, `unknown` … */
  readonly op: string;
  readonly args: ReadonlyMap<string, StepArgument>;
  /** Shape of the view it was applied to. */
  readonly shape: readonly Size[];
  /** Which part of the storage; null for the whole. */
  readonly part: Layout | "some" | null;
  /** The call expressions in which it happened, innermost first. */
  readonly calls: readonly Span[];
  readonly previous: Step | null;
  /** What its elements are drawn from, where another framework drew them. */
  readonly law?: Distribution;
  /** Where torch's generator stood when it was drawn; left out where nobody knows. */
  readonly moment?: Moment;
}

/** Where a view's elements are in its storage. */
export interface Layout {
  readonly offset: number;
  readonly strides: readonly number[];
}

/**
 * Known elements: all of them, or one number that fills the storage; null where they are not known.
 * Bigger arrays are not kept: relative position tables of the largest published models fit.
 */
export type Content = Float64Array | Deferred | number | null;
export const MAX_KNOWN_ELEMENTS = 1 << 20;

const NO_ARGUMENTS: ReadonlyMap<string, StepArgument> = new Map();

/** How a program wrote to memory and where its layer's own constructor had ended. */
interface StorageState {
  readonly history: Step | null;
  readonly content: Content;
  readonly defaultEnd: Step | null;
  readonly isTrained: boolean;
}

/** The memory under a tensor and all its views. */
export class Storage implements Journaled<StorageState> {
  readonly born = evaluations.count;
  /** Its place among all that was made. */
  readonly order = memories.count++;
  /** The newest step. */
  history: Step | null = null;
  /** The newest step at the end of the framework's own constructor. */
  defaultEnd: Step | null = null;
  /** Whether an optimizer has it. */
  isTrained = false;

  constructor(
    /** Number of elements. */
    readonly size: Size,
    public content: Content,
  ) {}

  snapshot(): StorageState {
    const { history, content, defaultEnd, isTrained } = this;
    return { history, content, defaultEnd, isTrained };
  }
  restore(state: StorageState): void {
    this.history = state.history;
    this.content = state.content;
    this.defaultEnd = state.defaultEnd;
    this.isTrained = state.isTrained;
  }
  merge(first: StorageState, second: StorageState, merger: Merger): StorageState {
    const reason = merger.unknown("what is drawn here").reason;
    return {
      history: mergedHistory(first.history, second.history, reason),
      content: first.content === second.content ? first.content : null,
      defaultEnd: first.defaultEnd ?? second.defaultEnd,
      isTrained: first.isTrained && second.isTrained,
    };
  }
}

/** The history of memory in which either happened. */
function mergedHistory(first: Step | null, second: Step | null, reason: string): Step | null {
  if (first === second || isSameStep(first, second)) return first;
  return (
    perhapsLoaded(first, second) ??
    perhapsLoaded(second, first) ??
    unknownStep(reason, [], commonStep(first, second))
  );
}

/** Whether one call did the same to the same memory in both branches. */
function isSameStep(first: Step | null, second: Step | null): boolean {
  if (first === null || second === null) return false;
  const [one, other] = [first, second].map(({ op, part, law, calls }) =>
    JSON.stringify([op, part, law, calls]),
  );
  return (
    one === other &&
    first.previous === second.previous &&
    first.moment === second.moment &&
    first.shape.every((size, axis) => size === second.shape[axis]) &&
    [...first.args].every(([name, value]) => value === second.args.get(name))
  );
}

/** Where one of them only loads what a file holds into what the other drew or copied, that is what is drawn. */
function perhapsLoaded(one: Step | null, other: Step | null): Step | null {
  const { drawn, loaded } = originOf(one, other);
  if (loaded === null || (drawn !== other && drawn !== originOf(other, null).drawn)) return null;
  return { ...loaded, args: new Map([["certain", false]]), previous: other };
}

/** The step before all that loads a file or copies the whole, up to one; and the newest of these that loads. */
function originOf(newest: Step | null, end: Step | null) {
  let [drawn, loaded]: [Step | null, Step | null] = [newest, null];
  while (drawn !== null && drawn !== end && (drawn.op === LOADED || isCopy(drawn))) {
    if (drawn.op === LOADED) loaded ??= drawn;
    drawn = drawn.previous;
  }
  return { drawn, loaded };
}

/** A whole copy has the law of what was copied. */
export const isCopy = ({ op, part }: Step): boolean => op === "copy" && part === null;

/** The newest step of both; each history is followed only as far as they differ, because they grow long. */
function commonStep(first: Step | null, second: Step | null): Step | null {
  const seen = new Set<Step>();
  let [step, other] = [first, second];
  while (step !== null || other !== null) {
    if (step !== null) {
      if (seen.has(step)) return step;
      seen.add(step);
    }
    [step, other] = [other, step?.previous ?? null];
  }
  return null;
}

/** Something unknown was written, and why. */
export function unknownStep(reason: string, shape: readonly Size[], previous: Step | null): Step {
  return {
    op: "unknown",
    args: new Map([["reason", reason]]),
    shape,
    part: null,
    calls: [],
    previous,
  };
}

interface TensorState {
  readonly shape: readonly Size[];
  readonly dtype: DType;
  readonly storage: Storage;
  readonly layout: Layout | null;
  readonly covers: boolean;
  readonly requiresGrad: boolean;
  readonly attributes: unknown;
}

/** A view of a storage, with an identity of its own. */
export class Tensor extends PyObject {
  shape: readonly Size[] = [];
  dtype: DType = "float32";
  storage: Storage = NO_STORAGE;
  /** null: row-major over the whole storage (or, for sizes not known, nobody knows). */
  layout: Layout | null = null;
  /** Whether writing every element of the view writes the whole storage. */
  covers = true;
  requiresGrad = false;
  /** Call expressions that made it, innermost first. */
  made: readonly Span[] = [];

  override snapshot(): unknown {
    const state: TensorState = {
      shape: this.shape,
      dtype: this.dtype,
      storage: this.storage,
      layout: this.layout,
      covers: this.covers,
      requiresGrad: this.requiresGrad,
      attributes: super.snapshot(),
    };
    return state;
  }
  override restore(state: TensorState): void {
    this.shape = state.shape;
    this.dtype = state.dtype;
    this.storage = state.storage;
    this.layout = state.layout;
    this.covers = state.covers;
    this.requiresGrad = state.requiresGrad;
    super.restore(state.attributes);
  }
  override merge(first: TensorState, second: TensorState, merger: Merger): unknown {
    const sameMemory = first.storage === second.storage && first.layout === second.layout;
    const storage = sameMemory ? first.storage : new Storage(merger.unknown("this tensor's size"), null);
    const shape =
      first.shape.length === second.shape.length
        ? first.shape.map((size, axis) => merger.value(size, second.shape[axis]) as Size)
        : first.shape.map(() => merger.unknown("this tensor's shape"));
    if (!sameMemory) storage.history = unknownStep(merger.unknown("what is drawn here").reason, shape, null);
    return {
      ...first,
      shape,
      storage,
      attributes: super.merge(first.attributes, second.attributes, merger),
    };
  }
  get rank(): number {
    return this.shape.length;
  }
}
const NO_STORAGE = new Storage(0, null);

// ── making ───────────────────────────────────────────────────────────────────

/** The number of elements: unknown if a size is. */
export function count(machine: Machine, shape: readonly Size[]): Size {
  let product: Size = 1;
  for (const size of shape) {
    product =
      typeof size === "number" && typeof product === "number"
        ? product * size
        : (machine.binary("*", product, size) as Size);
  }
  return product;
}

/** A tensor with memory of its own. `content` is in row-major order. */
export function makeTensor(
  machine: Machine,
  cls: PyClass,
  shape: readonly Size[],
  dtype: DType,
  content: Content,
  step: {
    op: string;
    args?: ReadonlyMap<string, StepArgument>;
    previous?: Step | null;
    law?: Distribution | undefined;
  },
): Tensor {
  const tensor = new Tensor(cls);
  const size = count(machine, shape);
  tensor.shape = shape;
  tensor.dtype = dtype;
  tensor.storage = new Storage(size, typeof content === "number" ? roundTo(dtype, content) : content);
  tensor.storage.history = {
    op: step.op,
    args: step.args ?? NO_ARGUMENTS,
    shape,
    part: null,
    calls: machine.callStack(),
    previous: step.previous ?? null,
    ...(step.law === undefined ? {} : { law: step.law }),
    ...drawnAt(machine, step.op, size),
  };
  return tensor;
}

/** Another view of the same memory; `layout` null keeps row-major order over the whole. */
export function viewOf(
  base: Tensor,
  shape: readonly Size[],
  layout: Layout | null,
  covers: boolean,
  cls: PyClass = base.cls,
): Tensor {
  const view = new Tensor(cls);
  view.shape = shape;
  view.dtype = base.dtype;
  view.storage = base.storage;
  view.layout = layout;
  view.covers = covers;
  view.requiresGrad = base.requiresGrad;
  return view;
}

/** All sizes as numbers, or null. */
export function concrete(shape: readonly Size[]): readonly number[] | null {
  return shape.every((size) => typeof size === "number") ? (shape as readonly number[]) : null;
}

export function rowMajor(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Where the elements are; null where sizes are not known. */
export function layoutOf(tensor: Tensor): Layout | null {
  if (tensor.layout !== null) return tensor.layout;
  const shape = concrete(tensor.shape);
  return shape === null || !tensor.covers ? null : { offset: 0, strides: rowMajor(shape) };
}

/** Calls back with the storage position of each element, in row-major order of the view. */
export function eachPosition(
  shape: readonly number[],
  { offset, strides }: Layout,
  visit: (position: number) => void,
): void {
  const rank = shape.length;
  if (shape.includes(0)) return;
  const index = new Array<number>(rank).fill(0);
  let position = offset;
  for (;;) {
    visit(position);
    let axis = rank - 1;
    for (; axis >= 0; axis--) {
      position += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      position -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

// ── reading and writing elements ─────────────────────────────────────────────

/** The number every element is, if that is known. */
export function fillValue(tensor: Tensor): number | null {
  return typeof tensor.storage.content === "number" ? tensor.storage.content : null;
}

/** Counts numbers about to be made: in a typed array each takes an eighth of what a Python object does. */
export function reserve(machine: Machine, numbers: number): void {
  machine.allocate(numbers >> 3);
}

/** The elements in row-major order; null where they are not known or too many. Do not change it. */
export function elements(machine: Machine, tensor: Tensor): Float64Array | null {
  const { layout } = tensor;
  const shape = knownShape(tensor);
  return shape && arranged(machine, tensor.storage.content!, shape, layout);
}

/** Of a shape whose sizes are known. */
export const elementCount = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);

/** The sizes of a tensor whose elements are known and not too many. */
export function knownShape({ shape, storage }: Tensor): readonly number[] | null {
  const sizes = storage.content === null ? null : concrete(shape);
  return sizes !== null && elementCount(sizes) <= MAX_KNOWN_ELEMENTS ? sizes : null;
}

/** Of a content, those that a view shows. */
function arranged(
  machine: Machine,
  content: NonNullable<Content>,
  shape: readonly number[],
  layout: Layout | null,
): Float64Array {
  const total = elementCount(shape);
  if (typeof content === "number") {
    reserve(machine, total);
    return new Float64Array(total).fill(content);
  }
  const all = content instanceof Deferred ? content.values(machine) : content;
  if (layout === null) return all;
  reserve(machine, total);
  const values = new Float64Array(total);
  let i = 0;
  eachPosition(shape, layout, (position) => {
    values[i++] = all[position]!;
  });
  return values;
}

// ── elements that nobody may ask for ─────────────────────────────────────────

/** Fewer are computed at once. */
const MANY = 1 << 12;
/** One computed of another, and so on: more are not kept waiting. */
const MAX_WAITING = 32;
/** Each write that waits copies all there was: only where it writes one in so many of them. */
const MOST_COPIED = 4;

/** Arrays that others read as well: whoever writes takes one of its own. */
const SHARED = new WeakSet<Float64Array>();

/** Elements that are computed when they are asked for: most of what a forward pass makes of a mask never is. */
export class Deferred {
  #values: Float64Array | null = null;
  #compute: ((machine: Machine) => Float64Array) | null;

  constructor(
    compute: (machine: Machine) => Float64Array,
    /** How many wait on each other in it. */
    readonly depth: number,
  ) {
    this.#compute = compute;
  }

  values(machine: Machine): Float64Array {
    if (this.#values === null) {
      this.#values = this.#compute!(machine);
      this.#compute = null;
      SHARED.add(this.#values);
    }
    return this.#values;
  }
}

/** What follows from the elements that known tensors have now; computed at once where there are few. */
export function following(
  machine: Machine,
  sources: readonly Tensor[],
  count: number,
  compute: (...elements: Float64Array[]) => Float64Array,
): Float64Array | Deferred {
  const depth = 1 + Math.max(0, ...sources.map(({ storage }) => waiting(storage.content)));
  const held = sources.map(({ storage, shape, layout }) => {
    const content = storage.content!;
    if (content instanceof Float64Array && count >= MANY) SHARED.add(content);
    return (asking: Machine) => arranged(asking, content, concrete(shape)!, layout);
  });
  const answer = (asking: Machine) => {
    asking.spend(count >> 3);
    return compute(...held.map((one) => one(asking)));
  };
  return mayWait(count, depth) ? new Deferred(answer, depth) : answer(machine);
}

/** Whether so many elements, computed of others that wait on each other, are left until somebody asks. */
const mayWait = (count: number, depth: number): boolean => count >= MANY && depth <= MAX_WAITING;

const waiting = (content: Content): number => (content instanceof Deferred ? content.depth : 0);

/** What a write puts there: elements in row-major order, one number for all, or nobody knows. */
export type Written = Content;

/** Writes to every element of the view, and to its history. */
export function write(
  machine: Machine,
  tensor: Tensor,
  written: Written,
  step: { op: string; args?: ReadonlyMap<string, StepArgument> },
): void {
  const { storage } = tensor;
  machine.touch(storage);
  if (isTraining(machine, storage, step.op)) {
    storage.content = null;
    return;
  }
  storage.content = contentAfter(machine, tensor, written);
  storage.history = {
    op: step.op,
    args: step.args ?? NO_ARGUMENTS,
    shape: tensor.shape,
    part: tensor.covers ? null : (layoutOf(tensor) ?? "some"),
    calls: machine.callStack(),
    previous: storage.history,
    ...drawnAt(machine, step.op, storage.size),
  };
}

/**
 * Whether a write to a weight is part of training: anything once its optimizer works; of what follows a trained
 * weight, as the average of a teacher does, what does not draw it anew.
 */
export function isTraining(machine: Machine, storage: Storage, op: string): boolean {
  if (!isFromBefore(machine, storage.order)) return false;
  return storage.isTrained || (storage.defaultEnd !== null && !fillsAnew(op));
}

function drawnAt(machine: Machine, op: string, size: Size): Pick<Step, "moment"> {
  const moment = momentOf(machine, op, size);
  return moment === undefined ? {} : { moment };
}

function contentAfter(machine: Machine, tensor: Tensor, written: Written): Content {
  const { storage, dtype } = tensor;
  if (written === null) return null;
  if (typeof written === "number" && tensor.covers) return roundTo(dtype, written);
  const shape = concrete(tensor.shape);
  const layout = layoutOf(tensor);
  if (shape === null || layout === null) return null;
  const { size, content } = storage;
  if (typeof size !== "number" || size > MAX_KNOWN_ELEMENTS) return null;
  if (content === null && !tensor.covers) return null;
  const count = elementCount(shape);
  const put = (asking: Machine, values: Float64Array) => {
    asking.spend(count >> 3);
    const given = written instanceof Deferred ? written.values(asking) : written;
    let i = 0;
    eachPosition(shape, layout, (position) => {
      values[position] = roundTo(dtype, typeof given === "number" ? given : given[i++]!);
    });
    return values;
  };
  const depth = 1 + Math.max(waiting(content), waiting(written));
  if (!mayWait(count, depth) || count * MOST_COPIED < size)
    return put(machine, ownElements(machine, content, size));
  for (const one of [content, written]) if (one instanceof Float64Array) SHARED.add(one);
  return new Deferred((asking) => put(asking, ownElements(asking, content, size)), depth);
}

/** An array that may be changed: a branch that is undone must find the old one untouched. */
function ownElements(machine: Machine, content: Content, size: number): Float64Array {
  if (content instanceof Float64Array && !machine.inBranch && !SHARED.has(content)) return content;
  reserve(machine, size);
  if (content instanceof Float64Array) return content.slice();
  if (content instanceof Deferred) return content.values(machine).slice();
  return new Float64Array(size).fill(content ?? 0);
}

/** Puts another tensor's elements and history over the whole memory of one. */
export function takeOver(machine: Machine, { storage }: Tensor, content: Content, history: Step): void {
  machine.touch(storage);
  const isTrained = isTraining(machine, storage, history.op);
  storage.content = isTrained ? null : content;
  if (!isTrained) storage.history = history;
}

/** Something nobody knows may have written here. */
export function spoil(machine: Machine, tensor: Tensor, reason: string): void {
  machine.touch(tensor.storage);
  tensor.storage.content = null;
  if (isTraining(machine, tensor.storage, "unknown")) return;
  tensor.storage.history = unknownStep(reason, tensor.shape, tensor.storage.history);
}

/** The end of the framework's own constructor: what is drawn so far is the default. */
export function endDefault(machine: Machine, tensor: Tensor): void {
  machine.touch(tensor.storage);
  tensor.storage.defaultEnd = tensor.storage.history;
}

/** Whether an operand is neither tensor nor number that anybody knows. */
export const isUnknown = (value: unknown): value is Unknown => value instanceof Unknown;
