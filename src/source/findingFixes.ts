/** Fixes that rewrite the arguments of the call a finding stands at: one row a rule, and null where none is safe. */
import type { Call, Expression, Keyword, Statement } from "../python/ast.js";
import type { ModuleText } from "../python/moduleText.js";
import { parseModule } from "../python/parse.js";
import { childExpressions, innerBlocks, statementExpressions } from "../python/walk.js";
import type { Finding, Fix, Layer, Site } from "../types.js";

/** A stretch of the module's text and what takes its place. */
interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The call at a finding, its text, and the parameters whose values it wrote last. */
interface FixedCall {
  readonly call: Call;
  readonly textOf: (node: { readonly start: number; readonly end: number }) => string;
  readonly written: readonly string[];
}

interface Proposal {
  readonly title: string;
  readonly rewrite: Rewrite;
}

const keyword = ({ keywords }: Call, name: string): Keyword | undefined =>
  keywords.find((one) => one.name === name);

/** Every argument stands where it is read: nothing is unpacked. */
const isPlain = ({ args, keywords }: Call): boolean =>
  args.every(({ kind }) => kind !== "Starred") && keywords.every(({ name }) => name !== null);

const isNumber = (node: Expression): node is Extract<Expression, { kind: "Constant" }> =>
  node.kind === "Constant" && typeof node.value === "number";

/** A function of torch.nn.init by its name, not a tensor's method of the same one. */
function isFunction({ func }: Call, textOf: FixedCall["textOf"], name: RegExp): boolean {
  if (func.kind === "Name") return name.test(func.id);
  return func.kind === "Attribute" && name.test(func.attr) && /\binit$/.test(textOf(func.value));
}

const isDotted = (node: Expression): boolean =>
  node.kind === "Name" || (node.kind === "Attribute" && isDotted(node.value));

const replace = ({ start, end }: Expression | Keyword, newText: string): Rewrite => ({ start, end, newText });

/** `trunc_normal_(w, std=0.02)` → the bounds at two standard deviations. */
function boundsOfTwo({ call, textOf }: FixedCall): Proposal | null {
  const spread = keyword(call, "std")?.value ?? call.args[2];
  if (!isFunction(call, textOf, /^trunc_normal_$/)) return null;
  if (call.args.length > 3 || keyword(call, "a") || keyword(call, "b") || spread === undefined) return null;
  if (!isNumber(spread) && !isDotted(spread)) return null;
  const bound = isNumber(spread)
    ? String(Number((2 * Number(spread.value)).toPrecision(12)))
    : `2 * ${textOf(spread)}`;
  const last = [...call.args, ...call.keywords].reduce((one, other) => (other.end > one.end ? other : one));
  return {
    title: "Cut at two standard deviations",
    rewrite: { start: last.end, end: last.end, newText: `, a=-${bound}, b=${bound}` },
  };
}

/** `nn.init.normal_(fc.bias)` → `nn.init.zeros_(fc.bias)`, where it draws nothing but biases. */
function zeroBias({ call, textOf, written }: FixedCall): Proposal | null {
  const [bias] = call.args;
  if (bias === undefined || call.func.kind !== "Attribute" || !isFunction(call, textOf, /_$/)) return null;
  if (written.length === 0 || !written.every((name) => /bias/.test(name))) return null;
  const newText = `${textOf(call.func.value)}.zeros_(${textOf(bias)})`;
  return { title: "Start at 0", rewrite: replace(call, newText) };
}

/** `nonlinearity="selu"` → `"linear"`, whose gain is the 1 that SELU needs. */
function linearGain({ call }: FixedCall): Proposal | null {
  const named = keyword(call, "nonlinearity")?.value;
  if (named?.kind !== "Constant" || named.value !== "selu") return null;
  return { title: "Use the gain of linear layers, 1", rewrite: replace(named, '"linear"') };
}

/** A std in the mean's place, a variance in the std's, or a gain in the slope's. */
function rightPlace(fixed: FixedCall): Proposal | null {
  const { call, textOf } = fixed;
  if (isFunction(call, textOf, /^kaiming_(normal|uniform)_$/)) return nonlinearityOfGain(fixed);
  if (!isFunction(call, textOf, /^(trunc_)?normal_$/)) return null;
  const [, mean] = call.args;
  if (call.args.length === 2 && call.keywords.length === 0 && mean !== undefined) {
    return { title: "Give it as std", rewrite: replace(mean, `std=${textOf(mean)}`) };
  }
  const spread = keyword(call, "std")?.value ?? call.args[2];
  if (spread?.kind !== "BinOp" || spread.op !== "/") return null;
  return { title: "Take the square root", rewrite: replace(spread, `(${textOf(spread)}) ** 0.5`) };
}

/** `a=calculate_gain("relu")` → `nonlinearity="relu"`. */
function nonlinearityOfGain({ call, textOf }: FixedCall): Proposal | null {
  const named = keyword(call, "a");
  const slope = named?.value ?? (call.args.length === 2 ? call.args[1] : undefined);
  if (slope?.kind !== "Call" || slope.args.length !== 1 || slope.keywords.length > 0) return null;
  const [nonlinearity] = slope.args;
  if (nonlinearity?.kind !== "Constant" || nonlinearity.type !== "str" || keyword(call, "nonlinearity"))
    return null;
  const newText = `nonlinearity=${textOf(nonlinearity)}`;
  return { title: "Name the nonlinearity", rewrite: replace(named ?? slope, newText) };
}

const FIXES: ReadonlyMap<string, (call: FixedCall) => Proposal | null> = new Map([
  ["IL005", linearGain],
  ["IL006", boundsOfTwo],
  ["IL010", zeroBias],
  ["IL020", rightPlace],
]);

/** The findings, with the fixes that rewriting the call they stand at gives. */
export function withCallFixes(
  findings: readonly Finding[],
  source: ModuleText,
  layers: readonly Layer[],
): readonly Finding[] {
  if (!findings.some(isWithoutFix)) return findings;
  const calls = callsByPlace(parseModule(source.text).module.body.statements);
  return findings.map((finding) => {
    const call = isWithoutFix(finding) ? calls.get(stretchOf(finding.site, source)) : undefined;
    return call === undefined ? finding : { ...finding, fix: fixAt(finding, call, source, layers) };
  });
}

const isWithoutFix = ({ code, fix }: Finding): boolean => fix === null && FIXES.has(code);

function fixAt(
  { code, site }: Finding,
  call: Call,
  source: ModuleText,
  layers: readonly Layer[],
): Fix | null {
  if (!isPlain(call)) return null;
  const textOf: FixedCall["textOf"] = ({ start, end }) => source.text.slice(start, end);
  const proposal = FIXES.get(code)?.({ call, textOf, written: writtenAt(site, layers) }) ?? null;
  if (proposal === null) return null;
  const { title, rewrite } = proposal;
  const { file, cell, line, column, endLine = line, endColumn = column } = source.site(rewrite);
  const place = { file, ...(cell === undefined ? {} : { cell }), line, column, endLine, endColumn };
  return { title, edits: [{ ...place, newText: rewrite.newText }] };
}

/** Names of the parameters that the call at a place wrote. */
function writtenAt({ file, cell, line, column }: Site, layers: readonly Layer[]): string[] {
  const isHere = (site: Site | null): boolean =>
    site?.file === file && site.cell === cell && site.line === line && site.column === column;
  return layers.flatMap(({ parameters }) =>
    parameters.flatMap(({ name, steps }) => (steps.some(({ site }) => isHere(site)) ? [name] : [])),
  );
}

/** Every call of a module's text by where it begins and ends. */
function callsByPlace(statements: readonly Statement[]): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>();
  const visit = (node: Expression): void => {
    if (node.kind === "Call") calls.set(`${node.start}:${node.end}`, node);
    childExpressions(node).forEach(visit);
  };
  const enter = (node: Statement): void => {
    statementExpressions(node).forEach(visit);
    const blocks = node.kind === "FunctionDef" || node.kind === "ClassDef" ? [node.body] : innerBlocks(node);
    for (const block of blocks) block.statements.forEach(enter);
  };
  statements.forEach(enter);
  return calls;
}

function stretchOf(site: Site, source: ModuleText): string {
  const { endLine = site.line, endColumn = site.column } = site;
  return `${source.offset(site)}:${source.offset({ ...site, line: endLine, column: endColumn })}`;
}
