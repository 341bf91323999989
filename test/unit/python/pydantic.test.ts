/** What pydantic 2 gives for the same expressions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const PROGRAM = `
from typing import Any, Dict, List, Literal, Optional, Tuple, Union
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
class Strict(BaseModel, extra="forbid", frozen=True):
    width: int = 8
class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    width: int = 8
class Head(BaseModel):
    kind: Literal["linear", "mlp"] = "linear"
    sizes: List[int] = [4, 2]
class Model(BaseModel):
    dim: int
    depth: Optional[int] = None
    rate: float = 0.1
    mults: Tuple[int, ...] = (1, 2)
    head: Head = Field(default_factory=Head)
    heads: List[Head] = []
    table: Dict[str, Any] = {}
    size: int | None = Field(3, alias="imageSize")
    @model_validator(mode="after")
    def check(self):
        assert self.dim > 0
        return self
    def wide(self):
        return self.dim * 2
class Deep(Model):
    depth: int = 12
class Any1(BaseModel):
    x: Union[Head, Model]
def error(body):
    try:
        return body()
    except ValidationError as e:
        return "ValidationError"
small = Model(dim=8, depth=2, rate=1, mults=[1, 2, 4], head={"kind": "mlp"}, heads=[{"sizes": [1]}, Head()], table={"a": 1}, imageSize=5)
`;

const EXPECTED: readonly (readonly [string, string])[] = [
  ["Model(dim=3).dim, Model(dim=3).depth, Model(dim=3).rate", "(3, None, 0.1)"],
  ["small.depth, small.rate, small.mults, small.size, small.wide()", "(2, 1.0, (1, 2, 4), 5, 16)"],
  ["small.head.kind, small.heads[0].sizes, small.heads[1].sizes", "('mlp', [1], [4, 2])"],
  [
    "small.model_dump(exclude={'table', 'head'})",
    "{'dim': 8, 'depth': 2, 'rate': 1.0, 'mults': (1, 2, 4), 'heads': [{'kind': 'linear', 'sizes': [1]}, {'kind': 'linear', 'sizes': [4, 2]}], 'size': 5}",
  ],
  ["Deep(dim=1).depth, list(Deep.model_fields)[:2]", "(12, ['dim', 'depth'])"],
  ["Open(width=1, more=2).more, Strict(width=2).width", "(2, 2)"],
  [
    "error(lambda: Strict(more=2)), error(lambda: Model()), error(lambda: Model(dim=1).dim)",
    "('ValidationError', 'ValidationError', 1)",
  ],
  ["Model.model_validate({'dim': 5}).dim, small.model_copy(update={'dim': 9}).dim", "(5, 9)"],
  [
    "Model(dim=1) == Model(dim=1), Model(dim=1) == Model(dim=2), hasattr(Model(dim=1, z=1), 'z')",
    "(True, False, False)",
  ],
  ["Model(dim=1).head is Model(dim=1).head, dict(Head())", "(False, {'kind': 'linear', 'sizes': [4, 2]})"],
];

test("fields, nested models and their dictionaries", async (t) => {
  const { show, messages } = run(PROGRAM);
  assert.deepEqual(messages, []);
  for (const [expression, wanted] of EXPECTED) {
    await t.test(expression, () => assert.equal(show(expression), wanted));
  }
});

test("what pydantic would convert or a validator may change is unknown", () => {
  const { show } = run(`
from pydantic import BaseModel, field_validator
class Model(BaseModel):
    dim: int = 4
    kept: int = 3
    @field_validator("dim")
    @classmethod
    def double(cls, value):
        return 2 * value
class Plain(BaseModel):
    dim: int
`);
  assert.equal(show("Model(dim=2).dim"), "?");
  assert.equal(show("Model(dim=2, kept=5).kept"), "5");
  assert.equal(show("Plain(dim='64').dim"), "?");
});
