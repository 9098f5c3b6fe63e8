"""Imports run one way, and each outside thing has one door."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "duediligence"

# From the bottom up: a module imports from its own row and those above it in this list, never from one below.
ROWS = (
    ("errors", "version", "visible", "repo", "plain_yaml", "cautions", "written_in"),
    ("ledger", "evidence", "knowledge", "surroundings", "sample"),
    ("facts",),
    ("steps",),
    ("history", "signatures"),
    ("analysis",),
    ("memo", "letters", "bom"),
    (
        "case",
        "candidates",
        "contributions",
        "about_us",
        "opened",
        "folder",
        "keeping",
        "snapshot",
        "standing",
        "reports",
        "answering",
        "issuing",
        "signing",
        "verifying",
        "copies",
        "changes_text",
        "comparing",
        "pages",
        "pack",
        "undoing",
        "effect",
        "not_there",
        "remarks",
        "own_workbook",
    ),
    ("widgets", "cli"),
    ("workbook", "__main__"),
)

NETWORK = (
    "huggingface_hub",
    "httpx2",
    "httpx",
    "requests",
    "urllib.request",
    "urllib3",
    "http.client",
    "socket",
    "ssl",
)
# They read the proxy settings of the machine and open nothing.
READS_SETTINGS = {"urllib.request.getproxies", "urllib.request.proxy_bypass"}
DOORS = {
    "evidence.hub": NETWORK,
    "sample": ("http.server", "socketserver"),
    "memo": ("jinja2", "markupsafe", "nbconvert", "nbformat", "mistune", "pygraphviz"),
    "bom.checking": ("cyclonedx",),
    "widgets": ("ipywidgets", "anywidget", "IPython"),
}


@cache
def _modules() -> dict[str, ast.Module]:
    """Every module of the package by its name below ``duediligence``; the package itself is ``""``."""
    return {_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below *node*, also inside functions, but for what only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from _running(child)


def _imports(module: str) -> Iterator[str]:
    """The dotted names a module imports: of ``from a import b`` it is ``a.b``."""
    for node in _running(_modules()[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import; these rules read full names"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _ours(module: str) -> set[str]:
    """The modules of the package that a module imports."""
    ours = "duediligence."
    names = {name.removeprefix(ours) for name in _imports(module) if name.startswith(ours)}
    return {name if name in _modules() else name.rpartition(".")[0] for name in names} - {module, ""}


def _within(name: str, owners: tuple[str, ...]) -> bool:
    return any(name == owner or name.startswith(f"{owner}.") for owner in owners)


def _row(module: str) -> int | None:
    """The row that names a module or, more nearly than any other, a package it lies in."""
    rows = {owner: number for number, row in enumerate(ROWS) for owner in row}
    near = [owner for owner in rows if _within(module, (owner,))]
    return rows[max(near, key=len)] if near else None


MODULES = [name for name in _modules() if name]


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_nothing_from_a_later_row(module: str) -> None:
    """Errors and evidence know nothing of facts, facts nothing of the memo, the memo nothing of a screen."""
    own = _row(module)
    assert own is not None, f"{module} stands in no row: decide which and add it to ROWS"
    later = {name for name in _ours(module) if (row := _row(name)) is None or row > own}
    assert not later


def test_no_module_imports_itself_by_a_detour() -> None:
    """There is an order in which the modules can be read, each resting on those before."""
    waiting = {module: _ours(module) for module in MODULES}
    while ready := [module for module, needs in waiting.items() if not needs & waiting.keys()]:
        for module in ready:
            del waiting[module]
    assert not waiting


@pytest.mark.parametrize("door", DOORS)
def test_outside_thing_is_used_behind_its_door(door: str) -> None:
    """The network is reached in one module, HTML made in one package, widgets in one package."""
    outside = [
        f"{module} imports {name}"
        for module in _modules()
        if not _within(module, (door,))
        for name in _imports(module)
        if _within(name, DOORS[door]) and name not in READS_SETTINGS
    ]
    assert not outside


def test_importing_the_package_loads_nothing_heavy() -> None:
    """A kernel that imports the package pays for what it uses, when it uses it."""
    heavy = {
        "pandas",
        "nbconvert",
        "nbformat",
        "ipywidgets",
        "anywidget",
        "IPython",
        "huggingface_hub",
        "yaml",
    }
    program = "import sys, duediligence; print(*{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, cwd=PACKAGE.parent, check=True, capture_output=True, text=True).stdout
    assert not heavy & set(loaded.split())
