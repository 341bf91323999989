/** The one pure function: a document and a way to read imported files → everything known of it. */
import type { AnalysisSession, MadeLayer } from "./analysisSession.js";
import {
  activationOf,
  adviceFor,
  branchesOf,
  isDirectlyActivated,
  isNormalized,
  mainWeight,
  schemesFor,
  slopeOf,
} from "./init/advice.js";
import { judged } from "./init/loaded.js";
import { findings } from "./init/rules.js";
import { readCaffeNet } from "./layers/caffe/net.js";
import { filledLater } from "./layers/patterns/filledLater.js";
import { idleVisits } from "./layers/patterns/idleVisits.js";
import { missingParameters } from "./layers/patterns/missingParameters.js";
import { patterns } from "./layers/patterns/patterns.js";
import { reservedArrays } from "./layers/patterns/reservedArrays.js";
import { expressionFile } from "./layers/reading/callers.js";
import { type CallSite, callSites, joinSites } from "./layers/reading/callSites.js";
import type { InputShapes } from "./layers/reading/exampleInputs.js";
import { named } from "./layers/reading/movedParts.js";
import { observationsOf } from "./layers/reading/observed.js";
import { readPython } from "./layers/reading/pythonReading.js";
import { type Shown, shownBuilds, type Variant } from "./layers/reading/shownBuilds.js";
import { boundTo } from "./layers/reading/targets.js";
import { initSteps } from "./layers/tensors/steps.js";
import { flowReport } from "./layers/torch/runs/flowReport.js";
import { ModuleText } from "./python/documents/moduleText.js";
import { FAILED, STOPPED } from "./python/errors.js";
import type { ProgramCache } from "./python/evaluator.js";
import type { Statement } from "./python/syntax/ast.js";
import type { Span } from "./python/values.js";
import { siteKey } from "./sites.js";
import { withCallFixes } from "./source/findingFixes.js";
import type {
  Analysis,
  Diagnostic,
  FileReader,
  Finding,
  Flow,
  Layer,
  LayerCall,
  Observation,
  ShapeCount,
  Site,
  SourceDocument,
} from "./types.js";

export interface AnalysisOptions {
  /** Folders that imports resolve in: those of the project, then those of installed packages. */
  readonly roots?: readonly string[];
  readonly sitePackages?: readonly string[];
  /** A clock in milliseconds; without it only the number of steps is bounded. */
  readonly now?: () => number;
  /** Shapes of an example input, one a tensor, for every model that no comment speaks of. */
  readonly inputs?: InputShapes | null;
  /** Parsed files of earlier analyses. */
  readonly cache?: ProgramCache;
  /** Other files of the project that may call what the document defines. */
  readonly callers?: readonly string[];
  /** Keys of the calls whose shapes are wanted; a layer that is built for none of them shows all of its. */
  readonly chosen?: readonly string[];
  /** Calls to evaluate at the end of the document, as if it ended with them. */
  readonly expressions?: readonly string[];
  /** What is kept of this document between its edits; one a document. */
  readonly session?: AnalysisSession;
}

/** No more remarks on what could not be evaluated than a person would read. */
const MAX_REMARKS = 50;

/** No model is written in a file so long; reading one takes a gigabyte. */
const MAX_CHARACTERS = 2_000_000;

/**
 * Analyses a document: a Python file, the cells of a notebook as one module, or a Caffe net. Never runs
 * the code and never throws because of it. Where `reader` answers `undefined` ("not loaded yet"), load
 * the file and analyse again.
 */
export function analyse(
  document: SourceDocument,
  reader: FileReader,
  options: AnalysisOptions = {},
): Analysis {
  if (document.cells.reduce((sum, { text }) => sum + text.length, 0) > MAX_CHARACTERS)
    return tooLong(document);
  const source = new ModuleText(document);
  const { sites, observations, statements, filled, siteOf, textOf, diagnostics, flow } =
    document.file.endsWith(".prototxt") ? readNet(source) : readModule(source, reader, options);
  const chosen = new Set([...(options.chosen ?? []), ...(options.expressions ?? []).map(expressionKey)]);
  const { session } = options;
  const make = (site: CallSite) =>
    madeAt(site, shownBuilds(site, chosen, textOf), { file: source.file, siteOf });
  const chosenText = [...chosen].join("\n");
  const made = sites.map((site) => session?.made.keep(site, chosenText, () => make(site)) ?? make(site));
  const bareLayers = made.map(({ layer }) => layer);
  const layers = session?.bare.keep(bareLayers) ?? bareLayers;
  const variants = new Map(layers.map((layer, at) => [judged(layer), made[at]!.variants.map(judged)]));
  const bare: Analysis = {
    file: document.file,
    layers,
    observations,
    ...(filled.length === 0 ? {} : { filledLater: filled }),
    findings: [],
    diagnostics,
    ...(flow === undefined ? {} : { flow }),
  };
  const lines = new Map(document.cells.map(({ index, text }) => [index, text.split(/\r\n|\r|\n/)]));
  const wanted = findings({ ...bare, layers: layers.map(judged), variants }).filter(
    (finding) => !isIgnored(finding, lines),
  );
  const found = withCallFixes(wanted, source, statements, layers);
  const told = withFindings(layers, found);
  return { ...bare, findings: found, layers: session?.told.keep(told) ?? told };
}

/** Each layer with the findings that stand at its call or are about it. */
function withFindings(layers: readonly Layer[], found: readonly Finding[]): readonly Layer[] {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of found) {
    const { site, about = [] } = finding;
    for (const place of new Set([site, ...about].map(siteKey))) {
      byPlace.set(place, [...(byPlace.get(place) ?? []), finding]);
    }
  }
  return layers.map((layer) => {
    const own = byPlace.get(siteKey(layer.site));
    return own === undefined ? layer : { ...layer, findings: own };
  });
}

function tooLong({ file }: SourceDocument): Analysis {
  const message = `Files of more than ${MAX_CHARACTERS.toLocaleString("en")} characters are not analysed`;
  const site = { file, line: 1, column: 1 };
  return {
    file,
    layers: [],
    observations: [],
    findings: [],
    diagnostics: [{ severity: "warning", message, site }],
  };
}

interface Reading {
  readonly sites: readonly CallSite[];
  readonly observations: readonly Observation[];
  readonly statements: readonly Statement[];
  /** Classes whose weights others may draw. */
  readonly filled: readonly Site[];
  /** Lines and columns of a place in any file that was read. */
  readonly siteOf: (span: Span) => Site;
  /** The text of any file that was read. */
  readonly textOf: (file: string) => string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly flow?: Flow | undefined;
}

function readNet(source: ModuleText): Reading {
  const { layers, problems } = readCaffeNet(source.text, source.file);
  return {
    sites: joinSites([callSites(layers, source.file)]),
    observations: [],
    statements: [],
    filled: [],
    siteOf: (span) => source.site(span),
    textOf: () => undefined,
    diagnostics: problems.map((one) => ({ severity: "error", message: one.message, site: source.site(one) })),
  };
}

function readModule(source: ModuleText, reader: FileReader, options: AnalysisOptions): Reading {
  const { session } = options;
  const { program, sites, noticed, visits, notes, flow, siteOf, textOf } =
    session === undefined
      ? readPython(source, reader, options)
      : session.reading.read(source, reader, options);
  const nameOf = boundTo(program.statements);
  const isHere = (span: Span | null): span is Span => span !== null && span.file === source.file;
  const remarks = notes
    .filter(({ message, span }) => isHere(span) || message.startsWith(STOPPED))
    .slice(0, MAX_REMARKS);
  return {
    sites: sites.map((site) => named(site, nameOf(site.span) ?? site.name)),
    observations: observationsOf(
      noticed,
      [
        ...patterns(program.statements, source.text),
        ...reservedArrays(program.statements, source.text),
        ...idleVisits(program.statements, source.text, source.file, visits),
        ...missingParameters(
          remarks.flatMap(({ message, span }) =>
            isHere(span) && message.startsWith(FAILED)
              ? [{ raised: message.slice(FAILED.length), span }]
              : [],
          ),
          program.statements,
          source.text,
        ),
      ],
      source,
      program.statements,
    ),
    statements: program.statements,
    filled: filledLater(program.statements).map((one) => source.site(one)),
    siteOf,
    textOf,
    flow: flowReport(flow, { file: source.file, text: source.text, siteOf }),
    diagnostics: [
      ...program.ast.errors.map(
        (one): Diagnostic => ({ severity: "error", message: one.message, site: source.site(one) }),
      ),
      ...remarks.map(
        ({ message, span }): Diagnostic => ({
          severity: "information",
          message,
          site: isHere(span) ? source.site(span) : { file: source.file, line: 1, column: 1 },
        }),
      ),
    ],
  };
}

interface Place {
  readonly file: string;
  readonly siteOf: (span: Span) => Site;
}

/** More sets of shapes of one place are not judged. */
const MAX_VARIANTS = 7;

function madeAt(site: CallSite, shown: Shown, place: Place): MadeLayer {
  const layer = layerOf(site, shown, place);
  const variants = shown.variants.slice(1).filter(isSet).slice(0, MAX_VARIANTS);
  return {
    layer: { ...layer, ...use(site.uses) },
    variants: variants.map(({ parameters, uses }) => ({
      ...layer,
      parameters: told(parameters, place),
      ...use(uses),
    })),
  };
}

/** Whether the program draws anything of it itself: what frameworks draw by default suits every size as well. */
const isSet = ({ parameters }: Variant): boolean =>
  parameters.some(({ steps, default: given, current }) => steps.length > 0 || given !== current);

/** Parameters of a build as the report tells them. */
const told = (parameters: Variant["parameters"], { file, siteOf }: Place): Layer["parameters"] =>
  parameters.map(({ made: _made, steps, ...parameter }) => ({
    ...parameter,
    steps: initSteps(steps, file, siteOf),
  }));

/** A layer without what its uses tell. */
function layerOf(
  { class: className, framework, name, span, uses }: CallSite,
  { variants, calls }: Shown,
  place: Place,
): Omit<Layer, "activation"> {
  const { siteOf } = place;
  const parameters = told(variants[0]?.parameters ?? [], place);
  const facts = { framework, uses, parameters };
  return {
    class: className,
    framework,
    name,
    site: siteOf(span),
    parameters,
    shapes: variants.length,
    ...(variants.length > 1 ? { variants: variants.map(shapeCount) } : {}),
    ...(calls.length > 0 ? { calls: calls.map((one) => layerCall(one, siteOf)) } : {}),
    recommended: adviceFor(facts),
    schemes: schemesFor(facts),
    findings: [],
  };
}

/** What is known of how a layer's weights are used. */
function use(uses: CallSite["uses"]) {
  const slope = slopeOf(uses);
  const branches = branchesOf(uses);
  return {
    activation: activationOf(uses),
    ...(isDirectlyActivated(uses) ? { isDirectlyActivated: true as const } : {}),
    ...(isNormalized(uses) ? { isNormalized: true as const } : {}),
    ...(uses.some(({ place }) => place === "computed") ? { isComputedFrom: true as const } : {}),
    ...(slope === undefined ? {} : { slope }),
    ...(branches === undefined ? {} : { branches }),
  };
}

const layerCall = (
  { key, text, call, isShown }: Shown["calls"][number],
  siteOf: (span: Span) => Site,
): LayerCall => ({
  key,
  call: text,
  site: siteOf(call.span),
  isAssumed: call.isAssumed,
  isShown,
});

/** The key of a call that stands nowhere. */
const expressionKey = (text: string): string => `${expressionFile(text)}#${text}`;

function shapeCount({ count, parameters }: Variant): ShapeCount {
  const { shape = [], current } = mainWeight(parameters) ?? {};
  return { count, shape, ...(current?.kind === "constant" ? { constant: current.value } : {}) };
}

/** `# init-lens: ignore` or `# init-lens: ignore[IL003, IL004]` at the end of the finding's line. */
function isIgnored({ code, site }: Finding, lines: ReadonlyMap<number | null, readonly string[]>): boolean {
  const line = lines.get(site.cell ?? null)?.[site.line - 1] ?? "";
  const [comment, codes] = /#\s*init-lens:\s*ignore(?:\[([^\]]*)\])?/.exec(line) ?? [];
  return (
    comment !== undefined && (codes === undefined || codes.split(",").some((one) => one.trim() === code))
  );
}
