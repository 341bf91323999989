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
import { Evaluator, ProgramCache } from "../python/evaluator.js";
import type { ModuleText } from "../python/moduleText.js";
import { compareOutlines, type Edit, functionAt, type Outline, outlineOf } from "../python/outline.js";
import { SiteFinder } from "../python/sites.js";
import type { Program } from "../python/topLevel.js";
import type { Span } from "../python/values.js";
import type { FileReader, Site } from "../types.js";
import { type CallSite, callSites, innermost, joinSites } from "./callSites.js";
import type { FoundLayer } from "./framework.js";
import {
  type Count,
  countMade,
  FRAMEWORK_HOOKS,
  FRAMEWORK_MODULES,
  layersMade,
  NOTHING_MADE,
  placesMade,
} from "./frameworks.js";
import { callUnreached, type Outcome } from "./unreached.js";

export interface ReadingOptions {
  readonly roots?: readonly string[];
  readonly sitePackages?: readonly string[];
  readonly now?: () => number;
  readonly cache?: ProgramCache;
}

export interface PythonReading {
  readonly program: Program;
  readonly sites: readonly CallSite[];
  /** What could not be evaluated in the module itself. */
  readonly notes: readonly Note[];
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
  /** Indices of the document's outer functions that it ran. */
  readonly ran: ReadonlySet<number>;
}

/** Everything a text gave, kept for the next one. */
interface Kept {
  /** What else than texts the answer hangs on. */
  readonly asked: string;
  /** Other files that were looked for, and their texts. */
  readonly files: ReadonlyMap<string, string | null | undefined>;
  readonly outline: Outline;
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
    const kept = isSame
      ? known
      : ((known && evaluate(document, known, true)) ?? evaluate(document, null, true)!);
    this.evaluated = isSame ? 0 : kept.evaluated;
    this.#kept = kept.isReusable ? kept : null;
    return readingOf(kept, document);
  }
}

/** Reads a document of which nothing is known, and keeps nothing. */
export function readPython(source: ModuleText, reader: FileReader, options: ReadingOptions): PythonReading {
  const document = documentOf(source, reader, options);
  return readingOf(evaluate(document, null, false)!, document);
}

interface Document {
  readonly source: ModuleText;
  readonly program: Program;
  readonly outline: Outline;
  readonly asked: string;
  readonly reader: FileReader;
  readonly options: ReadingOptions & { readonly cache: ProgramCache };
}

function documentOf(source: ModuleText, reader: FileReader, options: ReadingOptions): Document {
  const cache = options.cache ?? new ProgramCache();
  const program = cache.program(source.file, source.text, false);
  const outline = outlineOf(program.ast.body.statements);
  const asked = JSON.stringify([source.file, options.roots, options.sitePackages]);
  return { source, program, outline, asked, reader, options: { ...options, cache } };
}

function readingOf(
  { module, definitions, notes }: Kept,
  { source, program, options }: Document,
): PythonReading {
  const finder = new SiteFinder((file) => options.cache.text(file));
  finder.add(source);
  return {
    program,
    sites: joinSites([module.sites, ...[...definitions.values()].map(({ sites }) => sites)]),
    notes,
    siteOf: (span) => finder.site(span),
  };
}

// ── evaluating ───────────────────────────────────────────────────────────────

/** A part before its layers are described. */
interface Made extends Outcome {
  readonly layers: readonly FoundLayer[];
  readonly ran: ReadonlySet<number>;
}

/**
 * Evaluates a document but for the definitions that are `known`. Null where these cannot be relied on after
 * all. With `keeps` each part is described apart, so that the next text can use it.
 */
function evaluate(document: Document, known: Kept | null, keeps: boolean): Kept | null {
  const { source, outline, asked, reader, options } = document;
  const { file } = source;
  const files = new Map<string, string | null | undefined>();
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
  const loaded = evaluator.loadMain(source, { isScript: true, runsAll: true });
  const take = partsOf(evaluator, file, outline);
  const module = take();
  // Of a module that was stopped, names are evaluated when they are looked up, which nobody watches.
  let isReusable = loaded.error === null && evaluator.footprint.isRepeatable;
  const made = new Map<number, Made | Part>();
  callUnreached(evaluator, loaded, module.places, (index, call) => {
    let part: Made | Part | undefined = known?.definitions.get(index);
    if (part === undefined) {
      call();
      part = take();
      isReusable &&= evaluator.footprint.isRepeatable && evaluator.footprint.isSelfContained;
    }
    made.set(index, part);
    return part;
  });
  if (known !== null && !isReusable) return null;
  const apart = keeps && isReusable;
  const all = [module, ...made.values()].flatMap((part) => ("layers" in part ? part.layers : []));
  return {
    asked,
    files: known === null ? files : new Map([...known.files, ...files]),
    outline,
    notes: loaded.notes,
    module: describe(module, apart ? module.layers : all, file),
    definitions: new Map(
      apart
        ? [...made].map(([index, part]) => [
            index,
            "layers" in part ? describe(part, part.layers, file) : part,
          ])
        : [],
    ),
    isReusable: apart,
    evaluated: 1 + [...made.values()].filter((part) => "layers" in part).length,
  };
}

/** Without the layers, which keep the whole evaluation in memory. */
function describe({ places, steps, ran }: Made, layers: readonly FoundLayer[], file: string): Part {
  return { places, steps, ran, sites: callSites(layers, file) };
}

/** Gives, each time it is asked, what was made since it was last asked. */
function partsOf(evaluator: Evaluator, file: string, outline: Outline): () => Made {
  let count: Count = NOTHING_MADE;
  return () => {
    const { machine, steps, footprint } = evaluator;
    const spans = placesMade(machine, count).map((made) => innermost(made, file));
    const places = [
      ...new Map(spans.flatMap((span) => (span ? [[`${span.start}:${span.end}`, span]] : []))).values(),
    ];
    const layers = layersMade(machine, count);
    count = countMade(machine);
    const own = footprint.ran.filter(({ unit }) => unit.source.file === file);
    const ran = new Set(own.map(({ node }) => functionAt(outline, node.start)));
    return { places, layers, steps, ran };
  };
}

// ── after an edit ────────────────────────────────────────────────────────────

/** What of a former text's parts holds for this one, at its new places; null where nothing does. */
function stillTrue(before: Kept, { asked, outline, reader, source }: Document): Kept | null {
  if (before.asked !== asked) return null;
  for (const [path, text] of before.files) if (reader.read(path) !== text) return null;
  const edit = compareOutlines(before.outline, outline);
  if (edit === null || isTouched(before.module, edit)) return null;
  const move = mover(edit, source.file);
  try {
    const definitions = [...before.definitions].filter(([, part]) => !isTouched(part, edit));
    return {
      ...before,
      outline,
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
