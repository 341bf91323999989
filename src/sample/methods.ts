import { analyse } from "../analysis.js";
import { changeBetween } from "../analysisChange.js";
import { AnalysisSession } from "../analysisSession.js";
import { FileStore } from "../fileStore.js";
import { inputShapes } from "../layers/reading/exampleInputs.js";
import { ModelReader } from "../layers/reading/model.js";
import { closerSteps } from "../preview/closerSteps.js";
import { ProgramCache } from "../python/evaluator.js";
import { readSignal } from "../signal/signal.js";
import { mayBuildModels, modelCandidates } from "../source/modelCandidates.js";
import { codeIn, mentionsIn } from "../source/namesInText.js";
import { drawPart, joinParts } from "./parts.js";
import type {
  AnalyseRequest,
  Argument,
  FileMentions,
  FileText,
  Method,
  ModelsRequest,
  Result,
  SignalRequest,
} from "./protocol.js";
import { sampleSteps } from "./sample.js";
import { statisticsSteps } from "./statistics.js";

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
  statistics: statisticsSteps,
  lookCloser: closerSteps,
  analyse: analyseWithFiles,
  mentions: mentionSteps,
  models: modelsWithFiles,
  signal: signalWithFiles,
  makePayload: async (parts) => (await charts()).makePayload(parts),
  makeBundle: async (parts) => {
    const { makePayload, chartBundle } = await charts();
    return chartBundle(makePayload(parts));
  },
};

/** Files that imports lead to, for as long as this worker lives; what is missing is asked for again. */
const known = new FileStore();
let cache = new ProgramCache();
/** More parsed files than a project's models read; between two analyses all are let go. */
const MAX_PROGRAMS = 1000;
/** What is kept of documents between their edits, the one analysed last at the end. */
const sessions = new Map<string, AnalysisSession>();
/** People edit a few documents at a time; each keeps its parts. */
const MOST_SESSIONS = 16;
/** How many analyses this worker has answered. */
let answers = 0;

function programs(): ProgramCache {
  if (cache.size > MAX_PROGRAMS) {
    cache = new ProgramCache();
    sessions.clear();
  }
  return cache;
}

function sessionOf(document: string): AnalysisSession {
  const session = sessions.get(document) ?? new AnalysisSession();
  sessions.delete(document);
  sessions.set(document, session);
  for (const oldest of [...sessions.keys()].slice(0, -MOST_SESSIONS)) sessions.delete(oldest);
  return session;
}

async function analyseWithFiles({
  scope,
  document,
  roots,
  sitePackages,
  changed,
  files,
  held,
  callers = [],
  shown,
}: AnalyseRequest): Promise<Result<"analyse">> {
  known.forget(scope, changed);
  for (const { path, text } of files) known.set(scope, path, text);
  const reader = known.reader(scope);
  const parsed = programs();
  const session = sessionOf(`${scope} ${document.file}`);
  const options = { roots, sitePackages, cache: parsed, session, callers, now: Date.now, ...shown };
  const analysis = analyse(document, reader, options);
  const { answer } = session;
  const isHeld = answer !== null && answer.number === held;
  session.answer = { number: ++answers, analysis };
  return {
    number: answers,
    analysis: isHeld ? null : analysis,
    change: isHeld ? changeBetween(answer.analysis, analysis) : null,
    asked: [...reader.asked],
    wanted: [...reader.wanted],
  };
}

function* mentionSteps(files: readonly FileText[]): Steps<Result<"mentions">> {
  const found: (FileMentions | null)[] = [];
  for (const { path, text } of files) {
    found.push(
      text === null
        ? null
        : { ...mentionsIn(path, text), mayBuildModels: mayBuildModels(codeIn(path, text)) },
    );
    yield found.length / files.length;
  }
  return found;
}

/** One model may take this long, in milliseconds: nobody waits for it to type. */
const MODEL_TIME = 15_000;

/** Reads models from a module and the files that came with the request. */
function modelReader({ scope, document, roots, sitePackages, changed, files }: AnalyseRequest) {
  known.forget(scope, changed);
  for (const { path, text } of files) known.set(scope, path, text);
  const reader = known.reader(scope);
  const budgets = { milliseconds: MODEL_TIME };
  const cache = programs();
  const models = new ModelReader(document, { reader, roots, sitePackages, cache, budgets, now: Date.now });
  return { models, reader };
}

async function signalWithFiles(asked: SignalRequest): Promise<Result<"signal">> {
  const { models, reader } = modelReader(asked);
  const { call, input, document } = asked;
  const outcome = readSignal(models, call, input === null ? null : inputShapes(input), document.file);
  return { outcome, asked: [...reader.asked], wanted: [...reader.wanted] };
}

async function modelsWithFiles(asked: ModelsRequest): Promise<Result<"models">> {
  const { document, calls, withOwn } = asked;
  const { models, reader } = modelReader(asked);
  const text = document.cells.map((cell) => cell.text).join("\n");
  const own = withOwn ? modelCandidates(text).map((call) => models.read(call)) : [];
  const others = calls.map((call) => ({ call, outcome: models.read(call) }));
  return {
    reports: [...own, ...others.map(({ outcome }) => outcome)].flatMap((outcome) =>
      "error" in outcome || outcome.parameters.length === 0 ? [] : [outcome],
    ),
    failures: others.flatMap(({ call, outcome }) =>
      "error" in outcome ? [{ call, error: outcome.error }] : [],
    ),
    asked: [...reader.asked],
    wanted: [...reader.wanted],
  };
}

/** Charts are large: a worker that draws none does not evaluate them. */
async function charts() {
  const [{ chartBundle }, { makePayload }] = await Promise.all([
    import("../charts/bundle.js"),
    import("../charts/payload.js"),
  ]);
  return { chartBundle, makePayload };
}
