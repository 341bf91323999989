/** What the in-place functions of torch.nn.init, and a tensor's own methods of that kind, put into a tensor. */

/** Numbers at random, or those that the call itself says. */
type Filling = "random" | "fixed";

const FUNCTIONS: Readonly<Record<string, Filling>> = {
  uniform_: "random",
  normal_: "random",
  trunc_normal_: "random",
  xavier_uniform_: "random",
  xavier_normal_: "random",
  kaiming_uniform_: "random",
  kaiming_normal_: "random",
  orthogonal_: "random",
  sparse_: "random",
  constant_: "fixed",
  ones_: "fixed",
  zeros_: "fixed",
  eye_: "fixed",
  dirac_: "fixed",
};

/** Methods of a tensor that torch.nn.init has no function of the same name for. */
const METHODS: Readonly<Record<string, Filling>> = { fill_: "fixed", zero_: "fixed" };

/** A function of torch.nn.init. */
export const isInitFunction = (name: string): boolean => Object.hasOwn(FUNCTIONS, name);

/** What fills a tensor anew, whatever was there before. */
export const fillsAnew = (name: string): boolean => isInitFunction(name) || Object.hasOwn(METHODS, name);

/** What fills a tensor with numbers at random. */
export const drawsAnew = (name: string): boolean => isInitFunction(name) && FUNCTIONS[name] === "random";

/** What fills a tensor with numbers that the call says. */
export const setsAnew = (name: string): boolean => fillsAnew(name) && !drawsAnew(name);
