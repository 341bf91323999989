/** Checkpoints that are loaded where a condition holds, and drawn over whether it holds or not. */
import type { Block, Expression, If, Statement } from "../../python/syntax/ast.js";
import { allBlocks, dottedName, innerBlocks } from "../../python/syntax/walk.js";
import type { Pattern } from "./pattern.js";

/** A function called as those are that draw weights: `weights_init`, `reset_parameters`, `xavier`. */
const DRAWS = /(init|reset)\w*(weight|param)|weights?_?init|xavier|kaiming|orthogonal/i;

/** `if resume: net.load_state_dict(…)` and, after it, `net.apply(init_weights)`. */
export function lostLoads(statements: readonly Statement[], text: string): Pattern[] {
  return statements.flatMap((node, index) => {
    if (node.kind !== "If" || leaves(node)) return [];
    return loadedIn(node).flatMap((model) => {
      for (const later of statements.slice(index + 1)) {
        if (isBound(later, model, text)) return [];
        if (appliesTo(later, model, text)) {
          const what = { kind: "lost_checkpoint", count: null } as const;
          return [{ start: later.start, end: later.end, what }];
        }
      }
      return [];
    });
  });
}

/** Whether what follows is not reached after the branch. */
const leaves = ({ body }: If): boolean =>
  ["Return", "Raise", "Break", "Continue"].includes(body.statements.at(-1)?.kind ?? "");

/** The models that a branch loads, by their names. */
function loadedIn({ body }: If): readonly string[] {
  const found = new Set<string>();
  const look = ({ statements }: Block): void => {
    for (const node of statements) {
      const called = methodCall(node, "load_state_dict");
      if (called !== null) found.add(called.owner);
      innerBlocks(node).forEach(look);
    }
  };
  look(body);
  return [...found];
}

function appliesTo(node: Statement, model: string, text: string): boolean {
  const called = methodCall(node, "apply");
  const [drawn] = called?.args ?? [];
  return called?.owner === model && drawn !== undefined && DRAWS.test(text.slice(drawn.start, drawn.end));
}

/** Whether another model may be called so afterwards; `net = DataParallel(net)` holds the same. */
const isBound = (node: Statement, model: string, text: string): boolean =>
  (node.kind === "Assign" &&
    node.targets.some((target) => dottedName(target) === model) &&
    !text.slice(node.value.start, node.value.end).includes(model)) ||
  allBlocks(node).some(({ statements }) => statements.some((inner) => isBound(inner, model, text)));

interface MethodCall {
  /** `net` of `net.apply(…)`. */
  readonly owner: string;
  readonly args: readonly Expression[];
}

/** A statement that calls the method of something with a name. */
function methodCall(node: Statement, method: string): MethodCall | null {
  if (node.kind !== "Expr" || node.value.kind !== "Call") return null;
  const { func, args } = node.value;
  if (func.kind !== "Attribute" || func.attr !== method) return null;
  const owner = dottedName(func.value);
  return owner === null ? null : { owner, args };
}
