/** Which variable a name means: Python's scoping rules. */

export type Resolution =
  | { readonly kind: "slot"; readonly index: number }
  /** The slot holds a Cell, because an inner function sees the variable too. */
  | { readonly kind: "cell"; readonly index: number }
  /** A Cell of an outer function, in the closure. */
  | { readonly kind: "free"; readonly index: number }
  | { readonly kind: "global" }
  /** A name of a class body; `outer` is what it means where the body has not bound it. */
  | { readonly kind: "class"; readonly outer: Resolution };

interface Variable {
  index: number;
  isCaptured: boolean;
}

/** Where the slots of a frame are allotted; comprehensions share their function's. */
interface FrameLayout {
  slots: number;
}

export class Scope {
  readonly variables = new Map<string, Variable>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  /** Names of outer variables this function closes over, in closure order. */
  readonly free: string[] = [];
  isGenerator = false;
  readonly layout: FrameLayout;

  constructor(
    readonly kind: "module" | "class" | "function" | "comprehension",
    readonly parent: Scope | null,
  ) {
    this.layout = kind === "comprehension" ? parent!.layout : { slots: 0 };
    if (kind === "class") this.declare("__class__").isCaptured = true;
  }

  declare(name: string): Variable {
    let variable = this.variables.get(name);
    if (variable === undefined) {
      variable = { index: this.layout.slots++, isCaptured: false };
      this.variables.set(name, variable);
    }
    return variable;
  }

  /** A slot of its own for an intermediate value. */
  temporary(): number {
    return this.layout.slots++;
  }

  /** The variable in a slot of this scope's frame; undefined for an intermediate value. */
  nameOf(slot: number): string | undefined {
    for (const [name, { index }] of this.variables) if (index === slot) return name;
    return undefined;
  }

  /** The scope whose frame runs this one's code. */
  get frameScope(): Scope {
    return this.kind === "comprehension" ? this.parent!.frameScope : this;
  }

  /** Slots that must hold a Cell when the frame begins. */
  get cellSlots(): number[] {
    return [...this.variables.values()].filter((one) => one.isCaptured).map((one) => one.index);
  }

  resolve(name: string): Resolution {
    if (this.kind === "class" && name !== "__class__") {
      if (this.globals.has(name)) return { kind: "global" };
      const outer = this.resolveOuter(name);
      return this.nonlocals.has(name) ? outer : { kind: "class", outer };
    }
    if (this.kind === "module" || this.globals.has(name)) return { kind: "global" };
    const variable = this.nonlocals.has(name) ? undefined : this.variables.get(name);
    if (variable !== undefined) {
      return { kind: variable.isCaptured ? "cell" : "slot", index: variable.index };
    }
    if (this.kind !== "comprehension") return this.resolveOuter(name);
    const parent = this.parent!;
    if (parent.kind === "class") return parent.resolveOuter(name);
    return parent.resolve(name);
  }

  private resolveOuter(name: string): Resolution {
    if (this.parent?.seenFromInside(name) !== true) return { kind: "global" };
    let index = this.free.indexOf(name);
    if (index < 0) index = this.free.push(name) - 1;
    return { kind: "free", index };
  }

  /** Whether an inner function's `name` is a variable of this scope or of one around it. */
  seenFromInside(name: string): boolean {
    if (this.kind === "module" || (this.globals.has(name) && this.kind !== "class")) return false;
    const isOwn =
      (this.kind !== "class" || name === "__class__") &&
      this.variables.has(name) &&
      !this.nonlocals.has(name);
    return isOwn || (this.parent?.seenFromInside(name) ?? false);
  }

  /** Marks the variable that an inner function closes over, and hands it through the functions between. */
  capture(name: string): void {
    if (this.kind === "module") return;
    const isVisible = this.kind !== "class" || name === "__class__";
    const own = isVisible && !this.nonlocals.has(name) ? this.variables.get(name) : undefined;
    if (own !== undefined && !this.globals.has(name)) {
      own.isCaptured = true;
      return;
    }
    if (this.kind !== "comprehension" && this.parent?.seenFromInside(name) && !this.free.includes(name)) {
      this.free.push(name);
    }
    this.parent?.capture(name);
  }
}
