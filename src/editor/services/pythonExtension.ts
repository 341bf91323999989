import * as vscode from "vscode";

/** What is used of the Python extension's interface, where that extension is there. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly id: string; readonly path: string };
    resolveEnvironment(
      path: unknown,
    ): Promise<{ readonly executable: { readonly sysPrefix?: string } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The interpreter that a person chose in the Python extension; that extension is not needed. */
export class ChosenInterpreter implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #api: PythonApi | undefined;

  /** Another interpreter was chosen, or the Python extension has started. */
  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    void this.#connect().catch((error: unknown) => log.info(`The Python extension: ${String(error)}`));
  }

  /** The folder of the environment that a file runs in; `undefined` where nobody chose one. */
  async prefix(uri: vscode.Uri): Promise<string | undefined> {
    const environments = this.#api?.environments;
    if (!environments) return undefined;
    try {
      const resolved = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(uri));
      const prefix = resolved?.executable.sysPrefix;
      return prefix ? vscode.Uri.file(prefix).path : undefined;
    } catch {
      return undefined;
    }
  }

  /** The same language starts both extensions: nothing is started here that would not start. */
  async #connect(): Promise<void> {
    const api: unknown = await vscode.extensions.getExtension("ms-python.python")?.activate();
    if (!isPythonApi(api)) return;
    this.#api = api;
    this.#disposables.push(api.environments.onDidChangeActiveEnvironmentPath(() => this.#changed.fire()));
    this.#changed.fire();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function isPythonApi(api: unknown): api is PythonApi {
  const environments = (api as Partial<PythonApi> | undefined)?.environments;
  return (
    typeof environments?.getActiveEnvironmentPath === "function" &&
    typeof environments.resolveEnvironment === "function" &&
    typeof environments.onDidChangeActiveEnvironmentPath === "function"
  );
}
