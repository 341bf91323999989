import { parseModule } from "../python/parse/parse.js";
import { LinePositions } from "../python/syntax/positions.js";

/** A class and the lines it takes, both ends counted; lines start at 1. */
export interface ClassLines {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
}

/** The class at a module's top level that a line belongs to. */
export function enclosingClass(text: string, line: number): ClassLines | undefined {
  const positions = new LinePositions(text);
  return parseModule(text)
    .module.body.statements.filter((statement) => statement.kind === "ClassDef")
    .map(({ name, start, end }) => ({
      name,
      line: positions.at(start).line,
      endLine: positions.at(end).line,
    }))
    .find((one) => one.line <= line && line <= one.endLine);
}
