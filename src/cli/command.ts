/** One command of the command line; each lives in a file of its own in this folder. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** Takes what follows the command's name; returns the exit status, throws UsageError. */
  run(args: readonly string[]): Promise<number>;
}
