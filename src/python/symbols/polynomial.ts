/**
 * Exact arithmetic on named unknown integers. A polynomial is a sum of coefficient × monomial; a
 * monomial is a product of atoms. An atom is a name, or a floor quotient or remainder that does not
 * simplify. Two polynomials are equal exactly when their normal forms are.
 */

export type Atom =
  | { readonly kind: "name"; readonly key: string; readonly text: string }
  | {
      readonly kind: "//" | "%";
      readonly key: string;
      readonly left: Polynomial;
      readonly right: Polynomial;
    };

interface Term {
  readonly coefficient: number;
  /** Sorted by key; an atom squared stands there twice. */
  readonly atoms: readonly Atom[];
}

/** Terms by the key of their monomial ("" for the constant); no coefficient is 0. */
export type Polynomial = ReadonlyMap<string, Term>;

const monomialKey = (atoms: readonly Atom[]): string => atoms.map((atom) => atom.key).join("*");

function polynomial(terms: Iterable<Term>): Polynomial {
  const sum = new Map<string, Term>();
  for (const { coefficient, atoms } of terms) {
    const key = monomialKey(atoms);
    const total = (sum.get(key)?.coefficient ?? 0) + coefficient;
    if (total === 0) sum.delete(key);
    else sum.set(key, { coefficient: total, atoms });
  }
  return sum;
}

export const constant = (value: number): Polynomial => polynomial([{ coefficient: value, atoms: [] }]);

/** `key` tells two symbols of the same name apart; `text` is what people read. */
export const symbol = (key: string, text: string): Polynomial =>
  polynomial([{ coefficient: 1, atoms: [{ kind: "name", key, text }] }]);

/** The one name it consists of, else null. */
export function nameOf(p: Polynomial): { readonly key: string; readonly text: string } | null {
  const [term] = p.values();
  const [atom] = term?.atoms ?? [];
  const isName = p.size === 1 && term?.coefficient === 1 && term.atoms.length === 1 && atom?.kind === "name";
  return isName ? atom : null;
}

/** Keys of all names in it. */
export function namesIn(p: Polynomial): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { atoms } of p.values()) {
    for (const atom of atoms) {
      if (atom.kind === "name") names.add(atom.key);
      else for (const name of [...namesIn(atom.left), ...namesIn(atom.right)]) names.add(name);
    }
  }
  return names;
}

/** Its value if it holds no symbol, else null. */
export function constantValue(p: Polynomial): number | null {
  if (p.size === 0) return 0;
  return p.size === 1 ? (p.get("")?.coefficient ?? null) : null;
}

export const add = (a: Polynomial, b: Polynomial): Polynomial => polynomial([...a.values(), ...b.values()]);

export const negate = (a: Polynomial): Polynomial => multiply(a, constant(-1));

export const subtract = (a: Polynomial, b: Polynomial): Polynomial => add(a, negate(b));

export function multiply(a: Polynomial, b: Polynomial): Polynomial {
  return polynomial(
    [...a.values()].flatMap((one) =>
      [...b.values()].map((other) => ({
        coefficient: one.coefficient * other.coefficient,
        atoms: [...one.atoms, ...other.atoms].sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0)),
      })),
    ),
  );
}

/** `a / b` where the division leaves nothing over whatever the symbols are; else null. `b` is not 0. */
export function divideExactly(a: Polynomial, b: Polynomial): Polynomial | null {
  if (b.size !== 1) return key(a) === key(b) ? constant(1) : null;
  const divisor = [...b.values()][0]!;
  const terms: Term[] = [];
  for (const term of a.values()) {
    const atoms = without(term.atoms, divisor.atoms);
    if (atoms === null || term.coefficient % divisor.coefficient !== 0) return null;
    terms.push({ coefficient: term.coefficient / divisor.coefficient, atoms });
  }
  return polynomial(terms);
}

function without(atoms: readonly Atom[], removed: readonly Atom[]): Atom[] | null {
  const rest = [...atoms];
  for (const atom of removed) {
    const index = rest.findIndex((one) => one.key === atom.key);
    if (index < 0) return null;
    rest.splice(index, 1);
  }
  return rest;
}

/** Python's `a // b`: exact where possible, else what divides is taken out of the quotient atom. */
export function floorDivide(a: Polynomial, b: Polynomial): Polynomial {
  const exact = divideExactly(a, b);
  if (exact !== null) return exact;
  // (q*b + r) // b = q + r // b for whole q, so only the terms that do not divide stay inside.
  const [whole, rest] = splitDivisible(a, b);
  return add(whole, quotientAtom("//", rest, b));
}

/** Python's `a % b`. */
export function remainder(a: Polynomial, b: Polynomial): Polynomial {
  const [, rest] = splitDivisible(a, b);
  return rest.size === 0 ? rest : quotientAtom("%", rest, b);
}

function splitDivisible(a: Polynomial, b: Polynomial): [whole: Polynomial, rest: Polynomial] {
  let whole: Polynomial = constant(0);
  const rest: Term[] = [];
  for (const term of a.values()) {
    const quotient = divideExactly(polynomial([term]), b);
    if (quotient === null) rest.push(term);
    else whole = add(whole, quotient);
  }
  return [whole, polynomial(rest)];
}

function quotientAtom(kind: "//" | "%", left: Polynomial, right: Polynomial): Polynomial {
  const [a, b] = [constantValue(left), constantValue(right)];
  if (a !== null && b !== null) {
    return constant(kind === "//" ? Math.floor(a / b) : a - b * Math.floor(a / b));
  }
  const atom: Atom = { kind, key: `(${key(left)}${kind}${key(right)})`, left, right };
  return polynomial([{ coefficient: 1, atoms: [atom] }]);
}

/** Terms and factors that the size of a layer never has; squaring in a loop doubles them with every turn. */
const MAX_TERMS = 64;
const MAX_KEY = 2000;

/** Whether it is still a size that anybody would read, and that more arithmetic can be done with. */
export function isReadable(p: Polynomial): boolean {
  if (p.size > MAX_TERMS) return false;
  let length = 0;
  for (const monomial of p.keys()) length += monomial.length;
  return length <= MAX_KEY;
}

/** Equal keys, equal polynomials. */
export const key = (p: Polynomial): string =>
  [...p.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([monomial, { coefficient }]) => `${coefficient}${monomial && `*${monomial}`}`)
    .join("+");

/** As Python would write it: `4*n_embd + 1`, `n_embd//n_head`. */
export function polynomialText(p: Polynomial): string {
  if (p.size === 0) return "0";
  const terms = [...p.values()].sort((a, b) => Number(a.atoms.length === 0) - Number(b.atoms.length === 0));
  return terms
    .map((term, index) => {
      const sign = term.coefficient < 0 ? "-" : "+";
      const text = termText(term, terms.length === 1);
      if (index === 0) return term.coefficient < 0 ? `-${text}` : text;
      return ` ${sign} ${text}`;
    })
    .join("");
}

function termText({ coefficient, atoms }: Term, isAlone: boolean): string {
  const size = Math.abs(coefficient);
  if (atoms.length === 0) return String(size);
  const factors = atoms.map((atom) => atomText(atom, isAlone && atoms.length === 1 && size === 1));
  return (size === 1 ? factors : [String(size), ...factors]).join("*");
}

function atomText(atom: Atom, isAlone: boolean): string {
  if (atom.kind === "name") return atom.text;
  const text = `${operandText(atom.left)}${atom.kind}${operandText(atom.right)}`;
  return isAlone ? text : `(${text})`;
}

const operandText = (p: Polynomial): string => {
  const text = polynomialText(p);
  return p.size === 1 && /^[\w.]+$/.test(text) ? text : `(${text})`;
};
