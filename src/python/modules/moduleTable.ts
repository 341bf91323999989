import type { Machine } from "../machine.js";
import { type Key, NamespaceDict, type PyObject, type Value } from "../values.js";

/**
 * `sys.modules`. What a program takes from it by name it has imported before; here the import may have been
 * put off, so it is made then.
 */
export class ModuleTable extends NamespaceDict {
  constructor(
    owner: PyObject,
    machine: Machine,
    private readonly load: (name: string) => Value | undefined,
    private readonly forget: (name: string) => void,
  ) {
    super(owner, machine);
  }
  override get(key: Key): Value | undefined {
    const known = super.get(key);
    return known === undefined && typeof key === "string" ? this.load(key) : known;
  }
  /** The next import makes the module anew. */
  override delete(key: Key): boolean {
    if (typeof key === "string") this.forget(key);
    return super.delete(key);
  }
}
