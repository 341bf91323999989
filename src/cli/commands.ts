import { checkCommand } from "./check.js";
import type { Command } from "./command.js";
import { layersCommand } from "./layers.js";
import { modelCommand } from "./model.js";
import { sampleCommand } from "./sample.js";
import { schemeCommand } from "./scheme.js";
import { signalCommand } from "./signal.js";
import { snippetCommand } from "./snippet.js";

/** The table of commands; a new command is one row here and one file beside. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["layers", layersCommand],
  ["model", modelCommand],
  ["check", checkCommand],
  ["signal", signalCommand],
  ["scheme", schemeCommand],
  ["snippet", snippetCommand],
  ["sample", sampleCommand],
]);
