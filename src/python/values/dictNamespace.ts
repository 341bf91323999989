import type { Machine } from "../machine.js";
import { LiveNamespace, type PyDict, type Value } from "../values.js";

/** The attributes of an object whose `__dict__` was set: the entries of that dict, whoever changes them. */
export class DictNamespace extends LiveNamespace {
  constructor(
    readonly dict: PyDict,
    private readonly machine: Machine,
  ) {
    super();
  }
  override get size(): number {
    return this.dict.size;
  }
  override get(name: string): Value | undefined {
    const value = this.dict.get(name);
    return value === undefined && this.dict.uncertain !== null ? this.dict.uncertain : value;
  }
  override has(name: string): boolean {
    return this.dict.has(name) || this.dict.uncertain !== null;
  }
  override set(name: string, value: Value): this {
    this.machine.touch(this.dict);
    this.dict.set(name, name, value);
    return this;
  }
  override delete(name: string): boolean {
    this.machine.touch(this.dict);
    return this.dict.delete(name);
  }
  override clear(): void {
    this.machine.touch(this.dict);
    this.dict.clear();
  }
  override *entries(): MapIterator<[string, Value]> {
    for (const { key, value } of this.dict.items()) if (typeof key === "string") yield [key, value];
  }
  override *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }
  override *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }
  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
  override forEach(use: (value: Value, name: string, map: Map<string, Value>) => void): void {
    for (const [name, value] of this.entries()) use(value, name, this);
  }
}
