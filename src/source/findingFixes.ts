/** Fixes that rewrite the arguments of the call a finding stands at: one row a rule, and null where none is safe. */

import type { ModuleText } from "../python/documents/moduleText.js";
import type { Call, Statement } from "../python/syntax/ast.js";
import { eachExpression } from "../python/syntax/walk.js";
import { isSameSite } from "../sites.js";
import type { Finding, Fix, Layer, Site } from "../types.js";
import { heObject, lecunObject, zeroBiasObject } from "./callFixes/initializerObjects.js";
import { heInKeras, lecunBeforeSelu, namedInKeras, rightInitializer } from "./callFixes/keras.js";
import { aroundZero, rightNormal } from "./callFixes/numpy.js";
import type { FixedCall, Proposal } from "./callFixes/proposal.js";
import {
  boundsOfTwo,
  eachAnew,
  heBeforeRelu,
  linearGain,
  rightPlace,
  whereThereIsOne,
  zeroBias,
} from "./callFixes/torch.js";

/** Every argument stands where it is read: nothing is unpacked. */
const isPlain = ({ args, keywords }: Call): boolean =>
  args.every(({ kind }) => kind !== "Starred") && keywords.every(({ name }) => name !== null);

/** By rule the ways of rewriting a call; the first that has something to say does it. */
const FIXES: ReadonlyMap<string, readonly ((call: FixedCall) => Proposal | null)[]> = new Map([
  ["IL004", [heBeforeRelu, heInKeras, heObject]],
  ["IL005", [linearGain, lecunBeforeSelu, lecunObject]],
  ["IL006", [boundsOfTwo]],
  ["IL009", [aroundZero]],
  ["IL010", [zeroBias, zeroBiasObject]],
  ["IL014", [whereThereIsOne, namedInKeras]],
  ["IL019", [eachAnew]],
  ["IL020", [rightPlace, rightInitializer, rightNormal]],
]);

/** The findings, with the fixes that rewriting the call they stand at gives. */
export function withCallFixes(
  findings: readonly Finding[],
  source: ModuleText,
  statements: readonly Statement[],
  layers: readonly Layer[],
): readonly Finding[] {
  if (!findings.some(isWithoutFix)) return findings;
  const calls = callsByPlace(statements);
  return findings.map((finding) => {
    const call = isWithoutFix(finding) ? calls.get(stretchOf(finding.site, source)) : undefined;
    return call === undefined ? finding : { ...finding, fix: fixAt(finding, call, source, layers) };
  });
}

const isWithoutFix = ({ code, fix }: Finding): boolean => fix === null && FIXES.has(code);

function fixAt(
  { code, site, message }: Finding,
  call: Call,
  source: ModuleText,
  layers: readonly Layer[],
): Fix | null {
  if (!isPlain(call)) return null;
  const textOf: FixedCall["textOf"] = ({ start, end }) => source.text.slice(start, end);
  const own = layers.filter((layer) => isSameSite(layer.site, site) || namesWritten(layer, site).length > 0);
  const fixed: FixedCall = {
    call,
    textOf,
    message,
    written: own.flatMap((layer) => namesWritten(layer, site)),
    activations: activationsOf(own),
  };
  const [proposal] = (FIXES.get(code) ?? []).flatMap((propose) => propose(fixed) ?? []);
  if (proposal === undefined) return null;
  const { title, rewrite } = proposal;
  const { file, cell, line, column, endLine = line, endColumn = column } = source.site(rewrite);
  const place = { file, ...(cell === undefined ? {} : { cell }), line, column, endLine, endColumn };
  return { title, edits: [{ ...place, newText: rewrite.newText }] };
}

/** The activations of layers, if all are known. */
function activationsOf(layers: readonly Layer[]): readonly string[] {
  const known = layers.flatMap(({ activation }) => activation ?? []);
  return known.length === layers.length ? known : [];
}

/** Names of a layer's parameters that the call at a place wrote. */
const namesWritten = ({ parameters }: Layer, place: Site): string[] =>
  parameters.flatMap(({ name, steps }) =>
    steps.some(({ site }) => site !== null && isSameSite(site, place)) ? [name] : [],
  );

/** Every call of a module's text by where it begins and ends. */
function callsByPlace(statements: readonly Statement[]): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>();
  for (const statement of statements) {
    eachExpression(statement, (node) => {
      if (node.kind === "Call") calls.set(`${node.start}:${node.end}`, node);
    });
  }
  return calls;
}

function stretchOf(site: Site, source: ModuleText): string {
  const { endLine = site.line, endColumn = site.column } = site;
  return `${source.offset(site)}:${source.offset({ ...site, line: endLine, column: endColumn })}`;
}
