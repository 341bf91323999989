/** One expression evaluated at the end of a document's module → every parameter of what it builds. */
import type { Budgets } from "../python/budgets.js";
import { Evaluator, type Loaded, type ProgramCache } from "../python/evaluator.js";
import { ModuleText } from "../python/moduleText.js";
import { type Span, Unknown, type Value } from "../python/values.js";
import type { Diagnostic, FileReader, ModelReport, Parameter, Site, SourceDocument } from "../types.js";
import type { InputShapes } from "./exampleInputs.js";
import type { FoundParameter } from "./framework.js";
import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES, parametersOf } from "./frameworks.js";
import { initSteps } from "./steps.js";
import { runModel } from "./torch/runs.js";
import { versionsIn } from "./versions.js";

export interface ModelOptions {
  readonly reader: FileReader;
  /** Directories imports resolve in, first those of the project. */
  readonly roots: readonly string[];
  readonly sitePackages: readonly string[];
  /** Milliseconds of any clock. */
  readonly now: () => number;
  /** Kept between readers so that files are parsed once. */
  readonly cache?: ProgramCache;
  readonly budgets?: Partial<Budgets>;
}

/** A report, or why the expression has no value: one line. */
export type ModelOutcome = ModelReport | { readonly error: string };

/** Reads models from one document. */
export class ModelReader {
  readonly #evaluator: Evaluator;
  readonly #text: ModuleText;
  #main: Loaded | null = null;

  constructor(document: SourceDocument, options: ModelOptions) {
    this.#evaluator = new Evaluator({
      versions: new Map([...VERSIONS, ...versionsIn(options.reader, options.roots, options.sitePackages)]),
      ...options,
      modules: FRAMEWORK_MODULES,
      hooks: FRAMEWORK_HOOKS,
    });
    this.#text = new ModuleText(document);
  }

  /** The parameters of what `call` builds; an error where it raises, does not parse or builds no module. */
  read(call: string, inputs: InputShapes | null = null): ModelOutcome {
    this.#main ??= this.#evaluator.loadMain(this.#text);
    const evaluated = this.#evaluator.evaluate(call, this.#main);
    if (evaluated.error !== null) return { error: evaluated.error };
    const failure = inputs === null ? null : runModel(this.#evaluator, evaluated.value, inputs);
    const found = parametersOf(this.#evaluator.machine, evaluated.value);
    if (found === null) return { error: notModel(evaluated.value) };
    const start: Site = { file: this.#text.file, line: 1, column: 1 };
    const missing = found.missing.map(
      (message): Diagnostic => ({ severity: "warning", message, site: start }),
    );
    return {
      call,
      parameters: found.parameters.map((parameter) => this.parameter(parameter, start)),
      complete: evaluated.complete && found.missing.length === 0,
      diagnostics: [...evaluated.diagnostics, ...missing, ...failed(failure, start)],
    };
  }

  private parameter(found: FoundParameter, fallback: Site): Parameter {
    const { made, steps, ...plain } = found;
    const site = made.find(isUserCode);
    return {
      ...plain,
      steps: initSteps(steps, this.#text.file, (span) => this.site(span)),
      site: site === undefined ? fallback : this.site(site),
    };
  }

  /** The document knows its cells; other files have none. */
  private site(span: Span): Site {
    return span.file === this.#text.file ? this.#text.site(span) : this.#evaluator.site(span);
  }
}

/** What `importlib.metadata` says of the frameworks that stubs stand for. */
const VERSIONS: ReadonlyMap<string, string> = new Map([["torch", "2.13.0"]]);

const notModel = (value: Value): string =>
  value instanceof Unknown ? `the value is not known: ${value.reason}` : "the value is not a model";

/** Says why the model does not run on the example input. */
const failed = (why: string | null, site: Site): Diagnostic[] =>
  why === null
    ? []
    : [{ severity: "warning", message: `On the example input the model fails: ${why}`, site }];

/** Stubs and the expression itself are no files of the user's. */
const isUserCode = ({ file }: Span): boolean => !file.startsWith("<");
