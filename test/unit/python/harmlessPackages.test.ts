/** Packages that change no value: beartype 0.23, jaxtyping 0.3 and filelock 3.29 give the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

test("packages that check annotations leave what they decorate as it is", () => {
  const { show, complete } = run(`
import jaxtyping
from beartype import beartype, BeartypeConf
from beartype.door import is_bearable
from beartype.typing import Callable, Optional, Tuple
from jaxtyping import Float, jaxtyped
class Tensor: pass
class Shapes:
    def __init__(self, kind):
        self.kind = kind
    def __getitem__(self, shape):
        return self.kind[Tensor, shape]
F, I = Shapes(Float), Shapes(jaxtyping.Int)
Either = F["b n"] | I["..."] | tuple[int, F["..."]]
@jaxtyped(typechecker=beartype)
def width(x: Float[Tensor, "b n"], y: Optional[Either] = None) -> int:
    return 3
@beartype
class Block:
    @beartype
    def __init__(self, dim: int, act: Callable = None, heads: Optional[Tuple[int, ...]] = None):
        self.dim = dim
`);
  assert.deepEqual(
    ["(width(None), Block(4).dim)", "is_bearable(3, int)", "is_bearable(3, Either)"].map(show),
    ["(3, 4)", "True", "?"],
  );
  assert.deepEqual(["isinstance(3, F['a'])", "isinstance(Tensor(), F['a'])"].map(show), ["False", "?"]);
  assert.equal(complete, true);
});

test("a lock on a file is free", () => {
  const { show, complete } = run(`
from filelock import FileLock
def cached():
    with FileLock("basis.lock", timeout=3):
        return 7
value = cached()
`);
  assert.equal(show("value"), "7");
  assert.equal(complete, true);
});

test("what Loguru's logger is told changes nothing", () => {
  const { show, complete } = run(`
from loguru import logger
logger.remove()
logger.add("run.log", level="INFO")
@logger.catch
def width(x):
    logger.opt(colors=True).info("width of {}", x)
    return x + 1
@logger.catch(reraise=True)
def depth():
    with logger.contextualize(task=1), logger.catch(ValueError):
        logger.bind(a=1).success("done")
    return 5
`);
  assert.equal(show("(width(2), depth())"), "(3, 5)");
  assert.equal(complete, true);
});

test("a text made from a template is unknown, and what follows goes on", () => {
  const { show, messages } = run(`
from jinja2 import Environment, FileSystemLoader, Template
env = Environment(loader=FileSystemLoader("."), trim_blocks=True)
code = env.get_template("layer.jinja").render(width=3)
also = Template("{{ width }}").render(width=3)
width = 4
`);
  assert.deepEqual(messages, []);
  assert.deepEqual([show("code"), show("also"), show("width")], ["?", "?", "4"]);
});
