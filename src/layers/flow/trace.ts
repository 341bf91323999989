/** What was computed from what while models ran on shapes, whatever the framework. */
import type { Machine } from "../../python/machine.js";
import {
  PyDict,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  Sym,
  Unknown,
  type Value,
} from "../../python/values.js";
import { isArray, isWeight } from "../arrays/instances.js";
import { Tensor } from "../tensors/tensor.js";
import { kindOf } from "./kinds.js";

/** A tensor between two operations: what is done in place makes another moment of the same value. */
export interface Moment {
  readonly value: PyObject;
  readonly from: Operation | null;
  readonly into: Operation[];
  readonly origin: Origin;
}

/** What a tensor hangs on: only on numbers and buffers, on parameters but no input, or on what a model is given. */
export type Origin = "constant" | "parameter" | "data";

/** An argument: the moments in it where it is a tensor, holds some or is one of some, else the value itself. */
export type Operand =
  | { readonly moments: readonly Moment[]; readonly isOneOf?: true }
  | { readonly value: Value };

/** One native operation on tensors. */
export interface Operation {
  /** As the framework's function is called, without the underscores of methods: `conv2d`, `add`. */
  readonly name: string;
  readonly operands: readonly Operand[];
  /** The tensors in all of them. */
  readonly inputs: readonly Moment[];
  readonly outputs: readonly Moment[];
  /** Operations are numbered as they happen. */
  readonly order: number;
  /** The run of a model it belongs to; 0 where a framework's code builds a graph outside any run. */
  readonly run: number;
}

/** A large model takes 10,000; a training loop would fill the memory. */
const MAX_OPERATIONS = 60_000;

/** What leads nowhere and still is a use: the end of a model, and code that nobody knows. */
const ENDS: ReadonlySet<string> = new Set(["returned", "escaped"]);

const traces = new WeakMap<Machine, Trace>();

/** The trace of one evaluator. */
export function traceOf(machine: Machine): Trace {
  let trace = traces.get(machine);
  if (trace === undefined) {
    trace = new Trace();
    traces.set(machine, trace);
  }
  return trace;
}

export class Trace {
  /** Runs of models inside one another; nothing is recorded outside all. */
  depth = 0;
  isPaused = false;
  /** Also runs on inputs of which not even the number of axes is known. */
  takesUnknown = false;
  /** Whether sizes come from an input that the program or its author gives. */
  hasKnownSizes = true;
  /** The model that runs is also a part of others: how often those repeat it its own run does not say. */
  isPart = false;
  operations: Operation[] = [];
  /** Number of the run that is going on. */
  run = 0;
  #runs = 0;
  /** Runs in which something happens as often as nobody knows: how many operations they have says nothing. */
  readonly openRuns = new Set<number>();
  /** Something happened that was not recorded: what is not seen to be used may be used. */
  isCut = false;
  #count = 0;
  readonly #now = new WeakMap<PyObject, Moment>();
  readonly #inputs = new WeakSet<PyObject>();
  /** Whether a tensor is a parameter of torch's: set by torch. */
  isTorchParameter: (value: PyObject) => boolean = () => false;
  /** Whether an array is the weight of a program without layers: set where arrays are bound to names. */
  isBareWeight: (value: PyObject) => boolean = () => false;

  get isRecording(): boolean {
    return this.depth > 0 && !this.isPaused;
  }

  /** Notes an operation; `changed` is a tensor it wrote to in place. */
  record(name: string, args: readonly Value[], result: Value, changed: Value | null = null): void {
    if (!this.isRecording) return;
    const operands = args.map((arg) => this.operand(arg));
    const inputs: Moment[] = [];
    for (const one of operands) if ("moments" in one) inputs.push(...one.moments);
    if (inputs.length === 0) return;
    const written = changed ?? (args.includes(result) ? null : result);
    const values = this.tensorsIn(written, true);
    if (values.length === 0 && !ENDS.has(name)) return;
    if (this.operations.length >= MAX_OPERATIONS) {
      this.isCut = true;
      return;
    }
    // The result of a layer is data, also where the layer is applied to a learned query; so is a product with
    // something nobody knows.
    const kind = kindOf({ name });
    const isData = kind === "layer" || (kind === "product" && args.some((arg) => arg instanceof Unknown));
    const origin = isData ? "data" : originOf(inputs);
    const outputs: Moment[] = [];
    const operation: Operation = { name, operands, inputs, outputs, order: this.#count++, run: this.run };
    for (const value of values) {
      const moment: Moment = { value, from: operation, into: [], origin };
      this.#now.set(value, moment);
      outputs.push(moment);
    }
    for (const moment of inputs) moment.into.push(operation);
    this.operations.push(operation);
  }

  /** What a model is given. */
  addInput(value: Value): void {
    for (const one of this.tensorsIn(value, true)) this.#inputs.add(one);
  }

  /** What a tensor is at this moment. */
  momentOf(named: PyObject): Moment {
    const value = keyOf(named);
    let moment = this.#now.get(value);
    if (moment === undefined) {
      const origin = this.originOfLeaf(value);
      moment = { value, from: null, into: [], origin };
      this.#now.set(value, moment);
    }
    return moment;
  }

  /** Whether a value has been seen. */
  isKnown(value: Value): boolean {
    return value instanceof PyObject && this.#now.has(keyOf(value));
  }

  /** Whether a value is a tensor of the trace, or holds or may be one. */
  follows(value: Value): boolean {
    return this.tensorsIn(value, false).length > 0;
  }

  /** Whether an operation took a value. */
  isUsed(value: Value): boolean {
    return value instanceof PyObject && this.isKnown(value) && this.momentOf(value).into.length > 0;
  }

  /** From now on `other` is what `value` is: a stand-in inside a layer for what the layer is given. */
  rename(value: PyObject, other: PyObject): void {
    if (value instanceof Unknown && !this.isKnown(value)) return;
    this.#now.set(keyOf(other), this.momentOf(value));
  }

  private originOfLeaf(value: PyObject): Origin {
    if (this.#inputs.has(value)) return "data";
    if (value instanceof Tensor) return this.isTorchParameter(value) ? "parameter" : "constant";
    return this.isArrayWeight(value) ? "parameter" : "data";
  }

  /** Whether a value is a weight of any framework but torch. */
  isArrayWeight(value: Value): boolean {
    return value instanceof PyInstance && (isWeight(value) || this.isBareWeight(value));
  }

  /** A model begins to run, or ends. */
  beginRun(): void {
    this.run = ++this.#runs;
    if (this.isPart) this.openRuns.add(this.run);
  }
  endRun(): void {
    this.run = 0;
  }

  /** The run that goes on is one with a loop nobody knows the length of. */
  leaveOpen(): void {
    if (this.isRecording) this.openRuns.add(this.run);
  }

  /** Begins anew: what was recorded so far can be used no more. */
  clear(): void {
    this.operations = [];
    this.isCut = false;
  }

  /** Forgets what was recorded since there were so many operations. */
  dropAfter(count: number): void {
    for (const operation of this.operations.splice(count)) {
      for (const { into } of operation.inputs) {
        const at = into.indexOf(operation);
        if (at >= 0) into.splice(at, 1);
      }
    }
  }

  private operand(value: Value): Operand {
    const found = this.tensorsIn(value, false);
    if (found.length === 0) return { value };
    const moments = found.map((one) => this.momentOf(one));
    return value instanceof Unknown && moments.length > 1 ? { moments, isOneOf: true } : { moments };
  }

  /** Tensors in nested containers; an unknown stands for those it may be, and for itself if it was computed. */
  private tensorsIn(value: Value, isResult: boolean): PyObject[] {
    if (value instanceof Tensor || isArray(value)) return [value];
    if (value instanceof PyTuple || value instanceof PyList) {
      return value.items.flatMap((item) => this.tensorsIn(item, isResult));
    }
    if (value instanceof PyDict) return [...value.values()].flatMap((item) => this.tensorsIn(item, isResult));
    if (!(value instanceof Unknown) || value instanceof Sym) return [];
    const { nameless } = value;
    if (isResult || this.#now.has(nameless) || this.#inputs.has(nameless)) return [nameless];
    if (nameless.may.length === 0 && nameless.arms.length === 0) return [];
    const found = new Set<PyObject>();
    for (const one of joined(nameless)) {
      if (this.#now.has(one)) found.add(one);
      for (const other of one.may) {
        if (other !== value) for (const tensor of this.tensorsIn(other, false)) found.add(tensor);
      }
    }
    return [...found];
  }
}

/** Of more branches, one inside or after the other, the rest are not looked at. */
const MOST_JOINED = 32;

/** An unknown value, and those of which it is one. */
function joined(value: Unknown): ReadonlySet<Unknown> {
  const found = new Set([value]);
  for (const { arms } of found) {
    for (const arm of arms) if (found.size < MOST_JOINED) found.add(arm.nameless);
  }
  return found;
}

/** A value nobody knows is the same under each name. */
const keyOf = (value: PyObject): PyObject => (value instanceof Unknown ? value.nameless : value);

function originOf(inputs: readonly Moment[]): Origin {
  const hangsOn = (wanted: Origin) => inputs.some(({ origin }) => origin === wanted);
  return hangsOn("data") ? "data" : hangsOn("parameter") ? "parameter" : "constant";
}
