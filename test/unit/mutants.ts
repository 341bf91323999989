import fc from "fast-check";

/** How many to try: a sample, or as many as `INIT_LENS_MUTANTS` says. */
export const MUTANTS = Number(process.env.INIT_LENS_MUTANTS ?? 0);

/** Broken as people and editors break code: cut off, lines swapped or doubled, characters gone or odd. */
export const mutants = (sources: readonly string[]) =>
  fc
    .record({
      source: fc.constantFrom(...sources),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      edits: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          kind: fc.constantFrom("delete", "double", "swap", "insert", "rename", "move", "nest", "drop"),
          text: fc.constantFrom(
            "(",
            ")",
            ":",
            "\n",
            "\t",
            "0",
            "=",
            "é",
            "\u{1f600}",
            "\u2028",
            "lambda",
            "yield ",
            "*",
            "[",
            "'''",
          ),
        }),
        { maxLength: 12 },
      ),
    })
    .map(({ source, cut, edits }) => {
      const lines = source.split("\n").slice(0, Math.ceil(source.split("\n").length * cut));
      for (const { at, kind, text } of edits) {
        const index = Math.floor(at * lines.length);
        const line = lines[index] ?? "";
        const column = Math.floor(at * 997) % (line.length + 1);
        if (kind === "delete") lines.splice(index, 1);
        else if (kind === "double") lines.splice(index, 0, line);
        else if (kind === "swap") lines.splice(index, 2, lines[index + 1] ?? "", line);
        else if (kind === "insert") lines[index] = line.slice(0, column) + text + line.slice(column);
        else if (kind === "move") lines.push(...lines.splice(index, 1 + (column % 9)));
        else if (kind === "nest")
          lines[index] = `${line.slice(0, column)}${"([".repeat(300)}${line.slice(column)}`;
        else if (kind === "drop") lines[index] = line.slice(0, column) + line.slice(column + 1);
        else lines[index] = line.replace(/[a-z_]+/i, "renamed");
      }
      return lines.join("\n");
    });
