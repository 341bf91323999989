import type * as vscode from "vscode";
import type { SamplerPool } from "../sample/client.js";
import type { Models } from "../sample/protocol.js";
import type { Module } from "./documents.js";
import type { FileChanges } from "./fileChanges.js";
import { hostOf, ImportedFiles, scopeOf } from "./importedFiles.js";
import type { SearchPathFinder } from "./searchPaths.js";
import { Turns } from "./turns.js";

/** How often building models may ask for more files before it is taken as it is. */
const MAX_ROUNDS = 32;

/** Builds the models of modules, in a worker of their own: large ones take seconds. */
export class ModelService implements vscode.Disposable {
  readonly #pool: SamplerPool;
  readonly #paths: SearchPathFinder;
  readonly #imported = new ImportedFiles();
  readonly #turns = new Turns();
  readonly #listener: vscode.Disposable;

  constructor(pool: SamplerPool, paths: SearchPathFinder, files: FileChanges) {
    this.#pool = pool;
    this.#paths = paths;
    this.#listener = files.onDidChange((uris) => this.#imported.forget(uris));
  }

  /** The models that a module builds by itself, and those of `calls`. */
  models(module: Module, calls: readonly string[]): Promise<Models> {
    const always = () => true;
    return this.#turns.run(always, () => this.#build(module, calls));
  }

  async #build({ uri, source }: Module, calls: readonly string[]): Promise<Models> {
    const host = hostOf(uri);
    const scope = scopeOf(host);
    const folders = await this.#paths.of(host);
    for (let round = 0; ; round++) {
      const news = this.#imported.take(scope);
      const answer = await this.#pool.call("models", {
        scope,
        document: source(),
        ...folders,
        ...news,
        calls,
      });
      if (answer.wanted.length === 0 || round === MAX_ROUNDS) return answer;
      await this.#imported.load(host, answer.wanted);
    }
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
