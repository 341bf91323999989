import { clearLine, cursorTo } from "node:readline";

const WIDTH = 30;
const INTERVAL_MS = 100;

/** A bar on standard error while something long is under way; nothing where that is no terminal. */
export class ProgressBar {
  readonly #title: string;
  #drawn = Date.now();
  #visible = false;

  constructor(title: string) {
    this.#title = title;
  }

  /** Shows the fraction done; nothing shows in the first tenth of a second. */
  show(done: number): void {
    if (!process.stderr.isTTY || Date.now() - this.#drawn < INTERVAL_MS) return;
    this.#drawn = Date.now();
    this.#visible = true;
    const full = Math.round(done * WIDTH);
    cursorTo(process.stderr, 0);
    process.stderr.write(
      `${this.#title} ${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${Math.floor(done * 100)} %`,
    );
  }

  /** Leaves the line empty. */
  clear(): void {
    if (!this.#visible) return;
    clearLine(process.stderr, 0);
    cursorTo(process.stderr, 0);
    this.#visible = false;
  }
}
