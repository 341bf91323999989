/** The parameters of a model as a tree of modules, and as tables. */
import { describe } from "../init/describe.js";
import type { ModelReport, Parameter, Shape } from "../types.js";
import { shapeText } from "./layerText.js";

/** A module of a model: what is in it, in the framework's order. */
export interface ModuleNode {
  /** The last part of its name: `conv1`; the whole call for the model itself. */
  readonly name: string;
  readonly path: string;
  readonly modules: readonly ModuleNode[];
  readonly parameters: readonly Parameter[];
  readonly total: Total;
}

/** How many values there are. */
export interface Total {
  readonly values: number;
  /** False where a size is not known: there are at least so many. */
  readonly isExact: boolean;
}

/** The tree of a report's parameter names, which `.` or `/` divides. */
export function modelTree({ call, parameters, complete }: ModelReport): ModuleNode {
  const root = grouped(
    call,
    "",
    parameters.map((parameter) => ({ parameter, parts: parameter.name.split(/[./]/) })),
  );
  return complete ? root : { ...root, total: { ...root.total, isExact: false } };
}

interface Placed {
  readonly parameter: Parameter;
  /** What is left of its name below the module. */
  readonly parts: readonly string[];
}

function grouped(name: string, path: string, placed: readonly Placed[]): ModuleNode {
  const below = new Map<string, Placed[]>();
  for (const { parameter, parts } of placed) {
    const [first, ...rest] = parts;
    if (rest.length === 0 || first === undefined) continue;
    const group = below.get(first) ?? [];
    below.set(first, group);
    group.push({ parameter, parts: rest });
  }
  const own = placed.filter(({ parts }) => parts.length <= 1).map(({ parameter }) => parameter);
  const modules = [...below].map(([key, group]) => grouped(key, path === "" ? key : `${path}.${key}`, group));
  return { name, path, modules, parameters: own, total: totalOf(placed.map(({ parameter }) => parameter)) };
}

/** The number of values of all parameters together. */
export function totalOf(parameters: readonly Parameter[]): Total {
  const counts = parameters.map(({ shape }) => valueCount(shape));
  const values = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return { values, isExact: !counts.includes(null) };
}

/** `11.2 M values`, `at least 4,096 values`. */
export function totalText({ values, isExact }: Total): string {
  return `${isExact ? "" : "at least "}${countText(values)} ${values === 1 ? "value" : "values"}`;
}

function countText(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toPrecision(3)} billion`;
  if (count >= 1e6) return `${(count / 1e6).toPrecision(3)} million`;
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function valueCount(shape: Shape): number | null {
  let count = 1;
  for (const dim of shape) {
    if (typeof dim !== "number") return null;
    count *= dim;
  }
  return count;
}

/** `set` where the program says how to draw it, `default` where it leaves that to the framework. */
export function initStatus({ default: given, current }: Parameter): "default" | "set" | "unknown" {
  if (current.kind === "unknown" && current.formula === undefined) return "unknown";
  return JSON.stringify(given) === JSON.stringify(current) ? "default" : "set";
}

const COLUMNS: readonly { readonly title: string; readonly value: (one: Parameter) => string }[] = [
  { title: "name", value: ({ name }) => name },
  { title: "layer", value: ({ layer }) => layer },
  { title: "shape", value: ({ shape }) => shapeText(shape) },
  { title: "values", value: ({ shape }) => String(valueCount(shape) ?? "") },
  { title: "draws", value: ({ current }) => describe(current) },
  { title: "std", value: ({ current }) => String(current.std ?? "") },
  { title: "initialisation", value: initStatus },
  { title: "file", value: ({ site }) => site.file },
  { title: "line", value: ({ site }) => String(site.line) },
];

/** A line a parameter, quoted as RFC 4180 says. */
export function modelCsv({ parameters }: ModelReport): string {
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = [
    COLUMNS.map(({ title }) => title),
    ...parameters.map((one) => COLUMNS.map(({ value }) => value(one))),
  ];
  return `${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}

/** The same as a Markdown table, with the total. */
export function modelMarkdown(report: ModelReport): string {
  const columns = COLUMNS.slice(0, 7);
  const escaped = (text: string) => text.replace(/[\\|*_<`]/g, "\\$&").replaceAll("\n", " ");
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `# ${escaped(report.call)}`,
    "",
    `${report.parameters.length} parameters, ${totalText(modelTree(report).total)}.`,
    "",
    line(columns.map(({ title }) => title)),
    line(columns.map(() => "---")),
    ...report.parameters.map((one) => line(columns.map(({ value }) => escaped(value(one))))),
    "",
  ].join("\n");
}
