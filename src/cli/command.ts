import type { ParseArgsConfig, parseArgs } from "node:util";
import { readOptions } from "./options.js";

/** One command of the command line; each lives in a file of its own in this folder. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** Takes what follows the command's name; returns the exit status, throws UsageError. */
  run(args: readonly string[]): Promise<number>;
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What every command takes. */
const COMMON = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** The values of a command's own options and of the common ones. */
type Values<Own extends Options> = ReturnType<
  typeof parseArgs<{
    args: string[];
    options: Own & typeof COMMON;
    allowPositionals: true;
    strict: true;
  }>
>["values"];

/** A command from its options and what it does with their values and the words beside them. */
export function defineCommand<const Own extends Options>(definition: {
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  readonly options: Own;
  run(values: Values<Own>, positionals: readonly string[]): number | Promise<number>;
}): Command {
  const { summary, help, options } = definition;
  return {
    summary,
    async run(args) {
      const all = { ...options, ...COMMON } as Own & typeof COMMON;
      const { values, positionals } = readOptions(args, all);
      if ((values as { readonly help?: boolean }).help) return print(help);
      return definition.run(values, positionals);
    },
  };
}

/** Writes to standard output; exit status 0. */
export function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
