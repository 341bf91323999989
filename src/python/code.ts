import type { Parameters } from "./ast.js";

/** What all function objects of one `def` share. */
export interface FunctionCode {
  readonly name: string;
  readonly parameters: Parameters;
}
