import assert from "node:assert/strict";
import { test } from "node:test";
import { FileStore } from "../../src/fileStore.js";

test("what changed is asked for again, and all below a folder that did", () => {
  const store = new FileStore();
  for (const path of ["/a/pkg/x.py", "/a/pkg/sub/y.py", "/a/pkgs.py"]) store.set("file://", path, "text");
  store.set("file://", "/a/gone.py", null);
  store.forget("file://", ["/a/pkg", "/a/gone.py"]);
  const reader = store.reader("file://");
  assert.equal(reader.read("/a/pkg/x.py"), undefined);
  assert.equal(reader.read("/a/pkg/sub/y.py"), undefined);
  assert.equal(reader.read("/a/gone.py"), undefined);
  assert.equal(reader.read("/a/pkgs.py"), "text");
  assert.deepEqual([...reader.wanted], ["/a/pkg/x.py", "/a/pkg/sub/y.py", "/a/gone.py"]);
  assert.equal(reader.asked.size, 4);
});

test("the same path on another host is another file", () => {
  const store = new FileStore();
  store.set("file://", "/a.py", "here");
  store.set("vscode-vfs://github", "/a.py", "there");
  store.forget("file://", ["/a.py"]);
  assert.equal(store.reader("file://").read("/a.py"), undefined);
  assert.equal(store.reader("vscode-vfs://github").read("/a.py"), "there");
});
