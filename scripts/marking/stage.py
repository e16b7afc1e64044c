"""The process in which answers run: it imports what they need, and forks a closed one for each notebook.

Started as ``python -m marking.stage SOCKET MODULE ...``; it knows no test and no reference solution.
"""

import ast
import asyncio
import importlib
import inspect
import io
import json
import os
import re
import signal
import socket
import sys
import time
import types
import warnings
from pathlib import Path

import numpy as np

from marking import cage, wire

SUBREAPER = 36  # linux/prctl.h


def main(number, modules):
    """Wait for orders, one a message: "open" forks a closed process, "sweep" ends all that is left of it."""
    for module in modules:
        importlib.import_module(module)
    if sys.platform == "linux":
        cage.LIBC.prctl(SUBREAPER, 1, 0, 0, 0)  # processes that outlive their parent become children of this one
    control = socket.socket(fileno=number)
    account = cage.account() if sys.platform == "linux" else None
    if account is not None and not cage.can_change_account(account, [sys.prefix, os.__file__, np.__file__]):
        account = None
    while True:
        try:
            order = wire.receive(control)
        except wire.Closed:
            break
        if "open" in order:
            (place,) = socket.recv_fds(control, 1, 1)[1]
            child = os.fork()
            if not child:
                control.close()
                _perform(place, order["open"], order["hidden"], account, order["use"])
            os.close(place)
            wire.send(control, {"child": child})
        else:
            sweep()
            wire.send(control, {"swept": True})
    sweep()


def sweep():
    """End every process that this one has started, and all that they have started."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for child in children():
            for end in (os.killpg, os.kill):
                try:
                    end(child, signal.SIGKILL)
                except OSError:  # it leads no group, or has ended
                    continue
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)


def children():
    """The numbers of this process's children."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_bytes().rpartition(b")")[2].split()[1]) == os.getpid():  # a name may be no text
                found.append(int(path.parent.name))
        except (OSError, ValueError):  # it has ended
            continue
    return found


def _perform(number, folder, hidden, account, use):
    """In the forked process: closed in, run cells and call functions until nobody asks any more."""
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        asked = socket.socket(fileno=number)
        force = cage.enter(folder, hidden, account, use)
        os.environ.clear()
        os.environ.update(
            {"HOME": folder, "TMPDIR": folder, "PATH": "/usr/bin:/bin", "MPLBACKEND": "Agg", "LC_ALL": "C.UTF-8"}
        )
        sys.stdin, sys.stdout, sys.stderr = io.StringIO(), *map(_as_utf8, (1, 2))
        wire.send(asked, {"ready": force})
        Stage(asked).serve()
    except BaseException:
        os._exit(1)
    os._exit(0)


def _as_utf8(number):
    """A stream on which everything can be printed, whatever the teacher's locale is."""
    return open(number, "w", encoding="utf-8", errors="backslashreplace")


def _nothing(*args, **kwargs):
    pass


class Notebook:
    """What get_ipython() gives here: it does nothing, whatever is asked of it."""

    def __getattr__(self, name):
        return _nothing


class Stage:
    """A notebook's names, and what is done with them when the tests' process asks."""

    def __init__(self, asked):
        self.asked, self.space = asked, {"__name__": "__main__", "display": _nothing, "get_ipython": Notebook}
        self.process = os.getpid()

    def serve(self):
        """Answer until nobody asks any more; what an answer has forked answers nothing, and ends where it comes out of
        its cell.
        """
        while True:
            message = wire.receive(self.asked)
            if "run" in message:
                answer = {"fault": self.run(message["run"], message["name"])}
            elif "has" in message:
                answer = {"has": message["has"] in self.space}
            else:
                answer = self.call(**message)
            if os.getpid() != self.process:
                return
            wire.send(self.asked, answer)

    def run(self, source, name):
        """Run a cell, and say in words what it raised, or nothing."""
        try:
            with warnings.catch_warnings():
                code = _compiled(source, f"<{name}>")
                if code.co_flags & inspect.CO_COROUTINE:
                    asyncio.run(types.FunctionType(code, self.space)())
                else:
                    exec(code, self.space)
        except BaseException as error:  # SystemExit, too, ends a cell alone
            return wire.said(error)
        return ""

    def call(self, call, args, kwargs, seed):
        """Call a function of the notebook: its result or error, its warnings, and its arguments if it changes them."""
        args, kwargs = (wire.decode(part, self._function) for part in (args, kwargs))
        before = json.dumps(wire.encode([args, kwargs], []))
        if seed:
            np.random.seed(0)
        with (
            warnings.catch_warnings(record=True) as told,
            np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"),
        ):
            warnings.simplefilter("always")
            try:
                answer = {"result": wire.encode(self.space[call](*args, **kwargs))}
            except BaseException as error:
                answer = {"error": [type(error).__name__, _words(error)]}
        after = wire.encode([args, kwargs], [])
        answer["given"] = None if json.dumps(after) == before else after
        answer["warnings"] = [[warning.category.__name__, str(warning.message)[:200]] for warning in told[:20]]
        return answer

    def _function(self, number):
        """A function that lives in the tests' process."""

        def function(*args):
            wire.send(self.asked, {"back": number, "args": wire.encode(list(args))})
            answer = wire.receive(self.asked)
            wire.write_back(list(args), wire.decode(answer["given"])) if answer["given"] else None
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return wire.decode(answer["result"])

        return function


def _words(error):
    try:
        return str(error)[: wire.LONGEST]
    except BaseException:  # an answer may make errors that cannot be shown
        return ""


def _compiled(source, name):
    """A cell's code, which may await. Where Python cannot read it, lines for IPython alone are left out, such as
    %matplotlib, !pip and np.sum?.
    """
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return compile(source, name, "exec", flags)
    except SyntaxError:
        plain = re.sub(r"^([ \t]*)(?:[%!?].*|[\w.]+\?\??[ \t]*)$", r"\1pass", source, flags=re.MULTILINE)
        return compile(plain, name, "exec", flags)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
