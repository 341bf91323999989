/**
 * A Python document → what its code makes, by call site. After an edit only what the edit can have changed
 * is evaluated again.
 *
 * A document is evaluated in parts: its module, then each definition the module did not reach. A part whose
 * evaluation changed nothing that was there before it depends only on the module, on the functions it ran
 * and on other files. So after an edit inside the bodies of functions, with all other files as they were, the
 * parts that ran none of those functions give the same again, at their new places.
 */

import { dependents, isOnlyBinding } from "../../python/documents/dependents.js";
import type { ModuleText } from "../../python/documents/moduleText.js";
import {
  compareOutlines,
  type Edit,
  functionAt,
  type Outline,
  outlineOf,
  type Stretch,
  statementAt,
} from "../../python/documents/outline.js";
import { SiteFinder } from "../../python/documents/sites.js";
import type { Note } from "../../python/engine.js";
import { type Evaluation, Evaluator, type EvaluatorOptions, ProgramCache } from "../../python/evaluator.js";
import type { Program } from "../../python/modules/topLevel.js";
import type { Span } from "../../python/values.js";
import { siteKey } from "../../sites.js";
import { definedNames } from "../../source/namesInText.js";
import type { FileReader, Site } from "../../types.js";
import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES } from "../frameworks.js";
import type { Noticed } from "../observations.js";
import type { FoundFlow } from "../torch/runs/flowReport.js";
import type { Visit } from "../visits.js";
import { isNamedConfiguration, mayTakeConfiguration } from "./assumedArguments.js";
import { type Callee, callerParts, expressionFile, expressionPart } from "./callers.js";
import { type CallSite, joinSites, placeKey, written } from "./callSites.js";
import { readClosedBranches } from "./closedBranches.js";
import { closedTests, openedModule } from "./closedTests.js";
import { type DeclaredInput, declaredInputs, type InputShapes } from "./exampleInputs.js";
import { callInner } from "./innerFunctions.js";
import { Lost, PartMover } from "./movedParts.js";
import { keyOf, type Part, Parts, type Placing, type Stop } from "./parts.js";
import { isConcrete } from "./shownBuilds.js";
import { callMethods } from "./uncalledMethods.js";
import { Unmade } from "./unmade.js";
import { type Assumed, type AssumedCall, callUnreached, triedOf } from "./unreached.js";
import { versionsIn } from "./versions.js";

export interface ReadingOptions {
  readonly roots?: readonly string[];
  readonly sitePackages?: readonly string[];
  readonly now?: () => number;
  readonly cache?: ProgramCache;
  /** Shapes of an example input, one a tensor, for every model that no comment speaks of. */
  readonly inputs?: InputShapes | null;
  /** Files that may call what the document defines. */
  readonly callers?: readonly string[];
  /** Calls that are not written anywhere, to be evaluated at the end of the document. */
  readonly expressions?: readonly string[];
}

export interface PythonReading {
  readonly program: Program;
  readonly sites: readonly CallSite[];
  /** What could not be evaluated in the module itself, and where a budget ended. */
  readonly notes: readonly Stop[];
  /** What the code does with weights that no single one of them shows. */
  readonly noticed: readonly Noticed[];
  /** What loops over modules and parameters went through. */
  readonly visits: readonly Visit[];
  /** What the models' runs told. */
  readonly flow: readonly FoundFlow[];
  /** Lines and columns of a place in any file that was read. */
  readonly siteOf: (span: Span) => Site;
  /** The text of a file that was read. */
  readonly textOf: (file: string) => string | undefined;
}

/**
 * A document is analysed while a person types: a training loop that takes longer is left where it stands,
 * and what its module binds after it is unknown.
 */
const BUDGETS = { steps: 3_000_000, milliseconds: 20_000 };

/** What another call of a definition made, and the definition's index. */
interface OpenedPart extends Part {
  readonly index: number;
}

/** Everything a text gave, kept for the next one. */
interface Kept {
  /** What else than texts the answer hangs on. */
  readonly asked: string;
  /** Other files that were looked for, and their texts. */
  readonly files: ReadonlyMap<string, string | null | undefined>;
  readonly program: Program;
  readonly outline: Outline;
  /** What comments say of inputs. */
  readonly declared: readonly DeclaredInput[];
  readonly notes: readonly Note[];
  readonly module: Part;
  /** By the definition's index. */
  readonly definitions: ReadonlyMap<number, Part>;
  /** Those of definitions called once more with defaults open, and of methods; by the definition and which. */
  readonly opened: ReadonlyMap<string, OpenedPart>;
  /** By the file or expression that calls. */
  readonly callers: ReadonlyMap<string, readonly Part[]>;
  /** The module once more with tests left open that keep layers from being made; null where there is none. */
  readonly branches: Part | null;
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
    const still = before === null ? null : stillTrue(before, document);
    // All parts give the same again, or those that do not are evaluated, or everything is.
    const { known = null, isAll: isSame = false } = still ?? {};
    const kept =
      known !== null && isSame ? known : ((known && evaluate(document, known)) ?? evaluate(document, null)!);
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

interface Document extends Placing {
  readonly source: ModuleText;
  readonly program: Program;
  readonly asked: string;
  readonly reader: FileReader;
  readonly options: ReadingOptions & { readonly cache: ProgramCache };
}

function documentOf(source: ModuleText, reader: FileReader, options: ReadingOptions): Document {
  const cache = options.cache ?? new ProgramCache();
  const program = cache.program(source.file, source.text, false);
  const outline = outlineOf(program.ast.body.statements, (stretch) => siteKey(source.site(stretch)));
  const { roots, sitePackages, inputs = null, callers, expressions } = options;
  const shapes = inputs?.map((shape) => shape.map(String));
  const { file, text } = source;
  const { order } = triedOf(program);
  const asked = JSON.stringify([file, roots, sitePackages, shapes, callers, expressions, order]);
  const declared = declaredInputs(text, program.statements);
  return {
    file,
    text,
    source,
    program,
    outline,
    declared,
    inputs,
    asked,
    reader,
    options: { ...options, cache },
  };
}

function readingOf(
  { module, callers, definitions, opened, branches, notes }: Kept,
  { source, program, options }: Document,
): PythonReading {
  const parts = [module, ...[...callers.values()].flat(), ...definitions.values()];
  const answered = joinSites(parts.map(({ sites }) => sites));
  const textOf = (file: string) =>
    file === source.file ? source.text : (options.cache.text(file) ?? expressionText(file));
  const finder = new SiteFinder((file) => options.cache.text(file));
  finder.add(source);
  return {
    program,
    sites: joinSites([
      answered,
      ...sitesElsewhere(answered, [...opened.values(), ...(branches === null ? [] : [branches])]),
    ]),
    noticed: [...new Map(parts.flatMap(({ noticed }) => noticed).map((one) => [keyOf(one), one])).values()],
    visits: parts.flatMap(({ visits }) => visits),
    flow: parts.map(({ flow }) => flow),
    notes: [...notes, ...parts.flatMap(({ stop }) => stop ?? [])],
    siteOf: (span) => finder.site(span),
    textOf,
  };
}

/** The sites of each part at places of which no site or part before it tells anything. */
function sitesElsewhere(answered: readonly CallSite[], parts: Iterable<Part>): CallSite[][] {
  const told = new Set(answered.map(({ span }) => placeKey(span)));
  return [...parts].map(({ sites }) => {
    const fresh = sites.filter(({ span }) => !told.has(placeKey(span)));
    for (const { span } of fresh) told.add(placeKey(span));
    return fresh;
  });
}

/** Of an expression that stands for a file. */
const expressionText = (file: string): string | undefined =>
  file.startsWith("<") ? file.slice(1, -1) : undefined;

// ── evaluating ───────────────────────────────────────────────────────────────

/**
 * Evaluates a document but for the definitions that are `known`. Null where these cannot be relied on after
 * all.
 */
function evaluate(document: Document, known: Kept | null): Kept | null {
  const { source, program, outline, declared, asked, reader, options } = document;
  const files = new Map(known?.files);
  const read = (path: string) => {
    const text = reader.read(path);
    files.set(path, text);
    return text;
  };
  const settings: EvaluatorOptions = {
    ...options,
    modules: FRAMEWORK_MODULES,
    hooks: FRAMEWORK_HOOKS,
    budgets: BUDGETS,
    reader: { ...reader, read },
    versions: versionsIn({ ...reader, read }, options.roots ?? [], options.sitePackages ?? []),
  };
  const evaluator = new Evaluator(settings);
  const parts = new Parts(evaluator, document);
  evaluator.watch();
  const loaded = evaluator.loadMain(source, { isScript: true, runsAll: true });
  const module = parts.take(evaluator.steps, null);
  // Of a module that was stopped, names are evaluated when they are looked up, which nobody watches.
  let isReusable = loaded.error === null && evaluator.footprint.isRepeatable;
  let evaluated = 1;
  const callers = new Map<string, readonly Part[]>();
  for (const [caller, evaluateCaller] of callersOf(document, { ...reader, read })) {
    const found = known?.callers.get(caller) ?? evaluateCaller();
    if (!known?.callers.has(caller)) evaluated++;
    callers.set(caller, found);
  }
  const called = [...callers.values()].flat().flatMap(({ places }) => places);
  const definitions = new Map<number, Part>();
  /** What a call of a definition makes: the part that is known of it, where it makes that again. */
  const partOf = (
    { node, lacksArguments }: Assumed,
    before: Part | undefined,
    call: () => AssumedCall,
    opensDefaults: boolean,
  ): Part => {
    if (before !== undefined && parts.repeat(before)) return before;
    parts.begin();
    evaluator.watch();
    const { evaluation, text } = call();
    const stop = opensDefaults ? null : stopOf(evaluation);
    const span = { file: source.file, start: node.start, end: node.end };
    const assumed = { span, text, isAssumed: true, lacksArguments };
    const part = parts.take(evaluator.steps, stop, assumed, opensDefaults);
    isReusable &&= evaluator.footprint.isRepeatable && evaluator.footprint.isSelfContained;
    evaluated++;
    return part;
  };
  const told = toldShapes([...callers.values()].flat());
  const isVague = (place: Span): boolean => told.get(placeKey(place))?.size === 0;
  // Defaults are no answer for a model of which calls say other sizes.
  const contradicts = ({ sites }: Part): boolean =>
    sites.some(({ span, builds }) => {
      const shapes = told.get(placeKey(span));
      return (
        shapes !== undefined && shapes.size > 0 && !builds.some((one) => shapes.has(written(one.parameters)))
      );
    });
  callUnreached(
    evaluator,
    loaded,
    [...module.places, ...called],
    (one, call) => {
      const part = partOf(one, known?.definitions.get(one.index), call, false);
      if (!contradicts(part)) definitions.set(one.index, part);
      return part;
    },
    undefined,
    isVague,
  );
  const opened = new Map<string, OpenedPart>();
  const open = (one: Assumed, how: number | string, call: () => AssumedCall): OpenedPart => {
    const key = `${one.index} ${how}`;
    const before = known?.opened.get(key);
    const made = partOf(one, before, call, true);
    const part = made === before ? before : { ...made, index: one.index };
    opened.set(key, part);
    return part;
  };
  const all = () => [module, ...definitions.values(), ...opened.values()];
  const hasRun = ({ start }: Stretch) => all().some(({ ran }) => ran.has(functionAt(outline, start)));
  const reached = [...all(), ...[...callers.values()].flat()].flatMap((part) => part.reached);
  const unmade = new Unmade(evaluator, loaded, reached);
  readClosedBranches(evaluator, loaded, unmade, (one, call) => open(one, one.reading, call));
  callMethods(evaluator, loaded, unmade, hasRun, (one, call) => open(one, one.method, call));
  callInner(evaluator, loaded, unmade, (one, call) => open(one, "returned", call));
  let branches = known?.branches ?? null;
  if (branches === null) {
    const tests = closedTests(
      evaluator,
      loaded,
      [...all(), ...[...callers.values()].flat()].flatMap((part) => part.reached),
    );
    if (tests.size > 0) {
      branches = openedModule(settings, source, document, tests);
      evaluated++;
    }
  }
  if (known !== null && !isReusable) return null;
  const { notes } = loaded;
  return {
    asked,
    files,
    program,
    outline,
    declared,
    notes,
    module,
    callers,
    branches,
    definitions,
    opened,
    isReusable,
    evaluated,
  };
}

/** The shapes that calls in other files tell, of each place; none where none of them says all sizes. */
function toldShapes(parts: readonly Part[]): ReadonlyMap<string, ReadonlySet<string>> {
  const told = new Map<string, Set<string>>();
  for (const { span, builds } of parts.flatMap(({ sites }) => sites)) {
    const shapes = told.get(placeKey(span)) ?? new Set();
    told.set(placeKey(span), shapes);
    for (const { parameters } of builds) if (isConcrete(parameters)) shapes.add(written(parameters));
  }
  return told;
}

/** What else builds the document's definitions, each with the way to evaluate it. */
function callersOf(document: Document, reader: FileReader): readonly [string, () => readonly Part[]][] {
  const { source, options } = document;
  const { callers = [], expressions = [] } = options;
  const callee: Callee = { placing: document, source, names: definedNames(source.text), reader, options };
  return [
    ...callers.map((file): [string, () => readonly Part[]] => [file, () => callerParts(callee, file)]),
    ...expressions.map((text): [string, () => readonly Part[]] => [
      expressionFile(text),
      () => [expressionPart(callee, text)],
    ]),
  ];
}

function stopOf({ error, raised, notes }: Evaluation): Stop | null {
  return error === null || raised !== null ? null : { message: error, span: notes.at(-1)?.span ?? null };
}

// ── after an edit ────────────────────────────────────────────────────────────

interface StillTrue {
  readonly known: Kept;
  /** Whether it is everything that was known. */
  readonly isAll: boolean;
}

/** What of a former text's parts holds for this one, at its new places; null where nothing does. */
function stillTrue(before: Kept, document: Document): StillTrue | null {
  const { asked, program, outline, declared, reader, source } = document;
  if (before.asked !== asked) return null;
  for (const [path, text] of before.files) if (reader.read(path) !== text) return null;
  const edit = compareOutlines(before.outline, outline);
  if (edit === null || isTouched(before.module, edit)) return null;
  if (!sameInputs(before.declared, declared, edit)) return null;
  const reached = reachedBy(edit, before, document);
  if (reached === null) return null;
  const mover = new PartMover(edit, before.outline, source.file);
  try {
    const definitions = [...before.definitions].filter(
      ([index, part]) => !isTouched(part, edit) && !reached(index, part),
    );
    const opened = [...before.opened].filter(
      ([, part]) => !isTouched(part, edit) && !reached(part.index, part),
    );
    const callers = [...before.callers].filter(
      ([, parts]) => edit.statements.size === 0 && !parts.some((part) => isTouched(part, edit)),
    );
    const { branches } = before;
    const keepsBranches = branches !== null && edit.statements.size === 0 && !isTouched(branches, edit);
    const known = {
      ...before,
      program,
      outline,
      declared,
      notes: before.notes.map((note) => ({ ...note, span: note.span && mover.move(note.span) })),
      module: mover.movePart(before.module),
      definitions: new Map(definitions.map(([index, part]) => [index, mover.movePart(part)])),
      opened: new Map(opened.map(([key, part]) => [key, mover.movePart(part)])),
      callers: new Map(callers.map(([key, parts]) => [key, parts.map((part) => mover.movePart(part))])),
      branches: keepsBranches ? mover.movePart(branches) : null,
    };
    const isAll =
      edit.statements.size === 0 &&
      definitions.length === before.definitions.size &&
      opened.length === before.opened.size &&
      keepsBranches === (branches !== null) &&
      callers.length === before.callers.size;
    return { known, isAll };
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}

/**
 * Tells which definitions' parts an edit outside of functions can have changed; null where it can have changed
 * anything.
 */
function reachedBy(
  edit: Edit,
  { files, program: former, outline: { functions } }: Kept,
  { program, outline, source }: Document,
): ((definition: number, part: Part) => boolean) | null {
  if (edit.statements.size === 0) return () => false;
  // Nodes and statements go by other numbers, or an import leads back to the document.
  if (program.statements.length !== outline.statements.length || files.has(source.file)) return null;
  if (![...edit.statements].every((index) => isOnlyBinding(former, index))) return null;
  const reached = dependents(program, edit.statements);
  if (reached === null || functions.length !== outline.functions.length) return null;
  const { definitions: defined } = triedOf(program);
  const isReached = ({ start }: Stretch) => reached.has(statementAt(outline, start));
  const isConfigured = [...reached].some((index) => isNamedConfiguration(program.statements[index]!));
  return (definition, { ran }) =>
    isReached(defined[definition]!) ||
    (isConfigured && mayTakeConfiguration(defined[definition]!)) ||
    [...ran].some((index) => index >= 0 && isReached(outline.functions[index]!));
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
