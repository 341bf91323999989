/** Keras under its many names: `tf.keras`, `keras_core`, `keras.src`, and the files of older versions. */

/** Beginnings of names and what they stand for; the first that fits counts. */
const PREFIXES: readonly (readonly [prefix: string, standsFor: string])[] = [
  ["tensorflow.keras", "keras"],
  ["tensorflow.python.keras", "keras"],
  ["tensorflow.contrib.keras.api.keras", "keras"],
  ["tensorflow.contrib.keras.python.keras", "keras"],
  ["tensorflow.contrib.keras", "keras"],
  ["tensorflow.compat.v1.keras", "keras"],
  ["tensorflow.compat.v2.keras", "keras"],
  ["tensorflow.compat.v1", "tensorflow"],
  ["tensorflow.compat.v2", "tensorflow"],
  ["tensorflow.python.layers.core", "tensorflow.layers"],
  ["tensorflow.python.layers.convolutional", "tensorflow.layers"],
  ["tensorflow.python.layers.normalization", "tensorflow.layers"],
  ["tensorflow.python.layers.pooling", "tensorflow.layers"],
  ["tensorflow.python.ops.init_ops_v2", "keras.initializers"],
  ["tensorflow.python.ops.rnn_cell", "tensorflow.contrib.rnn"],
  ["tensorflow.python.ops.rnn_cell_impl", "tensorflow.contrib.rnn"],
  ["tensorflow.python.ops.variable_scope", "tensorflow"],
  ["tf_keras", "keras"],
  ["keras_core", "keras"],
  ["keras.src.applications", "keras.src.applications"],
  ["keras.api", "keras"],
  ["keras._tf_keras.keras", "keras"],
  ["keras.src", "keras"],
  ["keras.engine", "keras"],
  ["keras.legacy", "keras.layers"],
];

/** Run from the installed package: they are written with layers alone. */
const FILES = ["keras.applications", "keras.src.applications"];

/** The modules of packages that hold functions as well: any other name below one of these is a function's. */
const PARTS: readonly (readonly [folder: string, parts: RegExp])[] = [
  ["keras.ops", /^(core|function|image|linalg|math|nn|node|numpy|operation\w*|symbolic_arguments)$/],
  ["keras.utils", /\w_utils?$|^(legacy|model_visualization|module_|naming|progbar|tracking)/],
];

const isFunction = (name: string): boolean =>
  PARTS.some(([folder, parts]) => {
    const own = name.startsWith(`${folder}.`) ? name.slice(folder.length + 1) : null;
    return own !== null && !own.includes(".") && !parts.test(own);
  });

const isBelow = (name: string, prefix: string): boolean => name === prefix || name.startsWith(`${prefix}.`);

/**
 * The stub module that a module nobody registered is: `keras.src.layers.core.dense` is `keras.layers`. Null
 * for what is read from files, undefined for what is not modelled.
 */
export function kerasModule(
  name: string,
  isRegistered: (name: string) => boolean,
): string | null | undefined {
  // A layer that no version here has is no module: `keras.layers.LocallyConnected1D`.
  if (/\.[A-Z]\w*$/.test(name)) return undefined;
  const row = PREFIXES.find(([prefix]) => isBelow(name, prefix));
  const renamed = row === undefined ? name : row[1] + name.slice(row[0].length);
  if (FILES.some((prefix) => isBelow(renamed, prefix))) return renamed === name ? null : renamed;
  if (isFunction(renamed)) return undefined;
  let found = renamed;
  while (found.startsWith("keras.") && !isRegistered(found)) found = found.slice(0, found.lastIndexOf("."));
  // What is nowhere below a part of Keras is not modelled, but a whole package that was renamed is Keras.
  if (found === "keras" && renamed.includes(".") && !name.startsWith("keras.engine")) return undefined;
  return found === name ? undefined : found;
}
