"""Finds the packages of Pyodide that a chapter needs, those among them that bpcore imports for it."""

import ast
import functools
from pathlib import Path

import pyodide_files

ROOT = Path(__file__).resolve().parents[2]
# What the kernel installs before it runs a cell, as Pyodide has it; comm, which it installs too, comes from PyPI.
KERNEL = ("ipython", "jedi", "micropip", "packaging", "sqlite3", "ssl")
ALWAYS = ("numpy", "matplotlib")  # bpcore and the first cell of each notebook import them


def code_of(notebook) -> ast.Module:
    """The code cells of a notebook as one program."""
    return ast.parse("\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code"))


def file_of(module: str) -> Path | None:
    """The file of a module of bpcore, or None for a name that is none, such as a function's."""
    path = ROOT.joinpath(*module.split("."))
    files = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)


@functools.cache
def imports_of(file: Path) -> list[tuple[frozenset[str], set[str]]]:
    """What ``imports_in`` finds in a file of bpcore, with the names of the packages around it before dots."""
    module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    return list(imports_in(ast.parse(file.read_text(encoding="utf-8")), package))


def imports_in(tree: ast.AST, package: str, within: frozenset[str] = frozenset()):
    """The modules that each statement of a program imports, after the functions that it stands in.

    ``package`` is around the program.
    """
    for node in ast.iter_child_nodes(tree):
        caught = node.handlers if isinstance(node, ast.Try) else node.items if isinstance(node, ast.With) else []
        if any("ModuleNotFoundError" in ast.unparse(each) for each in caught):
            continue  # bpcore does without
        if isinstance(node, ast.Import):
            yield within, {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield within, {base, *(f"{base}.{alias.name}" for alias in node.names)}
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from imports_in(node, package, within | {node.name})
        else:
            yield from imports_in(node, package, within)


def imported(imports, called: set[str]) -> set[str]:
    """The modules of what ``imports_in`` finds; those within a function only if it is ``called``."""
    return set().union(*(modules for functions, modules in imports if functions <= called))


def modules_of(notebook) -> set[str]:
    """The first names of all modules that a notebook imports, itself or through bpcore."""
    tree = code_of(notebook)
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    called |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    called |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    left, found = imported(imports_in(tree, ""), called), set()
    while left:
        module = left.pop()
        found.add(module)
        file = file_of(module) if module.partition(".")[0] == "bpcore" else None
        if file:
            left |= (imported(imports_of(file), called) | {module.rpartition(".")[0]}) - found - {""}
    return {module.partition(".")[0] for module in found}


def packages_of(notebook) -> tuple[list[str], list[str]]:
    """The packages of Pyodide for a notebook, with what they need, and their modules that bpcore may import for it."""
    entries = pyodide_files.official_lock()["packages"]
    modules = modules_of(notebook)
    wanted = [name for name, entry in entries.items() if modules & set(entry["imports"])]
    offered = {module for name in set(wanted) - {*KERNEL, *ALWAYS} for module in entries[name]["imports"]}
    return pyodide_files.with_dependencies([*KERNEL, *ALWAYS, *wanted]), sorted(offered & modules)
