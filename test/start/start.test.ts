// `npm start` as a person runs it: with a desktop (a stand-in that tells what it was given), and without.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

const scratch = mkdtempSync(path.join(tmpdir(), "init-lens-start-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
const isUnix = process.platform !== "win32";
const examples = path.resolve("examples");

/** A desktop that writes down its arguments and stays open, with a child process as editors have. */
function desktop(): { readonly path: string; readonly told: string } {
  const home = mkdtempSync(path.join(scratch, "desktop-"));
  const told = path.join(home, "told");
  const lines = [
    "#!/bin/sh",
    `printf '%s\\n' "$@" > ${told}.part`,
    `mv ${told}.part ${told}`,
    "sleep 600 &",
    "wait",
  ];
  mkdirSync(path.join(home, "bin"));
  for (const file of ["code", "bin/code"]) {
    writeFileSync(path.join(home, file), `${lines.join("\n")}\n`);
    chmodSync(path.join(home, file), 0o755);
  }
  return { path: path.join(home, "bin"), told };
}

/** Starts `npm start`'s program; `stop` is Ctrl-C and answers with the exit status. */
function start(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ["scripts/start.mjs", ...args], {
    env: { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "", INIT_CWD: scratch, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill("SIGINT");
    return ended;
  };
  return { child, output: () => output, ended, stop };
}

async function until<T>(ask: () => T | undefined, what: () => string): Promise<T> {
  const end = Date.now() + 240_000;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < end, what());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The processes that a process started, and those that they started. */
function descendants({ pid }: ChildProcess): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const under = (id: number): number[] =>
    [...parents].flatMap(([child, parent]) => (parent === id ? [child, ...under(child)] : []));
  return pid === undefined ? [] : under(pid);
}

const isRunning = (pid: number) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

async function allEnd(pids: readonly number[]): Promise<void> {
  await until(
    () => (pids.some(isRunning) ? undefined : true),
    () => `${pids.filter(isRunning)} still run`,
  );
}

test("a desktop opens the examples with the extension and the tour; Ctrl-C ends it and its children", {
  skip: !isUnix,
}, async () => {
  const code = desktop();
  const run = start([], { DISPLAY: ":0", PATH: `${code.path}:${process.env.PATH}` });
  const told = await until(
    () => (existsSync(code.told) ? readFileSync(code.told, "utf8").trim().split("\n") : undefined),
    run.output,
  );
  assert.ok(told.includes(`--extensionDevelopmentPath=${process.cwd()}`), told.join(" "));
  assert.deepEqual(told.slice(-2), [examples, path.join(examples, "tour.ipynb")]);
  const profile = told.find((each) => each.startsWith("--user-data-dir="))!.replace(/.*=/, "");
  const started = descendants(run.child);
  assert.ok(started.length >= 2, `${started.length} processes`);
  await run.stop();
  await allEnd(started);
  assert.ok(!existsSync(profile), "its profile is removed");
});

test("a path after -- is opened instead, relative to where npm was called", { skip: !isUnix }, async () => {
  const code = desktop();
  mkdirSync(path.join(scratch, "models"));
  const run = start(["models"], { DISPLAY: ":0", PATH: `${code.path}:${process.env.PATH}` });
  const told = await until(
    () => (existsSync(code.told) ? readFileSync(code.told, "utf8").trim().split("\n") : undefined),
    run.output,
  );
  assert.equal(told.at(-1), path.join(scratch, "models"));
  await run.stop();
});

test("a path that is not there is one clear line", async () => {
  const run = start(["nowhere"], {});
  assert.equal(await run.ended, 2);
  assert.equal(run.output().trim(), `There is no ${path.join(scratch, "nowhere")}.`);
});

test("without a desktop the workbench is served; Ctrl-C ends the server and what it started", {
  skip: !isUnix,
}, async () => {
  const run = start([], {});
  const address = await until(() => /http:\/\/127\.0\.0\.1:\d+\//.exec(run.output())?.[0], run.output);
  const answer = await fetch(address);
  assert.match(await answer.text(), /vscode-workbench-web-configuration/);
  assert.equal(new URL(answer.url).searchParams.get("folder"), examples);
  assert.match(new URL(answer.url).searchParams.get("payload")!, /tour\.ipynb/);
  const started = descendants(run.child);
  assert.ok(started.length >= 1);
  assert.equal(await run.stop(), 0);
  await allEnd(started);
  await assert.rejects(fetch(address));
});
