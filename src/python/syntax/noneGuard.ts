/**
 * What goes before a simple statement so that it runs only where a value is not None; null where the statement
 * does not stand alone on its lines.
 */
export function noneGuard(
  value: string,
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
): string | null {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const isAlone = /^[ \t]*$/.test(text.slice(line, start)) && !text.slice(start, end).includes(";");
  return isAlone ? `if ${value} is not None: ` : null;
}
