/** `bytes`. */

import { integerOf } from "../operations/numbers.js";
import { PyBytes, types, Unknown, type Value } from "../values.js";
import { define } from "./define.js";

// ── bytes ──
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const one of text) {
    const code = one.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

export function decode({ value }: PyBytes): string {
  const escaped = Array.from(value, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return String.fromCharCode(...value);
  }
}

export function installBytes(): void {
  define<PyBytes>(types.bytes, {
    staticMethods: {
      "__new__(cls, source=..., encoding=..., errors=...)": (machine, _: Value, source?: Value) => {
        if (source === undefined) return new PyBytes(new Uint8Array());
        if (typeof source === "string") return new PyBytes(utf8(source));
        if (source instanceof PyBytes) return source;
        const count = integerOf(source);
        if (count !== null) {
          machine.allocate(Number(count));
          return new PyBytes(new Uint8Array(Number(count)));
        }
        const items = machine.iterate(source);
        if (items instanceof Unknown) return machine.unknown(items.reason);
        return new PyBytes(Uint8Array.from(items.map((item) => Number(integerOf(item) ?? 0))));
      },
    },
    methods: {
      "decode(self, encoding='utf-8', errors='strict')": (_, self) => decode(self),
      "hex(self, /)": (_, self) =>
        Array.from(self.value, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      "__len__(self, /)": (_, self) => self.value.length,
    },
  });
}
