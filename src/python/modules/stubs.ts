/** Files that no user wrote: `<torch.nn>`. */

/** Whether a place is in code that stands for a library, or in an expression that is evaluated: no file of the user's. */
export const isStub = ({ file }: { readonly file: string }): boolean => file.startsWith("<");
