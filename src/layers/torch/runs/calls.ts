/** Calls of modules while models run: what went in and what came out. */

import type { Machine } from "../../../python/machine.js";
import { PyDict, PyInstance, PyList, PyTuple, type Value } from "../../../python/values.js";
import { type Moment, traceOf } from "../../flow/trace.js";
import { type Size, Tensor } from "../../tensors/tensor.js";
import { madeBy } from "../module/moduleState.js";
import { walk } from "../module/traversal.js";
import { noteCall } from "./notes.js";

export interface ModuleCall {
  readonly module: PyInstance;
  /** Shapes of the first tensor given and the first of the result; null where it is not known. */
  readonly input: readonly Size[] | null;
  readonly output: readonly Size[] | null;
  /** The first tensor of the result as it was then; null where there is none. */
  readonly result: Moment | null;
}

/** No more are kept: a training loop makes millions. */
const MOST_CALLS = 50_000;

interface Runs {
  readonly count: number;
  readonly result: Value;
}

/** Runs of one module on the same shapes after which training's next ones are taken to end as the last did. */
const RUNS_IN_TRAINING = 2;

interface Calls {
  readonly made: ModuleCall[];
  /** Modules whose `forward` is running, outermost first. */
  readonly running: PyInstance[];
  /** What has been run already, and on which shapes: a second time tells nothing new. */
  readonly run: Map<string, Runs>;
}

const records = new WeakMap<Machine, Calls>();

function callsOf(machine: Machine): Calls {
  let calls = records.get(machine);
  if (calls === undefined) {
    calls = { made: [], running: [], run: new Map() };
    records.set(machine, calls);
  }
  return calls;
}

/** Every call of a module so far, in the order they ended. */
export const moduleCalls = (machine: Machine): readonly ModuleCall[] => callsOf(machine).made;

/** The module whose `forward` is running innermost. */
export const runningModule = (machine: Machine): PyInstance | null => callsOf(machine).running.at(-1) ?? null;

/** Forgets the calls after the first so many. */
export function dropCallsAfter(machine: Machine, count: number): void {
  const { made, run } = callsOf(machine);
  made.splice(count);
  run.clear();
}

/** `module.forward(*args, **kwargs)`, noted. */
export function runForward(machine: Machine, module: PyInstance, args: PyTuple, options: PyDict): Value {
  const trace = traceOf(machine);
  const isOutermost = trace.depth === 0;
  const { run } = callsOf(machine);
  const key = isOutermost ? keyOf(machine, module, args, options) : "";
  const before = run.get(key);
  if (isOutermost) {
    if (machine.mayTrain && before !== undefined && before.count >= RUNS_IN_TRAINING) return before.result;
    trace.isPaused =
      (!trace.takesUnknown && shapeOf([...args.items, ...options.values()]) === null) || before !== undefined;
    trace.beginRun();
    trace.addInput(args);
    trace.addInput(options);
  }
  const { running } = callsOf(machine);
  running.push(module);
  trace.depth++;
  try {
    const keywords = new Map([...options.items()].map(({ key, value }) => [String(key), value]));
    const result = machine.call(machine.getAttribute(module, "forward"), args.items, keywords);
    note(machine, module, args, options, result);
    if (isOutermost) {
      trace.record(isOneLayer(module) ? "escaped" : "returned", [result], null);
      run.set(key, { count: (before?.count ?? 0) + 1, result });
    }
    return result;
  } finally {
    trace.depth--;
    running.pop();
    if (isOutermost) {
      trace.isPaused = false;
      trace.endRun();
    }
  }
}

/** A layer of torch's, or one derived from it, that is called alone is no model: what follows it nobody knows. */
function isOneLayer({ cls, attributes }: PyInstance): boolean {
  const parts = attributes?.get("_modules");
  const isLayer = cls.mro.some(({ module }) => /^torch\.(?!nn\.modules\.module$)/.test(module));
  return isLayer && !(parts instanceof PyDict && parts.size > 0);
}

function note(machine: Machine, module: PyInstance, args: PyTuple, options: PyDict, result: Value): void {
  const { made } = callsOf(machine);
  const trace = traceOf(machine);
  if (!trace.isRecording || made.length >= MOST_CALLS) return;
  const pair = { input: shapeOf([...args.items, ...options.values()]), output: shapeOf([result]) };
  const tensor = firstTensor([result]);
  made.push({ module, ...pair, result: tensor === null ? null : trace.momentOf(tensor) });
  noteCall(machine, module, madeBy(module), pair);
}

/**
 * A module with its parts (one that is put in, taken out or replaced between two runs changes the second), whether
 * it is in training, and what it is given: the same shapes run the same operations.
 */
function keyOf(machine: Machine, module: PyInstance, args: PyTuple, options: PyDict): string {
  const given = [...args.items, ...options.values()].map((one) =>
    one instanceof Tensor
      ? one.shape.map((size) => (typeof size === "number" ? size : "?")).join()
      : one instanceof PyInstance
        ? ""
        : String(one),
  );
  const parts = [...walk(machine, module)].map((one) => one.module.id).join();
  return `${parts} ${module.attributes?.get("training")} ${given.join(" ")}`;
}

/** The shape of the first tensor, tuples and lists opened. */
export const shapeOf = (values: readonly Value[]): readonly Size[] | null =>
  firstTensor(values)?.shape ?? null;

function firstTensor(values: readonly Value[]): Tensor | null {
  for (const value of values) {
    if (value instanceof Tensor) return value;
    const inner = value instanceof PyTuple || value instanceof PyList ? firstTensor(value.items) : null;
    if (inner !== null) return inner;
  }
  return null;
}
