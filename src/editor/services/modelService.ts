import type * as vscode from "vscode";
import type { SamplerPool } from "../../sample/client.js";
import type { AnalyseRequest, Models, Signal } from "../../sample/protocol.js";
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

  /** The models of `calls`, after those that a module builds by itself where these are wanted. */
  models(
    module: Module,
    asked: { readonly withOwn: boolean; readonly calls: readonly string[] },
  ): Promise<Models> {
    return this.#ask(module, (request) => this.#pool.call("models", { ...request, ...asked }));
  }

  /** The size of the signal through what `call` builds; `input` is null where the document declares it. */
  signal(module: Module, call: string, input: string | null): Promise<Signal> {
    return this.#ask(module, (request) => this.#pool.call("signal", { ...request, call, input }));
  }

  /** Asks again until every file that is wanted has been loaded. */
  #ask<Answer extends { readonly wanted: readonly string[] }>(
    { uri, source }: Module,
    ask: (request: AnalyseRequest) => Promise<Answer>,
  ): Promise<Answer> {
    const always = () => true;
    return this.#turns.run(always, async () => {
      const host = hostOf(uri);
      const scope = scopeOf(host);
      const folders = await this.#paths.of(host);
      for (let round = 0; ; round++) {
        const news = this.#imported.take(scope);
        const answer = await ask({ scope, document: source(), ...folders, ...news });
        if (answer.wanted.length === 0 || round === MAX_ROUNDS) return answer;
        await this.#imported.load(host, answer.wanted);
      }
    });
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
