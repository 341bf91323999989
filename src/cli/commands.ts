import { MODEL } from "./model.js";
import { sampleCommand } from "./sample.js";
import { schemeCommand } from "./scheme.js";
import { snippetCommand } from "./snippet.js";

/** One command of the command line; each lives in a file of its own in this folder. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** Takes what follows the command's name; returns the exit status, throws UsageError. */
  run(args: readonly string[]): Promise<number>;
}

/** The table of commands; a new command is one row here and one file beside. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["model", MODEL],
  ["scheme", schemeCommand],
  ["snippet", snippetCommand],
  ["sample", sampleCommand],
]);
