/** Values nobody knows, and those known as a formula of unknown integers. */
import type { Formula } from "../symbols/formula.js";
import { type Polynomial, polynomialText } from "../symbols/polynomial.js";
import { types } from "./classes.js";
import { PyFloat, PyTuple } from "./data.js";
import { PyObject, type Span, type Value } from "./object.js";

const NOTHING: readonly never[] = [];

/**
 * A value nobody knows. It is a legal operand everywhere: what is computed from it is unknown too.
 */
export class Unknown extends PyObject {
  /** Dotted name it was read by (`config.n_embd`): where an int is wanted it acts as that symbol. */
  path: string | null = null;
  /**
   * The integer it is in case it is one, called after the variable that holds it: for people to read where a
   * size is wanted. It decides nothing, for it may be an array or a model as well.
   */
  size: Polynomial | null = null;
  /** The real number it is computed as, for people to read: see formula.ts. */
  formula: Formula | null = null;
  /** Whether it is certainly a tuple, of whatever items: a shape. */
  isTuple = false;
  /** What it ends with, in case it is a sequence: the last size of a shape whose rank nobody knows. */
  lastItem: Value | undefined = undefined;
  /** Known objects that it possibly is, so that a change through it is not lost. */
  may: readonly Value[] = [];
  /** What the arms of a branch gave that is not known either, where they joined to it. */
  arms: readonly Unknown[] = NOTHING;
  /** Where it is certainly one of a few: see choices.ts. */
  oneOf: Choice | null = null;
  /** Whether it stands for an argument by name that may not have been given at all. */
  isOptional = false;
  /** It belongs to a library that changes nothing it is given: see `HostModule.isInert`. */
  isInert = false;
  /** The attribute it was read as, where it was read of something unknown. */
  member: { readonly of: Unknown; readonly name: string } | null = null;
  /** Itself, before variables that hold it gave it their names. */
  nameless: Unknown = this;

  constructor(
    /** In plain words, for a diagnostic: "the module foo was not found". */
    readonly reason: string,
    /** Where it came from; null for what the host supplied. */
    readonly origin: Span | null = null,
  ) {
    super(types.unknown);
  }

  static named(path: string, reason: string, origin: Span | null = null): Unknown {
    const unknown = new Unknown(reason, origin);
    unknown.path = path;
    return unknown;
  }
}

/** The values that the arms of a branch gave one variable. */
export interface Choice {
  readonly values: readonly Value[];
  /** What was `born` within one of these was made in one of the arms. */
  readonly made: readonly Period[];
}

/** Moments of `evaluations`, both included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * What an unknown may be, given what it may be made of: each object once, and only those that can change.
 * Without that the lists double at each join.
 */
export function possibilities(values: readonly (Value | undefined)[]): readonly Value[] {
  const found = new Set<Value>();
  for (const value of values) {
    if (value instanceof Unknown) for (const one of value.may) found.add(one);
    else if (value !== undefined && canChange(value)) found.add(value);
  }
  return found.size === 0 ? NOTHING : [...found];
}

/** A tuple of numbers and strings stays what it is: a loop that makes one each time would fill the list. */
function canChange(value: Value): boolean {
  if (value instanceof PyTuple) return value.items.some(canChange);
  if (value instanceof Unknown) return value.may.length > 0;
  return value instanceof PyObject && !(value instanceof PyFloat);
}

/** An integer known only as an expression of named unknown integers; prints as Python: `4*n_embd`. */
export class Sym extends Unknown {
  constructor(
    readonly polynomial: Polynomial,
    origin: Span | null = null,
  ) {
    super("symbolic", origin);
  }
  override toString(): string {
    return polynomialText(this.polynomial);
  }
}
