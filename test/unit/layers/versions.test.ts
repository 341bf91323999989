import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { versionsIn } from "../../../src/layers/reading/versions.js";
import { hoverText } from "../../../src/views/hoverText.js";

const ATTENTION = `import keras
x = keras.Input((10, 64))
y = keras.layers.MultiHeadAttention(4, 16)(x, x)
`;

/** The attention's query kernel in a project with these files. */
function attention(files: Readonly<Record<string, string>>, packages: readonly string[] = []) {
  const document = { file: "/w/m.py", cells: [{ index: null, text: ATTENTION }] };
  const reader = {
    read: (path: string) => files[path] ?? null,
    list: (folder: string) => (folder === "/site" ? packages : null),
  };
  const [layer] = analyse(document, reader, { roots: ["/w"], sitePackages: ["/site"] }).layers;
  const [query] = layer!.parameters;
  return { fans: [query?.fanIn, query?.fanOut], text: hoverText(layer!) };
}

const CASES: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  readonly string[],
  readonly number[],
  string,
])[] = [
  ["nothing says it: the newest", {}, [], [64, 64], "as nothing says which is installed"],
  [
    "requirements",
    { "/w/requirements.txt": "numpy\nkeras==3.14.0  # pinned\n" },
    [],
    [256, 1024],
    "Keras 3.14.0",
  ],
  ["a bound is no version", { "/w/requirements.txt": "keras>=3.0\n" }, [], [64, 64], "nothing says"],
  [
    "a lock file before requirements",
    {
      "/w/uv.lock": '[[package]]\nname = "keras"\nversion = "3.15.1"\n',
      "/w/requirements.txt": "keras==3.14.0\n",
    },
    [],
    [64, 64],
    "Keras 3.15.1",
  ],
  ["the environment", {}, ["keras-3.12.0.dist-info/", "numpy-2.4.6.dist-info/"], [256, 1024], "Keras 3.12.0"],
  [
    "the Keras inside TensorFlow 2.15",
    { "/w/requirements.txt": "tensorflow==2.15.0\n" },
    [],
    [256, 1024],
    "Keras 2.15.0",
  ],
];

for (const [name, files, packages, fans, words] of CASES) {
  test(`fans that Keras changed follow its version: ${name}`, () => {
    const found = attention(files, packages);
    assert.deepEqual(found.fans, fans);
    assert.ok(found.text.includes(words), found.text);
  });
}

test("requirements with extras, markers and Windows line ends", () => {
  const text = "Keras[all]==3.3.3 ; python_version > '3.8'\r\ntensorflow == 2.16.1\r\n-r other.txt\r\n";
  const read = (path: string) => (path === "/w/requirements.txt" ? text : null);
  assert.deepEqual(
    [...versionsIn({ read }, ["/w"], [])],
    [
      ["keras", "3.3.3"],
      ["tensorflow", "2.16.1"],
    ],
  );
});

/** Ways to pin a version, each in a file of its own. */
const PINS: Readonly<Record<string, readonly [file: string, text: string]>> = {
  "Pipenv's lock": [
    "Pipfile.lock",
    '{"default": {"keras": {"hashes": ["sha256:1"], "version": "==3.14.0"}}}',
  ],
  "a list in pyproject.toml": [
    "pyproject.toml",
    '[project]\ndependencies = ["numpy>=2", "keras[all]==3.14.0"]\n',
  ],
  "Poetry's table": ["pyproject.toml", '[tool.poetry.dependencies]\npython = "3.11"\nkeras = "3.14.0"\n'],
  "a conda environment": [
    "environment.yml",
    "dependencies:\n  - python=3.11\n  - conda-forge::keras=3.14.0=py311\n",
  ],
  "pip in a conda environment": ["environment.yaml", "dependencies:\n  - pip:\n    - keras==3.14.0\n"],
  "requirements of development": ["requirements-dev.txt", "keras==3.14.0\n"],
};
for (const [name, [file, text]] of Object.entries(PINS)) {
  test(`${name} says the version`, () => {
    const read = (path: string) => (path === `/w/${file}` ? text : null);
    assert.deepEqual([...versionsIn({ read }, ["/w"], [])], [["keras", "3.14.0"]]);
  });
}

test("bounds and carets leave the version open", () => {
  const texts: Readonly<Record<string, string>> = {
    "/w/pyproject.toml": 'dependencies = ["keras>=3.14.0"]\nkeras = "^3.14.0"\n',
    "/w/environment.yml": "dependencies:\n  - keras>=3.14\n  - tensorflow\n",
  };
  assert.deepEqual([...versionsIn({ read: (path) => texts[path] ?? null }, ["/w"], [])], []);
});

test("Keras 2 calls the kernel of a depthwise convolution so", () => {
  const text = "import keras\nx = keras.layers.DepthwiseConv2D(3)(keras.Input((8, 8, 6)))\n";
  const names = (requirements: string) => {
    const reader = { read: (path: string) => (path === "/w/requirements.txt" ? requirements : null) };
    const document = { file: "/w/m.py", cells: [{ index: null, text }] };
    const [layer] = analyse(document, reader, { roots: ["/w"] }).layers;
    return layer!.parameters.map(({ name, shape }) => `${name} ${shape.join("×")}`);
  };
  assert.deepEqual(names("keras==2.12.0\n"), ["depthwise_kernel 3×3×6×1", "bias 6"]);
  assert.deepEqual(names("keras==3.12.0\n"), ["kernel 3×3×6×1", "bias 6"]);
});
