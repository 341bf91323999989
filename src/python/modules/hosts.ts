import type { HostModule } from "../host.js";

/** What a host registered, by dotted name. */
export class Hosts {
  readonly #modules: ReadonlyMap<string, HostModule>;
  /** Packages that registered modules lie in. */
  readonly #parents = new Set<string>();
  /** Top-level packages with modules that step in where no file is. */
  readonly #spare = new Set<string>();

  constructor(modules: readonly HostModule[]) {
    this.#modules = new Map(modules.map((one) => [one.name, one]));
    for (const { name, isSpare, isWithin } of modules) {
      if (isSpare === true) this.#spare.add(topOf(name));
      if (isWithin === true) continue;
      for (let parent = parentOf(name); parent !== ""; parent = parentOf(parent)) this.#parents.add(parent);
    }
  }

  get(name: string): HostModule | undefined {
    return this.#modules.get(name);
  }
  has(name: string): boolean {
    return this.#modules.has(name);
  }
  isParent(name: string): boolean {
    return this.#parents.has(name);
  }
  isSpare(top: string): boolean {
    return this.#spare.has(top);
  }
}

/** The package or module a dotted name begins with. */
export const topOf = (name: string): string => name.split(".", 1)[0]!;

/** The package a dotted name lies in; "" for a top-level one. */
export const parentOf = (name: string, separator = "."): string =>
  name.slice(0, Math.max(0, name.lastIndexOf(separator)));
