/**
 * What else builds what a document defines: other files that call its classes and functions, and expressions
 * that somebody asks for. Each is evaluated by itself; what it makes in the document is one part of the reading.
 */
import type { Budgets } from "../../python/budgets.js";
import { ModuleText } from "../../python/documents/moduleText.js";
import { notebookCells } from "../../python/documents/notebook.js";
import { Evaluator, type Loaded, type ProgramCache } from "../../python/evaluator.js";
import type { Definition } from "../../python/syntax/ast.js";
import type { Span } from "../../python/values.js";
import { namesCalled } from "../../source/namesInText.js";
import type { FileReader } from "../../types.js";
import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES } from "../frameworks.js";
import { isWithin } from "../spans.js";
import type { CallSite } from "./callSites.js";
import { type Part, Parts, type Placing } from "./parts.js";
import { callUnreached, outerDefinitions } from "./unreached.js";

/** A caller's budget: it is read for the models it builds, not for the training that follows. */
const CALLER = { steps: 1_500_000, milliseconds: 10_000 };
/** That of an expression somebody asked for: the document's own. */
const EXPRESSION = { steps: 3_000_000, milliseconds: 20_000 };

export interface CallerOptions {
  readonly roots?: readonly string[];
  readonly sitePackages?: readonly string[];
  readonly now?: () => number;
  readonly cache: ProgramCache;
}

/** The document, the way to other files, and options of evaluation. */
export interface Callee {
  readonly placing: Placing;
  readonly source: ModuleText;
  readonly names: readonly string[];
  readonly reader: FileReader;
  readonly options: CallerOptions;
}

/** What running a file, a Python program or a notebook, makes in the document it imports. */
export function callerParts(callee: Callee, file: string): readonly Part[] {
  const text = callee.reader.read(file);
  const cells = text && (file.endsWith(".ipynb") ? notebookCells(text) : [{ index: null, text }]);
  if (!cells || typeof cells === "string") return [];
  const source = new ModuleText({ file, cells });
  const evaluator = evaluatorFor(callee, CALLER, [file.slice(0, file.lastIndexOf("/"))]);
  const parts = new Parts(evaluator, callee.placing);
  evaluator.watch();
  const loaded = evaluator.loadMain(source, { isScript: true, runsAll: true });
  const found = [parts.take(evaluator.steps, null)];
  const calls = found.flatMap(({ sites }) => callsIn(sites, file));
  const building = definitionsCalling(callee.names, loaded, source.text);
  callUnreached(
    evaluator,
    loaded,
    calls,
    (assumed, call) => {
      const { text } = call();
      const part = parts.take(evaluator.steps, null);
      found.push(assumed.asked.length === 0 ? ofDefinition(part, { file, ...assumed.node }, text) : part);
      return { places: callsIn(part.sites, file), steps: part.steps };
    },
    (node) => building.has(node),
  );
  const isElsewhere = (call: Span) => call.file !== callee.source.file;
  return found.map((part) => tellingPart(ofCalls(part, isElsewhere)));
}

/** The definitions of a file that call one of these names, or another definition that does. */
function definitionsCalling(
  names: readonly string[],
  { program }: Loaded,
  text: string,
): ReadonlySet<Definition> {
  const all = outerDefinitions(program.statements);
  const found = new Set<Definition>();
  for (let called = names; called.length > 0; ) {
    const calling = namesCalled(called);
    const more = all.filter((node) => !found.has(node) && calling.test(text.slice(node.start, node.end)));
    for (const node of more) found.add(node);
    called = more.map(({ name }) => name);
  }
  return found;
}

/** What a definition of the file makes by calling others there is made for the call of the definition. */
function ofDefinition(part: Part, { file, start, end }: Span, text: string): Part {
  const own: Span = { file, start, end };
  const call = { span: own, text, isAssumed: false };
  const isOther = (span: Span) => span.file === file && !isWithin(span, own);
  return {
    ...part,
    sites: part.sites.map((site) => ({
      ...site,
      builds: site.builds.map((one) => (one.call && isOther(one.call.span) ? { ...one, call } : one)),
    })),
  };
}

/** What evaluating an expression at the end of the document makes in it; its own text is the call. */
export function expressionPart(callee: Callee, expression: string): Part {
  const evaluator = evaluatorFor(callee, EXPRESSION, []);
  const main = evaluator.loadMain(callee.source, { isScript: true, runsAll: true });
  evaluator.watch();
  const { error } = evaluator.evaluate(expression, main);
  const start = { file: callee.source.file, start: 0, end: 0 };
  const stop = error === null ? null : { message: `${expression}: ${error}`, span: start };
  const part = new Parts(evaluator, callee.placing).take(evaluator.steps, stop);
  return ofCalls(part, ({ file }) => file === expressionFile(expression));
}

/** What stands for a file in the places of an expression. */
export const expressionFile = (expression: string): string => `<${expression}>`;

function evaluatorFor(
  { source, reader, options }: Callee,
  budgets: Partial<Budgets>,
  folders: readonly string[],
): Evaluator {
  // The document as it is being written, not as it was saved.
  const read = (path: string) => (path === source.file ? source.text : reader.read(path));
  return new Evaluator({
    ...options,
    roots: [...new Set([...folders, ...(options.roots ?? [])])],
    modules: FRAMEWORK_MODULES,
    hooks: FRAMEWORK_HOOKS,
    budgets,
    reader: { ...reader, read },
  });
}

/** The calls in a file that the sites were made for. */
const callsIn = (sites: readonly CallSite[], file: string): Span[] =>
  sites.flatMap(({ builds }) => builds.flatMap(({ call }) => (call?.span.file === file ? [call.span] : [])));

/** Only what was made for some calls. */
function ofCalls(part: Part, isWanted: (call: Span) => boolean): Part {
  const sites = part.sites.flatMap((site) => {
    const builds = site.builds.filter(({ call }) => call?.isAssumed === false && isWanted(call.span));
    return builds.length === 0 ? [] : [{ ...site, builds }];
  });
  return { ...part, sites, places: sites.map(({ span }) => span) };
}

/** The same without calls that leave most sizes open: there the symbols of the document's own arguments say more. */
function tellingPart(part: Part): Part {
  const counts = new Map<string, { all: number; known: number }>();
  for (const { call, parameters } of part.sites.flatMap(({ builds }) => builds)) {
    const key = `${call?.span.file}:${call?.span.start}`;
    const count = counts.get(key) ?? { all: 0, known: 0 };
    count.all++;
    if (parameters.every(({ shape }) => !shape.includes(null))) count.known++;
    counts.set(key, count);
  }
  return ofCalls(part, ({ file, start }) => {
    const { all, known } = counts.get(`${file}:${start}`)!;
    return 2 * known >= all;
  });
}
