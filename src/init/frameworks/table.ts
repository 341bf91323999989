import type { Shape } from "../../types.js";
import { type Draw, type Refusal, refuse } from "../refusal.js";
import { formatArgument, type Quantity } from "../symbolic.js";

/** A value given to an initializer: text is a symbol (or a mode's name), `null` a value not known. */
export type Argument = number | string | boolean | null | readonly number[];

/** Arguments by name. `undefined` means "not given". */
export type Arguments = { readonly [name: string]: Argument | undefined };

/** In place of a default: the framework raises where the argument is missing. */
export const REQUIRED = Symbol("required");

/** One row of a framework's table: what its initializer takes and what it draws. */
export interface Initializer {
  /** Names in the framework's order, with the framework's defaults. */
  readonly parameters: { readonly [name: string]: Argument | typeof REQUIRED };
  draw(shape: Shape, given: Given): Draw;
}

export type InitializerTable = ReadonlyMap<string, Initializer>;

/** A table from rows `name: [parameters, draw]`. */
export function initializers(rows: {
  readonly [name: string]: readonly [Initializer["parameters"], Initializer["draw"]];
}): InitializerTable {
  return new Map(Object.entries(rows).map(([name, [parameters, draw]]) => [name, { parameters, draw }]));
}

/** The arguments of one call with the defaults filled in. */
export class Given {
  constructor(
    private readonly values: Arguments,
    /** The call in the framework's words: `kaiming_uniform_(a=√5)`; only what differs from the defaults. */
    readonly source: string,
  ) {}

  /** A number, a symbol, or `null` where unknown. */
  quantity(name: string): Quantity {
    const value = this.values[name];
    if (typeof value === "boolean") return Number(value);
    return typeof value === "number" || typeof value === "string" ? value : null;
  }

  /** A mode's or a distribution's name; `null` where unknown. */
  word(name: string): string | null {
    const value = this.values[name];
    return typeof value === "string" ? value : null;
  }

  /** One axis, a list of axes, or `null` where not given. */
  axes(name: string): number | readonly number[] | null {
    const value = this.values[name];
    return typeof value === "number" || (typeof value === "object" && value !== null) ? value : null;
  }

  raw(name: string): Argument {
    return this.values[name] ?? null;
  }
}

/** These are accepted by every initializer and never change the law. */
const WITHOUT_EFFECT = new Set(["generator", "seed", "dtype", "rng", "key", "partition_info", "name"]);

/** Looks the initializer up, fills in defaults, and draws; refuses what the framework refuses. */
export function drawFrom(table: InitializerTable, name: string, shape: Shape, given: Arguments): Draw {
  const row = table.get(name);
  if (!row) return refuse("AttributeError", `there is no initializer "${name}"`);
  const values = fill(name, row, given);
  if (!(values instanceof Map)) return values;
  return row.draw(shape, new Given(Object.fromEntries(values), sourceOf(name, row, given)));
}

function fill(name: string, row: Initializer, given: Arguments): Map<string, Argument> | Refusal {
  const values = new Map<string, Argument>();
  for (const [parameter, fallback] of Object.entries(row.parameters)) {
    const value = Object.hasOwn(given, parameter) ? given[parameter] : undefined;
    if (value !== undefined) values.set(parameter, value);
    else if (fallback === REQUIRED) return refuse("TypeError", `${name} needs the argument ${parameter}`);
    else values.set(parameter, fallback as Argument);
  }
  const extra = Object.keys(given).find((key) => !values.has(key) && !WITHOUT_EFFECT.has(key));
  return extra === undefined ? values : refuse("TypeError", `${name} takes no argument "${extra}"`);
}

function sourceOf(name: string, row: Initializer, given: Arguments): string {
  const shown = Object.entries(row.parameters).flatMap(([parameter, fallback]) => {
    const value = Object.hasOwn(given, parameter) ? given[parameter] : undefined;
    if (value === undefined || value === null || value === fallback) return [];
    return [`${parameter}=${formatValue(value)}`];
  });
  return shown.length === 0 ? name : `${name}(${shown.join(", ")})`;
}

function formatValue(value: Exclude<Argument, null>): string {
  if (typeof value === "number") return formatArgument(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? value : `[${value.join(", ")}]`;
}
