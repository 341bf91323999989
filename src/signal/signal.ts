/** A model and an example input → the size of the signal at each layer that has weights. */

import { kindOf } from "../layers/flow/kinds.js";
import type { Moment, Operation } from "../layers/flow/trace.js";
import type { InputShapes } from "../layers/reading/exampleInputs.js";
import type { ModelReader, ModelRun, NamedCall, RunOutcome } from "../layers/reading/model.js";
import { elements, Tensor } from "../layers/tensors/tensor.js";
import type { Diagnostic, Distribution, LayerSignal, SignalReport, Site } from "../types.js";
import { propagate } from "./propagate.js";
import type { Tensors } from "./rule.js";

/** How many samples, or how much of any size that only has a name, a declared input stands for. */
const NAMED_SIZE = 32;

/** No more remarks than a person reads. */
const MAX_REMARKS = 5;

/**
 * Std of activations and gradients, layer by layer, while a model trains for the first time on standard normal
 * inputs: those given, else those the document declares. An error where the expression builds no torch model.
 */
export function readSignal(
  reader: ModelReader,
  call: string,
  inputs: InputShapes | null,
  file: string,
): SignalReport | Extract<RunOutcome, { readonly error: string }> {
  const run = reader.run(call, inputs, NAMED_SIZE);
  if ("error" in run) return run;
  const layers = layersOf(run);
  const wanted = new Set(layers.map(({ output }) => output));
  const { spreads, ends, isReused } = propagate(run.operations, wanted, tensorsOf(run));
  const start: Site = { file, line: 1, column: 1 };
  return {
    layers: layers.map(({ name, output }): LayerSignal => ({ name, ...spreads.get(output)! })),
    diagnostics: remarks(run, ends, isReused).map(
      (message): Diagnostic => ({ severity: "warning", message, site: start }),
    ),
  };
}

interface LayerOutput {
  readonly name: string;
  readonly output: Moment;
}

/**
 * Each innermost module with weights at the end of its first call, and each weighted sum or norm that a larger
 * module makes with weights of its own: in the order they are used.
 */
function layersOf({ weights, operations, calls }: ModelRun): readonly LayerOutput[] {
  const owners = new Map(weights.map(({ storage, name }) => [storage, name]));
  const results = new Map<string, NamedCall>();
  for (const call of calls) if (!results.has(call.name)) results.set(call.name, call);
  const found = new Map<string, LayerOutput>();
  for (const operation of operations) {
    const [output] = operation.outputs;
    if (output === undefined) continue;
    for (const parameter of parametersOf(operation, owners)) {
      const owner = moduleOf(parameter);
      const call = results.get(owner);
      if (call !== undefined && (call.isInnermost || isPackedAttention(operation))) {
        if (!found.has(owner)) found.set(owner, { name: owner, output: call.result });
      } else if (MIXING.has(kindOf(operation))) {
        // A module that is never called itself stands for its weight; of others each weight stands for itself.
        const name = results.has(owner) || owner === "" ? parameter : owner;
        if (!found.has(name)) found.set(name, { name, output });
      }
    }
  }
  return [...found.values()];
}

/** What makes a layer of an operation with a weight. */
const MIXING: ReadonlySet<string> = new Set(["layer", "product", "norm"]);

/** torch's multi-head attention holds a layer that it does not call. */
const isPackedAttention = ({ name }: Operation): boolean => name === "_projection";

const parametersOf = (operation: Operation, owners: ReadonlyMap<unknown, string>): readonly string[] =>
  operation.inputs.flatMap(({ value, origin }) => {
    const name = origin === "parameter" && value instanceof Tensor ? owners.get(value.storage) : undefined;
    return name === undefined ? [] : [name];
  });

const moduleOf = (parameter: string): string => parameter.slice(0, Math.max(0, parameter.lastIndexOf(".")));

function tensorsOf({ machine, weights }: ModelRun): Tensors {
  const laws = new Map(weights.map((weight) => [weight.storage, weight]));
  const known = new Map<unknown, Distribution | null>();
  return {
    law: ({ storage }) => {
      if (!known.has(storage)) known.set(storage, laws.get(storage)?.describe().current ?? null);
      return known.get(storage) ?? null;
    },
    elements: (tensor) => elements(machine, tensor),
  };
}

/** What is not known, and why. */
function remarks(
  { failure, isComplete }: ModelRun,
  ends: readonly Operation[],
  isReused: boolean,
): readonly string[] {
  const names = [...new Set(ends.map(({ name }) => name.replace(/^_/, "")))];
  return [
    ...(failure === null ? [] : [`On the example input the model fails: ${failure}`]),
    ...(isReused
      ? ["Layers that share weights, or begin as copies, are added up: the sum is not derived"]
      : []),
    ...(isComplete ? [] : ["A part of the model is not known"]),
    ...names
      .slice(0, MAX_REMARKS)
      .map((name) => `What ${name} does to the size of the signal is not derived`),
  ];
}
