/**
 * A Python document → what its code makes, by call site. After an edit only what the edit can have changed
 * is evaluated again.
 *
 * A document is evaluated in parts: its module, then each definition the module did not reach. A part whose
 * evaluation changed nothing that was there before it depends only on the module, on the functions it ran
 * and on other files. So after an edit inside the bodies of functions, with all other files as they were, the
 * parts that ran none of those functions give the same again, at their new places.
 */

import type { Note } from "../python/engine.js";
import { type Evaluation, Evaluator, ProgramCache } from "../python/evaluator.js";
import type { ModuleText } from "../python/moduleText.js";
import {
  compareOutlines,
  type Edit,
  functionAt,
  type Outline,
  outlineOf,
  type Stretch,
} from "../python/outline.js";
import { SiteFinder } from "../python/sites.js";
import type { Program } from "../python/topLevel.js";
import type { Span } from "../python/values.js";
import type { FileReader, Site } from "../types.js";
import { type CallSite, callSites, innermost, joinSites } from "./callSites.js";
import { type DeclaredInput, declaredFor, declaredInputs, type InputShapes } from "./exampleInputs.js";
import {
  allNoticed,
  type Count,
  countMade,
  FRAMEWORK_HOOKS,
  FRAMEWORK_MODULES,
  layersMade,
  NOTHING_MADE,
  placesMade,
} from "./frameworks.js";
import type { Noticed } from "./observations.js";
import { type FoundFlow, takeFlow } from "./torch/flowReport.js";
import { ModelRuns } from "./torch/runs.js";
import { callUnreached, type Outcome } from "./unreached.js";

export interface ReadingOptions {
  readonly roots?: readonly string[];
  readonly sitePackages?: readonly string[];
  readonly now?: () => number;
  readonly cache?: ProgramCache;
  /** Shapes of an example input, one a tensor, for every model that no comment speaks of. */
  readonly inputs?: InputShapes | null;
}

export interface PythonReading {
  readonly program: Program;
  readonly sites: readonly CallSite[];
  /** What could not be evaluated in the module itself, and where a budget ended. */
  readonly notes: readonly Stop[];
  /** What the code does with weights that no single one of them shows. */
  readonly noticed: readonly Noticed[];
  /** What the models' runs told. */
  readonly flow: readonly FoundFlow[];
  /** Lines and columns of a place in any file that was read. */
  readonly siteOf: (span: Span) => Site;
}

/**
 * A document is analysed while a person types: a training loop that takes longer is left where it stands,
 * and what its module binds after it is unknown.
 */
const BUDGETS = { steps: 3_000_000, milliseconds: 2000 };

/** What evaluating one part of a document gave. */
interface Part extends Outcome {
  readonly sites: readonly CallSite[];
  readonly noticed: readonly Noticed[];
  readonly flow: FoundFlow;
  /** Indices of the document's outer functions that it ran. */
  readonly ran: ReadonlySet<number>;
  /** How it ended where a budget was used up; else null. */
  readonly stop: Stop | null;
}

/** The end of a budget, and where in the document. */
type Stop = Pick<Note, "message" | "span">;

/** Everything a text gave, kept for the next one. */
interface Kept {
  /** What else than texts the answer hangs on. */
  readonly asked: string;
  /** Other files that were looked for, and their texts. */
  readonly files: ReadonlyMap<string, string | null | undefined>;
  readonly outline: Outline;
  /** What comments say of inputs. */
  readonly declared: readonly DeclaredInput[];
  readonly notes: readonly Note[];
  readonly module: Part;
  /** By the definition's index. */
  readonly definitions: ReadonlyMap<number, Part>;
  /** Whether the parts hang on nothing but what is said above. */
  readonly isReusable: boolean;
  /** How many parts were evaluated for it. */
  readonly evaluated: number;
}

/** One document through all its edits. */
export class PythonSession {
  #kept: Kept | null = null;
  /** How many parts of the newest text had to be evaluated. */
  evaluated = 0;

  read(source: ModuleText, reader: FileReader, options: ReadingOptions): PythonReading {
    const document = documentOf(source, reader, options);
    const before = this.#kept;
    const known = before === null ? null : stillTrue(before, document);
    // All parts give the same again, or those that do not are evaluated, or everything is.
    const isSame = known !== null && known.definitions.size === before?.definitions.size;
    const kept = isSame ? known : ((known && evaluate(document, known)) ?? evaluate(document, null)!);
    this.evaluated = isSame ? 0 : kept.evaluated;
    this.#kept = kept.isReusable ? kept : null;
    return readingOf(kept, document);
  }
}

/** Reads a document of which nothing is known, and keeps nothing. */
export function readPython(source: ModuleText, reader: FileReader, options: ReadingOptions): PythonReading {
  const document = documentOf(source, reader, options);
  return readingOf(evaluate(document, null)!, document);
}

interface Document {
  readonly source: ModuleText;
  readonly program: Program;
  readonly outline: Outline;
  readonly declared: readonly DeclaredInput[];
  readonly asked: string;
  readonly reader: FileReader;
  readonly options: ReadingOptions & { readonly cache: ProgramCache };
}

function documentOf(source: ModuleText, reader: FileReader, options: ReadingOptions): Document {
  const cache = options.cache ?? new ProgramCache();
  const program = cache.program(source.file, source.text, false);
  const outline = outlineOf(program.ast.body.statements);
  const { roots, sitePackages, inputs } = options;
  const asked = JSON.stringify([source.file, roots, sitePackages, inputs?.map((shape) => shape.map(String))]);
  const declared = declaredInputs(source.text, program.statements);
  return { source, program, outline, declared, asked, reader, options: { ...options, cache } };
}

function readingOf(
  { module, definitions, notes }: Kept,
  { source, program, options }: Document,
): PythonReading {
  const parts = [module, ...definitions.values()];
  const finder = new SiteFinder((file) => options.cache.text(file));
  finder.add(source);
  return {
    program,
    sites: joinSites(parts.map(({ sites }) => sites)),
    noticed: parts.flatMap(({ noticed }) => noticed),
    flow: parts.map(({ flow }) => flow),
    notes: [...notes, ...[...definitions.values()].flatMap(({ stop }) => stop ?? [])],
    siteOf: (span) => finder.site(span),
  };
}

// ── evaluating ───────────────────────────────────────────────────────────────

/**
 * Evaluates a document but for the definitions that are `known`. Null where these cannot be relied on after
 * all.
 */
function evaluate(document: Document, known: Kept | null): Kept | null {
  const { source, outline, declared, asked, reader, options } = document;
  const files = new Map(known?.files);
  const read = (path: string) => {
    const text = reader.read(path);
    files.set(path, text);
    return text;
  };
  const evaluator = new Evaluator({
    ...options,
    modules: FRAMEWORK_MODULES,
    hooks: FRAMEWORK_HOOKS,
    budgets: BUDGETS,
    reader: { read },
  });
  const parts = new Parts(evaluator, document);
  evaluator.watch();
  const loaded = evaluator.loadMain(source, { isScript: true, runsAll: true });
  const module = parts.take(evaluator.steps, null);
  // Of a module that was stopped, names are evaluated when they are looked up, which nobody watches.
  let isReusable = loaded.error === null && evaluator.footprint.isRepeatable;
  let evaluated = 1;
  const definitions = new Map<number, Part>();
  callUnreached(evaluator, loaded, module.places, (index, call) => {
    let part = known?.definitions.get(index);
    if (part === undefined) {
      evaluator.watch();
      const stop = stopOf(call());
      part = parts.take(evaluator.steps, stop);
      isReusable &&= evaluator.footprint.isRepeatable && evaluator.footprint.isSelfContained;
      evaluated++;
    }
    definitions.set(index, part);
    return part;
  });
  isReusable &&= !parts.isCut;
  if (known !== null && !isReusable) return null;
  return { asked, files, outline, declared, notes: loaded.notes, module, definitions, isReusable, evaluated };
}

function stopOf({ error, hasRaised, notes }: Evaluation): Stop | null {
  return error === null || hasRaised ? null : { message: error, span: notes.at(-1)?.span ?? null };
}

/** Reads, part by part, what an evaluator's code made. */
class Parts {
  #count: Count = NOTHING_MADE;
  readonly #runs: ModelRuns;
  /** What was noticed in the parts before. */
  readonly #told = new Set<string>();

  constructor(
    private readonly evaluator: Evaluator,
    private readonly document: Document,
  ) {
    const { source, declared, options } = document;
    const { file } = source;
    this.#runs = new ModelRuns(evaluator, {
      isOwn: (span) => span.file === file,
      declared: (model, made) => declaredFor(declared, model.cls.name, made, file) ?? options.inputs ?? null,
    });
  }

  /** What was made since it was last asked: how many operations that took, and what stopped it. */
  take(steps: number, stop: Stop | null): Part {
    const { evaluator, document } = this;
    const { machine } = evaluator;
    const { file } = document.source;
    this.#runs.run();
    const places = new Map<string, Span>();
    for (const made of placesMade(machine, this.#count)) {
      const span = innermost(made, file);
      if (span !== undefined) places.set(`${span.start}:${span.end}`, span);
    }
    const sites = callSites(layersMade(machine, this.#count), file);
    this.#count = countMade(machine);
    const own = evaluator.footprint.ran.filter(({ unit }) => unit.source.file === file);
    const ran = new Set(own.map(({ node }) => functionAt(document.outline, node.start)));
    return {
      places: [...places.values()],
      steps,
      ran,
      stop,
      sites,
      noticed: this.newlyNoticed(),
      flow: takeFlow(machine),
    };
  }

  private newlyNoticed(): Noticed[] {
    return allNoticed(this.evaluator.machine).filter((one) => {
      const key = JSON.stringify([one.what.kind, one.calls]);
      if (this.#told.has(key)) return false;
      this.#told.add(key);
      return true;
    });
  }

  /** Whether something was left out because there was too much of it. */
  get isCut(): boolean {
    return this.#runs.isCut;
  }
}

// ── after an edit ────────────────────────────────────────────────────────────

/** What of a former text's parts holds for this one, at its new places; null where nothing does. */
function stillTrue(before: Kept, { asked, outline, declared, reader, source }: Document): Kept | null {
  if (before.asked !== asked) return null;
  for (const [path, text] of before.files) if (reader.read(path) !== text) return null;
  const edit = compareOutlines(before.outline, outline);
  if (edit === null || isTouched(before.module, edit)) return null;
  if (!sameInputs(before.declared, declared, edit)) return null;
  const move = mover(edit, source.file);
  try {
    const definitions = [...before.definitions].filter(([, part]) => !isTouched(part, edit));
    return {
      ...before,
      outline,
      declared,
      notes: before.notes.map((note) => ({ ...note, span: note.span && move(note.span) })),
      module: movePart(before.module, move),
      definitions: new Map(definitions.map(([index, part]) => [index, movePart(part, move)])),
    };
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}

const isTouched = ({ ran }: Part, { changed }: Edit): boolean => [...changed].some((index) => ran.has(index));

/** Whether comments say the same of the same models. */
function sameInputs(before: readonly DeclaredInput[], after: readonly DeclaredInput[], edit: Edit): boolean {
  const written = ({ shapes, of }: DeclaredInput, move: (stretch: Stretch) => Stretch | null): string => {
    const models = of === null || "className" in of ? of : move({ start: of.start, end: of.end });
    return JSON.stringify([shapes.map((shape) => shape.map(String)), models]);
  };
  const moved = before.map((one) => written(one, (stretch) => edit.moved(stretch)));
  const now = after.map((one) => written(one, (stretch) => stretch));
  return moved.length === now.length && moved.every((one, index) => one === now[index]);
}

/** A place of the former text that is none of a node of the new one. */
class Lost extends Error {}

function mover(edit: Edit, file: string): (span: Span) => Span {
  return (span) => {
    if (span.file !== file) return span;
    const stretch = edit.moved(span);
    if (stretch === null) throw new Lost();
    return { file, ...stretch };
  };
}

function movePart(part: Part, move: (span: Span) => Span): Part {
  return {
    ...part,
    places: part.places.map(move),
    noticed: part.noticed.map((one) => ({ ...one, calls: one.calls.map(move) })),
    stop: part.stop && { ...part.stop, span: part.stop.span && move(part.stop.span) },
    flow: {
      notes: part.flow.notes.map((note) => ({ ...note, span: move(note.span) })),
      misfits: part.flow.misfits.map((one) => ({
        ...one,
        calls: one.calls.map(move),
        made: one.made.map(move),
      })),
    },
    sites: part.sites.map((site) => ({
      ...site,
      span: move(site.span),
      variants: site.variants.map(({ count, parameters }) => ({
        count,
        parameters: parameters.map((one) => ({
          ...one,
          made: one.made.map(move),
          steps: one.steps.map((step) => ({ ...step, calls: step.calls.map(move) })),
        })),
      })),
    })),
  };
}
