/**
 * Layers under an `if` of the module that its constants close: `if model == "mlp": …` below `model = "cnn"`. The
 * module is evaluated once more with such tests left open, so that both ways are followed; only what nothing
 * before tells is taken of it.
 */
import { Evaluator, type EvaluatorOptions, type Loaded, type MainDocument } from "../../python/evaluator.js";
import type { If, Statement } from "../../python/syntax/ast.js";
import { innerBlocks } from "../../python/syntax/walk.js";
import type { Span } from "../../python/values.js";
import { placeKey } from "./callSites.js";
import { layerCallFinder } from "./layerCalls.js";
import { type Part, Parts, type Placing } from "./parts.js";

/** For the module with its tests left open: half of what the document itself may take. */
const BUDGETS = { steps: 1_500_000, milliseconds: 10_000 };

/** Where the tests stand of those `if` statements under which a layer was not made. */
export function closedTests(
  evaluator: Evaluator,
  loaded: Loaded,
  reached: readonly Span[],
): ReadonlySet<number> {
  const made = new Set(reached.map(placeKey));
  const tests = new Set<number>();
  const ifs = loaded.program.statements.flatMap(ifsIn);
  if (ifs.length === 0) return tests;
  const layerCalls = layerCallFinder(evaluator, loaded);
  for (const node of ifs) {
    const blocks = [node.body, node.orElse];
    const lacks = (one: Statement): boolean => layerCalls(one).some((span) => !made.has(placeKey(span)));
    if (blocks.some(({ statements }) => statements.some(lacks))) tests.add(node.test.start);
  }
  return tests;
}

/** The `if` statements of a module, those inside others too, but none of a definition. */
const ifsIn = (node: Statement): readonly If[] => [
  ...(node.kind === "If" ? [node] : []),
  ...innerBlocks(node).flatMap(({ statements }) => statements.flatMap(ifsIn)),
];

/** What the module makes where these tests are left open. */
export function openedModule(
  options: EvaluatorOptions,
  source: MainDocument,
  placing: Placing,
  tests: ReadonlySet<number>,
): Part {
  const isOpen = ({ file, start }: Span) => file === source.file && tests.has(start);
  const evaluator = new Evaluator({ ...options, budgets: BUDGETS, isOpen });
  const parts = new Parts(evaluator, placing);
  evaluator.watch();
  evaluator.loadMain(source, { isScript: true, runsAll: true });
  return parts.take(evaluator.steps, null);
}
