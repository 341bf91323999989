/** At the beginning of a line or of a statement after a semicolon. */
const RELATIVE = /(?:^|;)[ \t]*from[ \t]+(\.+)/gm;

/** How many packages a text takes for granted around it: the most dots that an import of it begins with. */
export const relativeLevels = (text: string): number =>
  Math.max(0, ...Array.from(text.matchAll(RELATIVE), ([, dots]) => dots!.length));
