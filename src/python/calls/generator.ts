import { PyIterator, types, type Value } from "../values.js";
import type { Completion, Frame } from "./frame.js";

/** The running body of a generator: yields values, is sent values, and ends with how it ended. */
export type Steps = Generator<Value, Completion, Value>;
export type GeneratorBody = (frame: Frame) => Steps;

/** A suspended function. While it runs its frame stands on top of the caller's. */
export class PyGenerator extends PyIterator {
  #steps: Steps | null = null;
  #isDone = false;
  #isRunning = false;
  /** What the function returned: the value of `yield from`. */
  result: Value = null;

  constructor(
    readonly frame: Frame,
    private readonly body: GeneratorBody,
  ) {
    super(() => this.resume(null), types.generator);
  }

  /** The next value; undefined at the end. */
  resume(sent: Value, thrown?: unknown): Value | undefined {
    if (this.#isDone) {
      if (thrown !== undefined) throw thrown;
      return undefined;
    }
    const { frame } = this;
    const { machine } = frame;
    if (this.#isRunning) machine.raise("ValueError", "generator already executing");
    const caller = machine.frame;
    machine.enter(frame, caller);
    this.#isRunning = true;
    try {
      this.#steps ??= this.body(frame);
      const step = thrown === undefined ? this.#steps.next(sent) : this.#steps.throw(thrown);
      if (step.done !== true) return step.value;
      this.#isDone = true;
      this.result = frame.returned;
      this.uncertain = frame.uncertain;
      return undefined;
    } catch (error) {
      this.#isDone = true;
      throw error;
    } finally {
      this.#isRunning = false;
      machine.frame = caller;
    }
  }

  close(): void {
    this.#isDone = true;
  }
}

export const startGenerator = (frame: Frame, body: GeneratorBody): PyGenerator =>
  new PyGenerator(frame, body);
