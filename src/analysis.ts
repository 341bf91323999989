/** The one pure function: a document and a way to read imported files → everything known of it. */
import { activationOf, adviceFor, mainWeight, schemesFor } from "./init/advice.js";
import { findings } from "./init/rules.js";
import { readCaffeNet } from "./layers/caffe/net.js";
import { type CallSite, callSites, type Variant } from "./layers/callSites.js";
import { declaredFor, declaredInputs, type InputShapes } from "./layers/exampleInputs.js";
import { allNoticed, FRAMEWORK_HOOKS, FRAMEWORK_MODULES, layersMade } from "./layers/frameworks.js";
import { observationsOf } from "./layers/observed.js";
import { patterns } from "./layers/patterns/patterns.js";
import { initSteps } from "./layers/steps.js";
import { boundTo } from "./layers/targets.js";
import { flowOf } from "./layers/torch/flowReport.js";
import { runModels } from "./layers/torch/runs.js";
import { callUnreached } from "./layers/unreached.js";
import { Evaluator, type ProgramCache } from "./python/evaluator.js";
import { ModuleText } from "./python/moduleText.js";
import type { Span } from "./python/values.js";
import type {
  Analysis,
  Diagnostic,
  FileReader,
  Finding,
  Flow,
  Layer,
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
}

/**
 * A document is analysed while a person types: a training loop that takes longer is left where it stands,
 * and what its module binds after it is unknown.
 */
const BUDGETS = { steps: 3_000_000, milliseconds: 2000 };

/** No more remarks on what could not be evaluated than a person would read. */
const MAX_REMARKS = 50;

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
  const source = new ModuleText(document);
  const { sites, observations, siteOf, diagnostics, flow } = document.file.endsWith(".prototxt")
    ? readNet(source)
    : readPython(source, reader, options);
  const layers = sites.map((site) => layerOf(site, source.file, siteOf));
  const bare: Analysis = {
    file: document.file,
    layers,
    observations,
    findings: [],
    diagnostics,
    ...(flow === undefined ? {} : { flow }),
  };
  const found = findings(bare).filter((finding) => !isIgnored(finding, document));
  return {
    ...bare,
    findings: found,
    layers: layers.map((layer) => ({ ...layer, findings: found.filter((one) => isAt(one, layer)) })),
  };
}

interface Reading {
  readonly sites: readonly CallSite[];
  readonly observations: readonly Observation[];
  /** Lines and columns of a place in any file that was read. */
  readonly siteOf: (span: Span) => Site;
  readonly diagnostics: readonly Diagnostic[];
  readonly flow?: Flow | undefined;
}

function readNet(source: ModuleText): Reading {
  const { layers, problems } = readCaffeNet(source.text, source.file);
  return {
    sites: callSites(layers, source.file),
    observations: [],
    siteOf: (span) => source.site(span),
    diagnostics: problems.map((one) => ({ severity: "error", message: one.message, site: source.site(one) })),
  };
}

function readPython(source: ModuleText, reader: FileReader, options: AnalysisOptions): Reading {
  const { file } = source;
  const evaluator = new Evaluator({
    ...options,
    modules: FRAMEWORK_MODULES,
    hooks: FRAMEWORK_HOOKS,
    budgets: BUDGETS,
    reader,
  });
  const loaded = evaluator.loadMain(source, { isScript: true, runsAll: true });
  const remarks = loaded.diagnostics.filter(({ site }) => site.file === file).slice(0, MAX_REMARKS);
  callUnreached(evaluator, loaded, file);
  const declared = declaredInputs(source.text, loaded.program.statements);
  runModels(evaluator, {
    isOwn: (span) => span.file === file,
    declared: (model, made) => declaredFor(declared, model.cls.name, made, file) ?? options.inputs ?? null,
  });
  const names = boundTo(loaded.program.statements);
  return {
    sites: callSites(layersMade(evaluator.machine), file).map((site) => ({
      ...site,
      name: names.get(site.span.start) ?? site.name,
    })),
    observations: observationsOf(
      allNoticed(evaluator.machine),
      patterns(loaded.program.statements, source.text),
      source,
    ),
    siteOf: (span) => evaluator.site(span),
    flow: flowOf(evaluator.machine, { file, text: source.text, siteOf: (span) => evaluator.site(span) }),
    diagnostics: [
      ...loaded.program.ast.errors.map(
        (one): Diagnostic => ({ severity: "error", message: one.message, site: source.site(one) }),
      ),
      ...remarks.map((one): Diagnostic => ({ ...one, severity: "information" })),
    ],
  };
}

function layerOf(
  { class: className, framework, name, span, variants, uses }: CallSite,
  document: string,
  siteOf: (span: Span) => Site,
): Layer {
  const parameters = (variants[0]?.parameters ?? []).map(({ made: _made, steps, ...parameter }) => ({
    ...parameter,
    steps: initSteps(steps, document, siteOf),
  }));
  const facts = { framework, uses, parameters };
  return {
    class: className,
    framework,
    name,
    site: siteOf(span),
    parameters,
    shapes: variants.length,
    ...(variants.length > 1 ? { variants: variants.map(shapeCount) } : {}),
    activation: activationOf(uses),
    recommended: adviceFor(facts),
    schemes: schemesFor(facts),
    findings: [],
  };
}

const shapeCount = ({ count, parameters }: Variant): ShapeCount => ({
  count,
  shape: mainWeight(parameters)?.shape ?? [],
});

const isAt = ({ site, about = [] }: Finding, layer: Layer): boolean =>
  [site, ...about].some(
    ({ line, column, cell }) =>
      line === layer.site.line && column === layer.site.column && cell === layer.site.cell,
  );

/** `# init-lens: ignore` or `# init-lens: ignore[IL003, IL004]` at the end of the finding's line. */
function isIgnored({ code, site }: Finding, { cells }: SourceDocument): boolean {
  const cell = cells.find(({ index }) => index === (site.cell ?? null));
  const line = cell?.text.split(/\r\n|\r|\n/)[site.line - 1] ?? "";
  const [comment, codes] = /#\s*init-lens:\s*ignore(?:\[([^\]]*)\])?/.exec(line) ?? [];
  return (
    comment !== undefined && (codes === undefined || codes.split(",").some((one) => one.trim() === code))
  );
}
