/** What a definition is called with that the program itself does not call: configurations, and what nobody knows. */

import type { Evaluator, Loaded } from "../../python/evaluator.js";
import { isStub } from "../../python/modules/stubs.js";
import { symbol } from "../../python/symbols/polynomial.js";
import type { Definition, FunctionDefinition, Statement } from "../../python/syntax/ast.js";
import {
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyTuple,
  Sym,
  types,
  Unknown,
  type Value,
} from "../../python/values.js";
import { isConfigurationName } from "../../source/configurations.js";
import { generatorNamed } from "../namedGenerators.js";

/** An argument that must be given. */
export interface Asked {
  readonly name: string;
  /** What it must be, as the function or class that takes it says. */
  readonly annotation: ((evaluator: Evaluator) => Value | undefined) | null;
}

/** The arguments that must be given; null for what is no class or function of Python. */
export function argumentsOf(value: Value): readonly Asked[] | null {
  if (value instanceof PyFunction) return required(wrapped(value), 0);
  if (!(value instanceof PyClass)) return null;
  const listed = listedArguments(value, "_required_arguments");
  if (listed instanceof PyList) {
    return listed.items.map((name) => ({
      name: String(name),
      annotation: () => fieldType(value, String(name)),
    }));
  }
  const init = value.lookup("__init__");
  return init instanceof PyFunction ? required(wrapped(init), 1) : [];
}

/** Whether it takes any number of arguments: `*shape`. */
export function takesMore(value: Value): boolean {
  const func = value instanceof PyClass ? value.lookup("__init__") : value;
  return func instanceof PyFunction && wrapped(func).code.parameters.star !== null;
}

/** A stub, or a dataclass, whose constructor takes whatever it is given says itself what it needs. */
function listedArguments(cls: PyClass, which: string): Value | undefined {
  const init = cls.lookup("__init__");
  return cls.lookup(which) ?? (init instanceof PyFunction ? init.attributes?.get(which) : undefined);
}

/** The function that a decorator's own stands for; one that is put in its own place stands for itself. */
export function wrapped(func: PyFunction): PyFunction {
  const seen = new Set<Value>();
  let [inner, outer]: [Value | undefined, PyFunction] = [func, func];
  while (inner instanceof PyFunction && !seen.has(inner)) {
    outer = inner;
    seen.add(inner);
    inner = inner.attributes?.get("__wrapped__");
  }
  return outer;
}

export function required(func: PyFunction, skipped: number): readonly Asked[] {
  const { positional, keywordOnly } = func.code.parameters;
  return [...positional.slice(skipped), ...keywordOnly]
    .filter((one) => one.default === null)
    .map(({ name, annotation: node }) => ({
      name,
      annotation: node && ((evaluator) => evaluator.annotation(func, node)),
    }));
}

/** The annotation of a field, by the innermost class that has it. */
function fieldType({ mro }: PyClass, name: string): Value | undefined {
  for (const { attributes } of mro) {
    const annotations = attributes.get("__annotations__");
    const found = annotations instanceof PyDict ? annotations.get(name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An argument that need not be given, and what it is then. */
interface Optional {
  readonly name: string;
  readonly default: Value;
}

/** The arguments that need not be given; none for what is no class or function of Python. */
export function optionalArguments(value: Value): readonly Optional[] {
  if (value instanceof PyFunction) return optional(wrapped(value));
  if (!(value instanceof PyClass)) return [];
  const listed = listedArguments(value, "_optional_arguments");
  if (listed instanceof PyList) {
    return listed.items.flatMap((one) =>
      one instanceof PyTuple ? [{ name: String(one.items[0]), default: one.items[1]! }] : [],
    );
  }
  const init = value.lookup("__init__");
  return init instanceof PyFunction ? optional(wrapped(init)) : [];
}

/** Whether a default may be there to leave something out. */
export const closes = (value: Value): boolean =>
  value === null ||
  typeof value === "boolean" ||
  (typeof value === "number" && value <= 0) ||
  ((value instanceof PyTuple || value instanceof PyList) && value.items.length === 0);

export function optional({
  code: { parameters },
  defaults,
  keywordDefaults,
}: PyFunction): readonly Optional[] {
  const named = parameters.positional.slice(-defaults.length).map(({ name }) => name);
  return [
    ...named.map((name, index) => ({ name, default: defaults[defaults.length - named.length + index]! })),
    ...[...keywordDefaults].map(([name, value]) => ({ name, default: value })),
  ];
}

export interface Argument {
  readonly name: string;
  readonly value: Value;
  /** As it would be written in the call; null where it is not. */
  readonly text: string | null;
}

/**
 * A configuration as it is where nobody sets anything, `Config()` for what must be a `Config`; as many unknowns
 * as a tuple must have; else an unknown.
 */
export function argument(evaluator: Evaluator, loaded: Loaded, user: Definition, asked: Asked): Argument {
  const { name } = asked;
  const type = asked.annotation?.(evaluator);
  const found =
    type === undefined
      ? onlyConfiguration(evaluator, loaded, user, name)
      : built(evaluator, typeof type === "string" ? evaluator.lookUp(loaded.module, type) : type);
  if (found) return { name, value: found, text: `${found.cls.name}()` };
  return { ...namedArgument(evaluator, loaded, name), ...(type === undefined ? {} : numbersOf(name, type)) };
}

/** A symbol for what must be an integer; `(size[0], size[1])` for a `size` that must be a `tuple[int, int]`. */
function numbersOf(name: string, type: Value): Partial<Argument> {
  if (type === types.int) return { value: new Sym(symbol(name, name)) };
  const [origin, items] = ["__origin__", "__args__"].map((one) =>
    type instanceof PyInstance ? type.attributes?.get(one) : undefined,
  );
  if (origin !== types.tuple || !(items instanceof PyTuple)) return {};
  if (items.items.length === 0 || items.items.some((one) => one !== types.int)) return {};
  return { value: new PyTuple(items.items.map((_, index) => argumentOf(`${name}[${index}]`).value)) };
}

/** One that nobody knows. */
export const argumentOf = (name: string): Argument => ({
  name,
  value: Unknown.named(name, `the argument ${name} is not given in this file`),
  text: name,
});

/** One of which the name alone may say what it is. */
export const namedArgument = (evaluator: Evaluator, loaded: Loaded, name: string): Argument => ({
  ...argumentOf(name),
  ...valueIf(generatorNamed(evaluator, loaded, name)),
});

const valueIf = (value: Value): Partial<Argument> => (value === null ? {} : { value });

const SHORT_FOR_ONE = /^(config|cfg|conf|args|h?params|hps|options|opts?|settings)$|_(config|cfg|args)$/i;

export const isNamedConfiguration = (node: Statement): boolean =>
  node.kind === "ClassDef" && isConfigurationName(node.name);

/** Whether what calling a definition makes may hang on a configuration that it does not name. */
export function mayTakeConfiguration(node: Definition): boolean {
  if (node.kind === "FunctionDef") {
    const { positionalOnly, positional, keywordOnly } = node.parameters;
    return [...positionalOnly, ...positional, ...keywordOnly].some(({ name }) => SHORT_FOR_ONE.test(name));
  }
  const init = node.body.statements.find((one) => one.kind === "FunctionDef" && one.name === "__init__");
  return init === undefined || mayTakeConfiguration(init as FunctionDefinition);
}

/** The one class of configurations in sight that has every attribute which the code reads of the argument. */
function onlyConfiguration(
  evaluator: Evaluator,
  { module, program }: Loaded,
  user: Definition,
  name: string,
): PyInstance | null {
  if (!SHORT_FOR_ONE.test(name)) return null;
  const text = program.text.slice(user.start, user.end);
  const read = [...text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))].map(([, attribute]) => attribute!);
  if (read.length === 0) return null;
  const fitting = namesOfClasses(program.statements)
    .filter((one) => isConfigurationName(one) && one !== user.name)
    .map((one) => built(evaluator, evaluator.lookUp(module, one)))
    .filter((one) => one !== null && read.every((attribute) => hasAttribute(one, attribute)));
  return fitting.length === 1 ? fitting[0]! : null;
}

const hasAttribute = ({ attributes, cls }: PyInstance, name: string): boolean =>
  attributes?.has(name) === true || cls.lookup(name) !== undefined;

/** Of classes defined at the top of a module and of what it imports from others. */
const namesOfClasses = (statements: readonly Statement[]): string[] =>
  statements.flatMap((node) => {
    if (node.kind === "ClassDef") return [node.name];
    return node.kind === "ImportFrom" ? node.names.map((one) => one.asName ?? one.name) : [];
  });

function built(evaluator: Evaluator, cls: Value | undefined): PyInstance | null {
  if (!(cls instanceof PyClass) || !isConfiguration(cls)) return null;
  const { value, error, complete } = evaluator.call(cls);
  if (error !== null || !complete || !(value instanceof PyInstance)) return null;
  withoutPlaceholders(value);
  return value;
}

/** `vocab_size: int = -1` says that the size is set later: until then it is a symbol. */
function withoutPlaceholders({ attributes }: PyInstance): void {
  for (const [name, value] of attributes ?? []) {
    if (typeof value === "number" && value < 0)
      attributes?.set(name, Unknown.named(name, `${name} is ${value}, which is no size`));
  }
}

/** Whether objects of a class only hold values: it is a program's own, and they cannot be called. */
const isConfiguration = (cls: PyClass): boolean => cls.lookup("__call__") === undefined && isOwn(cls);

/** What frameworks call the class that all their layers derive from. */
const LAYER_ROOTS: ReadonlySet<string> = new Set(["Module", "Layer"]);

/** Whether a class is a layer of a framework's or derived from one. */
export const isLayer = ({ mro }: PyClass): boolean =>
  mro.some(
    ({ name, definition, module }) =>
      LAYER_ROOTS.has(name) && (definition === null ? module.startsWith("torch.") : isStub(definition)),
  );

/** Whether a class is a program's own in all its bases. */
export const isOwn = (cls: PyClass): boolean =>
  cls.unknownBase === null &&
  cls.mro.every((one) => one === types.object || (one.definition !== null && !isStub(one.definition)));
