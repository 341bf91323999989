/** Who waits for a turn. */
interface Waiting {
  readonly isUrgent: () => boolean;
  readonly start: () => void;
}

/** Lets one piece of work run at a time; what is urgent when a turn ends goes first. */
export class Turns {
  readonly #waiting: Waiting[] = [];
  #isTaken = false;

  /** Runs `work` when its turn comes; urgency is asked anew each time. */
  async run<T>(isUrgent: () => boolean, work: () => Promise<T>): Promise<T> {
    if (this.#isTaken) await new Promise<void>((start) => this.#waiting.push({ isUrgent, start }));
    this.#isTaken = true;
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  /** The turn is handed over without being free in between. */
  #next(): void {
    const urgent = this.#waiting.findIndex(({ isUrgent }) => isUrgent());
    const [next] = this.#waiting.splice(Math.max(0, urgent), 1);
    if (next) next.start();
    else this.#isTaken = false;
  }
}

/** Lets others go on for so many milliseconds. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
