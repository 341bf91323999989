/** What a view may ask of whoever shows it: a notebook output, the preview panel, a test page. */
import type { ToExtension, ToRenderer } from "./protocol";

export interface Host {
  /** Absent where nobody listens: a saved file opened elsewhere. The chart is then static. */
  readonly send?: ((message: ToExtension) => void) | undefined;
  /** Calls back for every message; the answer ends that. */
  listen(listener: (message: ToRenderer) => void): () => void;
  /** What a view wants remembered of the output of this id. */
  remember(output: string, state: unknown): void;
  recall(output: string): unknown;
}

/** Undoes everything registered, last first, once. */
export class Disposables {
  private undo: (() => void)[] = [];

  add(undo: () => void): void {
    this.undo.push(undo);
  }

  listen<K extends keyof HTMLElementEventMap>(
    target: HTMLElement,
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ): void {
    target.addEventListener(type, listener);
    this.add(() => target.removeEventListener(type, listener));
  }

  dispose(): void {
    for (const undo of this.undo.splice(0).reverse()) undo();
  }
}
