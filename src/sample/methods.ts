import { analyse } from "../analysis.js";
import { FileStore } from "../fileStore.js";
import { drawPart, joinParts } from "./parts.js";
import type { AnalyseRequest, Argument, FileText, Method, Result } from "./protocol.js";
import { sampleSteps } from "./sample.js";

/**
 * Work in steps of at most a few milliseconds, each yielding the fraction done, so that one worker can
 * serve several calls at once and hear of a cancellation.
 */
export type Steps<R> = Generator<number, R>;

/** What a worker can do: work in steps, or a promise where a library sets the pace. */
export const METHODS: {
  readonly [M in Method]: (argument: Argument<M>) => Steps<Result<M>> | Promise<Result<M>>;
} = {
  sample: sampleSteps,
  drawPart,
  joinParts,
  analyse: analyseWithFiles,
  setFile,
};

/** Files that imports lead to, for as long as this worker lives; what is missing is asked for again. */
const files = new FileStore();

async function analyseWithFiles({ scope, document }: AnalyseRequest): Promise<Result<"analyse">> {
  const reader = files.reader(scope);
  const analysis = analyse(document, reader);
  return { analysis, wanted: [...reader.wanted] };
}

async function setFile({ scope, path, text }: FileText): Promise<void> {
  files.set(scope, path, text);
}
