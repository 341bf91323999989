import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";
import { resultOf } from "../torchPrograms.js";

/** What NumPy 2.4 gives for the same expressions. */
const EXPECTED: readonly (readonly [string, unknown])[] = [
  ["[int(np.mean([1, 2]).astype(int)), np.log2(8.0).item(), np.max([3, 4]).ndim]", [1, 3, 0]],
  ["[hasattr(1.5, 'dtype'), np.ceil(2.5).shape]", [false, []]],
  ["put(slice(1, None), [8, 9])", [1, 8, 9]],
  ["put(slice(None, None, 2), 7)", [7, 2, 7]],
  ["put(slice(1, None), 2.7)", [1, 2, 2]],
  ["put(-1, np.int64(5))", [1, 2, 5]],
  ["np.flip([1, 2, 3]).tolist()", [3, 2, 1]],
  [
    "[np.flipud([1, 2]).tolist(), np.fliplr(np.zeros((2, 3))).shape]",
    [
      [2, 1],
      [2, 3],
    ],
  ],
  ["np.repeat(np.round(16 * 2 ** np.arange(3)).astype(int)[:-1], 2).tolist()", [16, 16, 32, 32]],
  ["np.repeat([4, 5, 6], [2, 0, 1]).tolist()", [4, 4, 6]],
  ["[np.repeat(table(), 2).shape, np.repeat(table(), [1, 2], axis=0).shape]", [[12], [3, 3]]],
  ["np.tile([1, 2], 2).tolist()", [1, 2, 1, 2]],
  ["np.tile([1, 2], (2, 1)).shape", [2, 2]],
  ["scaled()", [64, 256, 512]],
  ["[np.mgrid[:4, 2:7].shape, np.mgrid[:4].shape, np.mgrid[0:1:5j].shape]", [[2, 4, 5], [4], [5]]],
  [
    "[one.shape for one in np.ogrid[:4, :5]] + [one.shape for one in np.mgrid[:4, :5]]",
    [
      [4, 1],
      [1, 5],
      [4, 5],
      [4, 5],
    ],
  ],
  ["np.argsort([8, 32, 16]).tolist()", [0, 2, 1]],
  ["[np.lcm(4, 6), np.gcd(4, 6), np.lcm.reduce([2, 3, 4]), np.maximum.reduce([1, 3])]", [12, 2, 12, 3]],
  [
    "[isinstance(n, int) for n in np.ones(2).astype(int).tolist() + [np.full(3, 2)[0].item()]]",
    [true, true, true],
  ],
  ["list(range(np.zeros(2, int)[0] + 3))", [0, 1, 2]],
  ["np.ones((2, 1)).tolist()", [[1], [1]]],
  ["table()[0, 1]", 5],
  ["table()[1].tolist()", [7, 7, 7]],
  [
    "[parts()[0].tolist(), parts()[1].tolist()]",
    [
      [0, 4, 4],
      [2, 2, 6],
    ],
  ],
  ["table()[:, 1].tolist()", [5, 7]],
  ["table()[::-1, -1].tolist()", [7, 0]],
  ["table()[[1, 0], 0].tolist()", [7, 0]],
  ["table().sum(0).tolist()", [7, 12, 7]],
  ["table().max(axis=1).tolist()", [5, 7]],
  [
    "masked().tolist()",
    [
      [0, 2],
      [2, 0],
    ],
  ],
  ["(np.stack([masked(), masked()]) > 1)[1, 0].tolist()", [false, true]],
  [
    "hops().tolist()",
    [
      [0, 1],
      [1, 0],
    ],
  ],
  [
    "np.eye(2, k=1).tolist()",
    [
      [0, 1],
      [0, 0],
    ],
  ],
  [
    "[one.tolist() for one in np.tril_indices(2)]",
    [
      [0, 1, 1],
      [0, 0, 1],
    ],
  ],
  [
    "[one.tolist() for one in np.triu_indices(3, 1)]",
    [
      [0, 0, 1],
      [1, 2, 2],
    ],
  ],
  [
    "[one.tolist() for one in np.where(masked() > 1)]",
    [
      [0, 1],
      [1, 0],
    ],
  ],
  [
    "np.argwhere(masked() > 1).tolist()",
    [
      [0, 1],
      [1, 0],
    ],
  ],
  ["[int(np.searchsorted([1, 2, 3], 2)), int(np.digitize(2, [1, 2, 3]))]", [1, 2]],
];

const PROGRAM = `
import numpy as np
def put(index, value):
    entries = np.array([1, 2, 3])
    entries[index] = value
    return entries.tolist()
def table():
    entries = np.zeros((2, 3), dtype=int)
    entries[0, 1] = 5
    entries[1] = 7
    return entries
def parts():
    entries = np.zeros((2, 3))
    entries[0][1:] = [4, 4]
    row = entries[1]
    row.fill(1)
    row[2] += 2
    row *= 2
    copied = entries[[0, 1]]
    copied[0, 0] = 9
    return entries
def masked():
    ring = np.zeros((2, 2), dtype=int)
    ring[(np.eye(2) == 0)] = 2
    return ring
def hops():
    links = np.zeros((2, 2))
    links[0, 1] = links[1, 0] = 1
    reached = np.stack([np.linalg.matrix_power(links, d) for d in range(2)]) > 0
    far = np.zeros((2, 2)) + np.inf
    for d in (1, 0):
        far[reached[d]] = d
    return far
def scaled():
    widths = np.array([64, 64, 128])
    widths[1:] *= 4
    return widths.tolist()
`;

for (const [expression, wanted] of EXPECTED) {
  test(`entries of an array: ${expression}`, () => assert.deepEqual(resultOf(PROGRAM, expression), wanted));
}

test("entries that are put at places nobody knows leave none known", () => {
  const program = `${PROGRAM}
import somewhere
def hidden():
    entries = np.array([1, 2, 3])
    entries[somewhere.start:] = 5
    return entries.tolist()
`;
  assert.notDeepEqual(resultOf(program, "hidden()"), [1, 2, 3]);
  assert.equal(resultOf(program, "sum(hidden())"), undefined);
});

test("what a dictionary has under a drawn number nobody knows, whatever it has", () => {
  const text = `
import numpy as np
widths = {0: 3, 1: 4}
drawn = np.random.randint(0, 2, (5,))
names = [widths[i] for i in drawn]
w = np.random.randn(6, 7)
`;
  const { layers, diagnostics } = analyse(
    { file: "/w/m.py", cells: [{ index: null, text }] },
    { read: () => null },
  );
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(layers.at(-1)!.parameters[0]!.shape, [6, 7]);
});
