/** The exceptions and what each is a kind of. */

import { builtinClass, type PyClass, PyInstance, type PyTuple, type Value } from "../values.js";
import { define } from "./define.js";

/** Each exception with what it is a kind of. */
const HIERARCHY: readonly (readonly [base: string, names: string])[] = [
  ["BaseException", "Exception SystemExit KeyboardInterrupt GeneratorExit"],
  [
    "Exception",
    "ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError StopIteration StopAsyncIteration SyntaxError SystemError TypeError ValueError Warning",
  ],
  ["ArithmeticError", "FloatingPointError OverflowError ZeroDivisionError"],
  ["ImportError", "ModuleNotFoundError"],
  ["LookupError", "IndexError KeyError"],
  ["NameError", "UnboundLocalError"],
  [
    "OSError",
    "BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError",
  ],
  ["ConnectionError", "BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError"],
  ["RuntimeError", "NotImplementedError RecursionError"],
  ["SyntaxError", "IndentationError"],
  ["ValueError", "UnicodeError"],
  ["UnicodeError", "UnicodeDecodeError UnicodeEncodeError"],
  [
    "Warning",
    "BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning",
  ],
];

export const EXCEPTIONS: ReadonlyMap<string, PyClass> = (() => {
  const base = builtinClass("BaseException");
  base.allocate = (cls) => new PyInstance(cls);
  const classes = new Map([["BaseException", base]]);
  for (const [parent, names] of HIERARCHY) {
    for (const name of names.split(" ")) classes.set(name, builtinClass(name, classes.get(parent)!));
  }
  // Exceptions are not "built in" in the sense of having no behaviour of their own to look up.
  for (const cls of classes.values()) cls.isBuiltin = false;
  define<PyInstance>(base, {
    methods: {
      "__init__(self, /, *args, **kwargs)": (machine, self, args) => {
        machine.touch(self);
        self.attributes ??= new Map();
        self.attributes.set("args", args);
        return null;
      },
      "with_traceback(self, traceback, /)": (_, self) => self,
      "add_note(self, note, /)": () => null,
    },
    staticMethods: {
      "__new__(cls, /, *args, **kwargs)": (_, cls: Value, args: Value) => {
        const exception = new PyInstance(cls as PyClass);
        exception.attributes = new Map<string, Value>([
          ["args", args as PyTuple],
          ["__cause__", null],
          ["__context__", null],
        ]);
        return exception;
      },
    },
  });
  // Nothing is kept of where it was raised; a program may put something here.
  base.attributes.set("__traceback__", null);
  define<PyInstance>(classes.get("StopIteration")!, {
    properties: {
      value: (_, self) => (self.attributes?.get("args") as PyTuple | undefined)?.items[0] ?? null,
    },
  });
  define<PyInstance>(classes.get("ImportError")!, {
    properties: { name: () => null, msg: (machine, self) => machine.str(self) },
  });
  return classes;
})();
