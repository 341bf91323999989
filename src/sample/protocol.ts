import type { AnalysisChange } from "../analysisChange.js";
import type { Bundle } from "../charts/bundle.js";
import type { Payload, PayloadInput } from "../charts/payload.js";
import type { CloserRequest } from "../preview/closerSteps.js";
import type { Mentions } from "../source/namesInText.js";
import type { Analysis, ModelReport, SignalReport, SourceDocument } from "../types.js";
import type { DrawnPart, PartRequest } from "./parts.js";
import type { SampleRequest, SampleResult } from "./request.js";
import type { StatisticsRequest, WeightStatistics } from "./statistics.js";

/**
 * What passes between the extension and its workers. A method is one row here, one in `methods.ts`.
 * Arguments and results are plain data: they are copied from thread to thread.
 */
export interface WorkerMethods {
  sample(request: SampleRequest): SampleResult;
  /** Some of the blocks of a request, so that several workers can share it. */
  drawPart(part: PartRequest): DrawnPart;
  /** The result from all parts of a request, in order. */
  joinParts(drawn: { readonly request: SampleRequest; readonly parts: readonly DrawnPart[] }): SampleResult;
  /** What else a drawn weight shows: singular values, equal units, flat activations. */
  statistics(request: StatisticsRequest): WeightStatistics;
  /** Draws a closer look at a layer and makes the data of its chart. */
  lookCloser(request: CloserRequest): PayloadInput;
  analyse(asked: AnalyseRequest): Analysed;
  /** What each file says about definitions and calls; null for what is not there. */
  mentions(files: readonly FileText[]): readonly (FileMentions | null)[];
  /** Builds the models of a module: those it makes by itself, then those asked for. */
  models(asked: ModelsRequest): Models;
  /** The size of the signal through a model of a module. */
  signal(asked: SignalRequest): Signal;
  /** Checks the data of a chart. */
  makePayload(parts: PayloadInput): Payload;
  /** The same, as a notebook keeps it. */
  makeBundle(parts: PayloadInput): Bundle;
}

/** A module to read. */
export interface ModuleRequest {
  /** The host on which its path and those of its imports are. */
  readonly scope: string;
  readonly document: SourceDocument;
  /** Folders that imports resolve in. */
  readonly roots: readonly string[];
  readonly sitePackages: readonly string[];
  /** Files and folders that changed, came or went: what is known of them is forgotten. */
  readonly changed: readonly string[];
  /** What is new about other files; the worker keeps it for later analyses. */
  readonly files: readonly FileText[];
}

/** A module to analyse. */
export interface AnalyseRequest extends ModuleRequest {
  /** The number of the answer for this document that the asker holds. */
  readonly held?: number;
  /** Paths of files that may call what the module defines. */
  readonly callers?: readonly string[];
  readonly shown?: ShownCalls;
}

/** The calls that a reader wants a document's layers shown for. */
export interface ShownCalls {
  /** Keys of calls that programs make. */
  readonly chosen: readonly string[];
  /** Calls that stand nowhere, as if the document ended with them. */
  readonly expressions: readonly string[];
}

/** What a file of a workspace says to its others. */
export interface FileMentions extends Mentions {
  readonly mayBuildModels: boolean;
}

/** A module whose models are wanted. */
export interface ModelsRequest extends ModuleRequest {
  /** Whether those that need no arguments are wanted too. */
  readonly withOwn: boolean;
  /** Expressions besides those that need no arguments: `GPT(GPTConfig())`. */
  readonly calls: readonly string[];
}

export interface Models {
  readonly reports: readonly ModelReport[];
  /** The expressions asked for that build no model, and why. */
  readonly failures: readonly { readonly call: string; readonly error: string }[];
  readonly asked: readonly string[];
  readonly wanted: readonly string[];
}

/** A model whose signal is wanted. */
export interface SignalRequest extends AnalyseRequest {
  readonly call: string;
  /** Shapes of what it is given, as people write them; null for what the document declares. */
  readonly input: string | null;
}

export interface Signal {
  /** `needsInput`: nobody says what the model is given. */
  readonly outcome: SignalReport | { readonly error: string; readonly needsInput?: boolean };
  readonly asked: readonly string[];
  readonly wanted: readonly string[];
}

/** The text of a file, `null` where there is none. */
export interface FileText {
  readonly path: string;
  readonly text: string | null;
}

export interface Analysed {
  readonly number: number;
  /** In full; null where `change` says how it differs from the answer that is held. */
  readonly analysis: Analysis | null;
  readonly change: AnalysisChange | null;
  /** Every path that imports led to, there or not. */
  readonly asked: readonly string[];
  /** Those it would have read too, had they been among the files. */
  readonly wanted: readonly string[];
}

export type Method = keyof WorkerMethods;
export type Argument<M extends Method> = Parameters<WorkerMethods[M]>[0];
export type Result<M extends Method> = ReturnType<WorkerMethods[M]>;

/** One call, its method and argument belonging together. */
export type Call = { [M in Method]: { readonly method: M; readonly argument: Argument<M> } }[Method];

/** From the extension to a worker. */
export type ToWorker =
  | { readonly type: "call"; readonly id: number; readonly call: Call }
  | { readonly type: "cancel"; readonly id: number };

/** From a worker to the extension. Every call ends in one of `result`, `error`, `cancelled`. */
export type FromWorker =
  /** `done` is the fraction of the work done. */
  | { readonly type: "progress"; readonly id: number; readonly done: number }
  | { readonly type: "result"; readonly id: number; readonly result: Result<Method> }
  | { readonly type: "error"; readonly id: number; readonly name: string; readonly message: string }
  | { readonly type: "cancelled"; readonly id: number };
