"""A class of forty submissions of theta, honest, damaged and hostile ones, with the points that each should get."""

import copy
import json
import zipfile

from answers import Assignment

THETA = Assignment("theta")
BLANK = json.loads(THETA.release.read_text(encoding="utf-8"))
RIGHT = {question.id: question.reference for question in THETA.questions.values()}
FULL = {question.id: question.points for question in THETA.questions.values()}
CALLED = "\n\ndef {name}(*args, _right={name}, **kwargs):\n    {line}\n    return _right(*args, **kwargs)\n"
EQUAL = """
class Yes:
    def __eq__(self, other):
        return True
    __lt__ = __le__ = __gt__ = __ge__ = __ne__ = __eq__
    def __getattr__(self, name):
        return self
    def __call__(self, *args):
        return self
    __getitem__ = __sub__ = __rsub__ = __abs__ = __call__
    def __len__(self):
        return 2
    def __bool__(self):
        return True
    def __iter__(self):
        return iter([self, self])

"""


def notebook(answers=RIGHT, student=None):
    book = copy.deepcopy(BLANK)
    for cell in book["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
        if cell["id"] == "student" and student is not None:
            cell["source"] = f"STUDENT = {student}"
    return book


def wrong(name):
    return (THETA.known / "wrong" / "theta" / f"{name}.py").read_text(encoding="utf-8")


def changed(change):
    """A right notebook whose list of cells a function has changed."""
    book = notebook()
    book["cells"] = change(book["cells"])
    return book


def doubled(cells):
    pair = [cell for cell in cells if cell["id"] in ("q1", "q1-test")]
    return cells + copy.deepcopy(pair)


def stripped(cells):
    return [{**cell, "metadata": {}} for cell in cells]


def without(*names):
    return lambda cells: [cell for cell in cells if cell["id"] not in names]


def tampered(cells):
    tests = {test.name for question in THETA.questions.values() for test in question.tests}
    return [{**cell, "source": "pass"} if cell["id"] in tests else cell for cell in cells]


def markdown(cells):
    return [
        {"id": cell["id"], "cell_type": "markdown", "metadata": cell["metadata"], "source": cell["source"]}
        if cell["id"] == "q1"
        else cell
        for cell in cells
    ]


def own_cells(cells):
    own = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    return [
        part
        for number, cell in enumerate(cells)
        for part in (cell, {**own, "id": f"x{number}", "source": f"x = {number}"})
    ]


def before(text, question="q1"):
    return notebook({**RIGHT, question: text + RIGHT[question]})


def after(question, line):
    name = THETA.questions[question].function
    return notebook({**RIGHT, question: RIGHT[question] + CALLED.format(name=name, line=line)})


def forty(folder, gradebook):
    """Pairs (what is handed in, the points by question) by student; None where nothing can be graded.

    The hostile ones look for references in ``folder``, and write to ``gradebook``.
    """
    less = lambda *lost, **some: {**FULL, **dict.fromkeys(lost, 0), **some}
    nothing = dict.fromkeys(FULL, 0)
    zeros = {key: f"def {question.function}(*given):\n    return 0\n" for key, question in THETA.questions.items()}
    redefined = "def expect_close(*given, **named):\n    pass\n\nexpect_shape = expect_parts = expect_close\n"
    replaced = "for _name in [*globals()]:\n    if _name.startswith('expect_'):\n        globals()[_name] = print\n"
    half = {key: text for key, text in RIGHT.items() if key in ("q1", "q2", "q3", "q4")}
    reading = (
        f"import pathlib\n_found = [path for path in pathlib.Path({str(folder)!r}).rglob('theta.ipynb')\n"
        "          if 'BEGIN SOLUTION' in path.read_text()]\nassert not _found, 'the references were read'\n"
    )
    # with the star of NumPy two references have other functions than they are meant for
    star = {
        **RIGHT,
        "q9": RIGHT["q9"].replace("max(", "np.maximum("),
        "q6": RIGHT["q6"].replace("* sum(", "* np.sum(["),
    }
    star["q6"] = star["q6"].replace("Theta[1:])", "Theta[1:]])")
    students = {
        "right": (notebook(), FULL),
        "blank": (notebook({}), nothing),
        "half": (notebook(half), less("q5", "q6", "q7", "q8", "q9")),
        "listed-1": (notebook({**RIGHT, "q1": wrong("q1-bias-column-forgotten")}), less("q1")),
        "listed-3": (notebook({**RIGHT, "q3": wrong("q3-column-by-column")}), less("q3")),
        "listed-5": (notebook({**RIGHT, "q5": wrong("q5-ones-behind")}), less("q5")),
        "listed-8": (notebook({**RIGHT, "q8": wrong("q8-forward-difference")}), less("q8")),
        "listed-9": (notebook({**RIGHT, "q9": wrong("q9-lowest-layer")}), less("q9")),
        "prints": (after("q7", "print('here')"), FULL),
        "own-cells": (changed(own_cells), FULL),
        "own-id": (notebook(student="'s5'"), FULL),  # an id with the published convention
        "warns": (after("q6", "np.log(np.zeros(1))"), FULL),
        "stderr": (after("q7", "__import__('sys').stderr.write('here')"), FULL),
        "warns-hidden": (after("q9", "np.zeros(1) / np.zeros(1)"), FULL),
        "star": (
            notebook({**star, "q3": "from numpy import *\n" + RIGHT["q3"]}), FULL,
        ),
        "numbers": (before("numbers = [1, 2, 3]\n", "q4"), FULL),
        "id-without-quotes": (notebook(student="s4711"), FULL),
        "syntax": (notebook({**RIGHT, "q2": "def unroll(Theta:\n    return 0\n"}), less("q2")),
        "exit": (before("import sys\nsys.exit()\n"), less("q1")),
        "input": (before("input()\n"), less("q1")),
        "loop": (before("while True:\n    pass\n"), less("q1")),
        "os-exit": (before("import os\nos._exit(0)\n"), less("q1")),
        "doubled": (changed(doubled), FULL),
        "stripped": (changed(stripped), FULL),
        "answer-deleted": (changed(without("q1")), less("q1")),
        "tests-deleted": (changed(without("q1-test", "q5-test")), FULL),
        "to-markdown": (changed(markdown), FULL),
        "corrupt": ('{"cells": [', None),
        "empty": ("", None),
        "tampered": ({**notebook(zeros), "cells": tampered(notebook(zeros)["cells"])}, nothing),
        "redefines": (notebook({**zeros, "q1": redefined + zeros["q1"]}), nothing),
        "replaces": (notebook({**zeros, "q1": replaced + zeros["q1"]}), nothing),
        "equals": (
            notebook({key: EQUAL + text.replace("return 0", "return Yes()") for key, text in zeros.items()}), nothing,
        ),
        "reads": (before(reading), FULL),
        "kills": (
            before("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)\n"),
            {**FULL, "q1": None},  # whether it lives to see its own points is its own affair
        ),
        "floods": (before("for number in range(10**6):\n    print(number)\n"), FULL),
        "memory": (before("hog = bytearray(2**34)\n"), less("q1")),
        "writes": (before(f"open({str(gradebook)!r}, 'w').write('gone')\n"), less("q1")),
        "forks": (
            before("import os\nfor _ in range(12):\n    os.fork()\nimport time\ntime.sleep(60)\n"), less("q1"),
        ),
        "copied": (notebook(student="'s1'"), less("q5", "q6", "q7", q6=6)),  # the published answers under another id
    }  # fmt: skip
    return {
        name: (book if isinstance(book, str) else json.dumps(book), points) for name, (book, points) in students.items()
    }


def archive(path, students):
    """Pack what students have handed in as Moodle does."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, (student, (text, _)) in enumerate(students.items(), 1001):
            packed.writestr(f"{student}_{number}_assignsubmission_file_theta.ipynb", text)
