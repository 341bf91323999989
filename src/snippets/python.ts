import type { Argument } from "../init/frameworks/table.js";

/** Python text in the style of the file it goes into. */
export interface PythonStyle {
  /** Local names of modules as the file imports them: `torch.nn` → `nn`. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly quote: '"' | "'";
  /** One step of indentation. */
  readonly indentation: string;
}

/** How each module is imported where the file does not yet, and the name it then has. */
const IMPORTS: ReadonlyMap<string, readonly [statement: string, name: string]> = new Map([
  ["numpy", ["import numpy as np", "np"]],
  ["scipy.stats", ["from scipy import stats", "stats"]],
  ["torch", ["import torch", "torch"]],
  ["torch.nn", ["import torch.nn as nn", "nn"]],
  ["keras", ["import keras", "keras"]],
  ["tensorflow", ["import tensorflow as tf", "tf"]],
  ["jax", ["import jax", "jax"]],
  ["jax.numpy", ["import jax.numpy as jnp", "jnp"]],
  ["flax.linen", ["import flax.linen as nn", "nn"]],
  ["flax.nnx", ["from flax import nnx", "nnx"]],
]);

/** Writes expressions and remembers which imports they need beyond the file's own. */
export class PythonWriter {
  private readonly needed = new Set<string>();

  constructor(readonly style: PythonStyle) {}

  /** Import statements to add, in the order of use. */
  get imports(): readonly string[] {
    return [...this.needed];
  }

  /**
   * A dotted name as the file would write it: `torch.nn.init.zeros_` is `init.zeros_` where the file says
   * `from torch.nn import init`, else `nn.init.zeros_`.
   * @param path full name; `home` is the module to import where no alias fits.
   */
  name(path: string, home: string): string {
    const parts = path.split(".");
    for (let length = parts.length; length > 0; length--) {
      const alias = this.style.aliases.get(parts.slice(0, length).join("."));
      if (alias !== undefined) return [alias, ...parts.slice(length)].join(".");
    }
    const [statement, alias] = IMPORTS.get(home)!;
    this.needed.add(statement);
    return `${alias}${path.slice(home.length)}`;
  }

  string(text: string): string {
    return `${this.style.quote}${text}${this.style.quote}`;
  }

  /** One literal: numbers short but exact to 10 digits, words quoted. */
  literal(value: Argument): string {
    if (value === null) return "None";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (typeof value === "number") return number(value);
    return typeof value === "string" ? this.string(value) : `(${value.map(number).join(", ")})`;
  }

  /** `f(first, name=value)`. */
  call(name: string, positional: readonly string[], named: Readonly<Record<string, string>> = {}): string {
    const given = Object.entries(named).map(([key, value]) => `${key}=${value}`);
    return `${name}(${[...positional, ...given].join(", ")})`;
  }
}

/** Shortest text that Python reads as the same number to 10 digits; `√5` as `5 ** 0.5`. */
export function number(value: number): string {
  const short = String(Number(value.toPrecision(10)));
  const square = value * value;
  const whole = Math.round(square);
  const root = short.includes(".") && whole > 0 && whole < 1000 && Math.abs(square - whole) < 1e-13 * whole;
  if (root) return value < 0 ? `-(${whole} ** 0.5)` : `${whole} ** 0.5`;
  return short;
}

/** `(64, 32)`, `(64,)`; symbols stay names. */
export function tuple(items: readonly (number | string)[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}
