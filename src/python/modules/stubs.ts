/** Files that no user wrote: `<torch.nn>`. */
import type { Machine } from "../machine.js";

/** Whether a place is in code that stands for a library, or in an expression that is evaluated: no file of the user's. */
export const isStub = ({ file }: { readonly file: string }): boolean => file.startsWith("<");

/** The file of the program's innermost call; undefined where there is none. */
export const callingFile = (machine: Machine): string | undefined =>
  machine.callStack().find((span) => !isStub(span))?.file;
