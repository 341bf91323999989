import { serveChecks } from "./cli/check/pool.js";
import { COMMANDS } from "./cli/commands.js";
import { UsageError } from "./cli/usage.js";
import { suggest } from "./init/suggest.js";

/**
 * The command line: `init-lens COMMAND … [--json]`.
 * Exit status: 0; 1 `check` has findings; 2 bad usage or unreadable input, with one line on stderr.
 */
async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(overview());
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.get(name);
  if (!command) {
    const near = suggest(name, COMMANDS.keys()) || `; the commands are ${[...COMMANDS.keys()].join(", ")}`;
    throw new UsageError(`unknown command "${name}"${near}`);
  }
  return command.run(rest);
}

function overview(): string {
  const rows = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return [
    "Usage: init-lens COMMAND … [--json]",
    "",
    ...rows,
    "",
    "init-lens COMMAND --help tells more.",
    "",
  ].join("\n");
}

function fail(error: unknown): void {
  process.stderr.write(`init-lens: ${error instanceof Error ? error.message : String(error)}\n`);
  if (!(error instanceof UsageError) && error instanceof Error && process.env.INIT_LENS_DEBUG) {
    process.stderr.write(`${error.stack}\n`);
  }
  process.exitCode = 2;
}

if (!serveChecks()) {
  main(process.argv.slice(2)).then((status) => {
    process.exitCode = status;
  }, fail);
}
