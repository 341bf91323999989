/**
 * Packages that load their parts on demand put an object of their own in place of their module, made from
 * listings of their directory. What they have is also said plainly, for type checkers, in imports under
 * `if TYPE_CHECKING:`; those are read instead.
 */
import type { If, ImportFrom, Statement } from "./ast.js";

/** The `from … import` statements under `if TYPE_CHECKING:` of a module. */
export function declaredImports(statements: readonly Statement[]): readonly ImportFrom[] {
  return statements
    .filter((one): one is If => one.kind === "If" && isTypeChecking(one))
    .flatMap(({ body }) => body.statements.filter((one): one is ImportFrom => one.kind === "ImportFrom"));
}

/** Whether a statement is `if TYPE_CHECKING:`. */
export function isTypeChecking({ test }: If): boolean {
  return test.kind === "Name"
    ? test.id === "TYPE_CHECKING"
    : test.kind === "Attribute" && test.attr === "TYPE_CHECKING";
}

/** Star imports looked into for one name; looking into each of hundreds would read the whole package. */
const MAX_STARS = 12;

/** The star imports that may bring a name, those whose module is called most like it first. */
export function likelyStars(imports: readonly ImportFrom[], name: string): readonly ImportFrom[] {
  const wanted = plain(name);
  const scores = imports
    .filter(({ names }) => names[0]?.name === "*")
    .map((one) => ({ one, score: likeness(plain(one.module?.split(".").at(-1) ?? ""), wanted) }));
  return scores
    .filter(({ score }) => score > 0 || scores.length <= MAX_STARS)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_STARS)
    .map(({ one }) => one);
}

/** Modules of star imports, those called most like a name first. */
export function likeliestFirst<Star>(
  stars: readonly Star[],
  name: string,
  moduleOf: (star: Star) => string,
): readonly Star[] {
  const wanted = plain(name);
  return stars
    .map((star) => ({ star, score: likeness(plain(moduleOf(star).split(".").at(-1)!), wanted) }))
    .sort((a, b) => b.score - a.score)
    .map(({ star }) => star);
}

const plain = (name: string): string => name.toLowerCase().replaceAll("_", "");

/** Length of what both begin with; more where the whole module name is in the name. */
function likeness(module: string, name: string): number {
  let common = 0;
  while (common < module.length && module[common] === name[common]) common++;
  return common + (module !== "" && name.includes(module) ? 2 * module.length : 0);
}
