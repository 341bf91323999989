import type { Command } from "../../../src/cli/command.js";

/** Runs a command on words separated by spaces and returns what it wrote to standard output. */
export async function run(command: Command, line: string): Promise<{ status: number; stdout: string }> {
  const written: string[] = [];
  const { write } = process.stdout;
  // The test runner sends its own reports this way too, as bytes.
  process.stdout.write = ((text: string | Uint8Array) =>
    typeof text === "string" ? written.push(text) > 0 : write.call(process.stdout, text)) as typeof write;
  try {
    const status = await command.run(line.split(" "));
    return { status, stdout: written.join("") };
  } finally {
    process.stdout.write = write;
  }
}
