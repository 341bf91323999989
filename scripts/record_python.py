"""Records what CPython makes of the programs in test/fixtures/python: each leaves its answers in `result`.

    python3.11 scripts/record_python.py

Writes test/fixtures/python/recorded.json: program → name → the repr of the value.
"""
import contextlib
import io
import json
import pathlib
import sys
import types

folder = pathlib.Path(__file__).resolve().parent.parent / "test" / "fixtures" / "python"
recorded = {}
for program in sorted(folder.glob("*.py")):
    with contextlib.redirect_stdout(io.StringIO()):
        # The program's own module stands for __main__, where dataclasses look for its names.
        module = sys.modules["__main__"] = types.ModuleType("__main__")
        exec(compile(program.read_text(encoding="utf-8"), str(program), "exec"), module.__dict__)
    recorded[program.stem] = {name: repr(value) for name, value in module.result.items()}
version = ".".join(str(part) for part in sys.version_info[:2])
text = json.dumps({"python": version, "programs": recorded}, indent=1, ensure_ascii=False)
(folder / "recorded.json").write_text(text + "\n", encoding="utf-8")
