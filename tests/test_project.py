"""What the project says of itself in several files agrees, and nothing in it names a machine."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import duediligence.version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOLDERS = ("duediligence", "notebooks", "tests", ".ci")
LOCKS = ("requirements.lock", "requirements-dev.lock")

CONDA_NAMES = {"tzdata": "python-tzdata"}
"""What conda-forge calls a package that it does not call as PyPI does."""


def _declared(*groups: str) -> dict[str, SpecifierSet]:
    """The direct dependencies of the core and of the named extras and groups, with their ranges."""
    lists = PROJECT["project"]["optional-dependencies"] | PROJECT["dependency-groups"]
    written = [*PROJECT["project"]["dependencies"], *(one for group in groups for one in lists[group])]
    return {canonicalize_name(r.name): r.specifier for r in map(Requirement, written)}


def _locked(lock: str) -> dict[str, set[str]]:
    """The versions a lock pins, by package; several where Python versions need different ones."""
    pinned: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^ ;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
        pinned.setdefault(canonicalize_name(name), set()).add(version)
    return pinned


def _sources(folder: str) -> Iterator[Path]:
    """The files of a folder without what tools leave there."""
    for path in sorted((ROOT / folder).rglob("*")):
        parts = path.relative_to(ROOT / folder).parts
        left = any(part == "__pycache__" or part.endswith(("_cache", "_checkpoints")) for part in parts)
        if path.is_file() and not left:
            yield path


def _texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project with its path from the top."""
    top = [path for path in sorted(ROOT.iterdir()) if path.is_file()]
    for path in [*top, *(path for folder in FOLDERS for path in _sources(folder))]:
        try:
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_conda_environment_names_what_the_project_declares() -> None:
    """environment.yml holds the core and the lab, each with the range of pyproject.toml, and the package."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    packages = [Requirement(one) for one in listed if isinstance(one, str) and one != "pip"]
    wanted = {CONDA_NAMES.get(name, name): ranged for name, ranged in _declared("lab").items()}
    wanted["python"] = SpecifierSet(PROJECT["project"]["requires-python"])

    assert {canonicalize_name(one.name): one.specifier for one in packages} == wanted
    assert [one for one in listed if not isinstance(one, str)] == [{"pip": ["-e ."]}]


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "bom", "docx", "lab", "dev"])],
)
def test_lock_pins_every_direct_dependency(lock: str, groups: list[str]) -> None:
    """What pyproject.toml asks for stands in the lock, in a version it allows: else run `make locks`."""
    pinned = _locked(lock)
    wrong = {
        name: pinned.get(name)
        for name, ranged in _declared(*groups).items()
        if name not in pinned or not all(version in ranged for version in pinned[name])
    }
    assert not wrong


def test_both_locks_pin_the_same_versions() -> None:
    """Going from the demo to the tests adds packages and changes none."""
    everything = _locked("requirements-dev.lock")
    assert {name: versions for name, versions in _locked("requirements.lock").items()} == {
        name: everything.get(name) for name in _locked("requirements.lock")
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_a_digest_for_every_package_and_no_address(lock: str) -> None:
    """A package is taken from whichever registry a machine uses, and only if its bytes are these."""
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)

    assert [one.split()[0] for one in entries if one and "--hash=sha256:" not in one] == []
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", ""), re.MULTILINE)


def test_every_third_party_import_is_declared() -> None:
    """Nothing is imported that is only there because something else needs it."""
    ours = {"duediligence", *(path.stem for path in _sources("tests")), "tests"}
    declared = {
        "duediligence": _declared("docx", "lab", "bom"),
        "tests": _declared("docx", "lab", "bom", "dev"),
    }
    homes = importlib.metadata.packages_distributions()
    stray = set()
    for folder, known in declared.items():
        for path in _sources(folder):
            for name in _imported(path) - ours - sys.stdlib_module_names:
                if not {canonicalize_name(home) for home in homes.get(name, ())} & known.keys():
                    stray.add(f"{path.relative_to(ROOT)} imports {name}")
    assert sorted(stray) == []


def _imported(path: Path) -> set[str]:
    """The top-level names that a Python file imports."""
    if path.suffix != ".py":
        return set()
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The package as it would be published, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_wheel_holds_every_file_of_the_package_and_the_workbook(wheel: zipfile.ZipFile) -> None:
    """Installed from a wheel, law, sample, templates and workbook are there as in a checkout."""
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    package = {path.relative_to(ROOT).as_posix() for path in _sources("duediligence")}

    assert inside == package | {"duediligence/workbook.ipynb"}


def test_wheel_offers_the_command_and_the_exporter_that_the_package_holds(wheel: zipfile.ZipFile) -> None:
    """Each entry point names something that can be loaded, under the version of the package."""
    folder = f"duediligence-{duediligence.version.VERSION}.dist-info"
    assert f"{folder}/licenses/LICENSE" in wheel.namelist()

    groups = {"console_scripts", "nbconvert.exporters"}
    own = [one for one in importlib.metadata.distribution("duediligence").entry_points if one.group in groups]
    written = wheel.read(f"{folder}/entry_points.txt").decode()

    assert sorted(one.name for one in own) == ["counsel-memo", "duediligence"]
    assert all(f"{one.name} = {one.value}" in written and callable(one.load()) for one in own)


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebook_is_kept_without_outputs(notebook: Path) -> None:
    """A stored output shows what was on the screen of whoever ran it last."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    assert [n for n, one in enumerate(cells) if one.get("outputs") or one.get("execution_count")] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    """The project speaks of itself alone: no home folder, no address that packages come from."""
    home = r"/(?:home|Users)/(?!user\b|me\b)\w+/|/root/|[A-Z]:\\Users\\"
    registry = r"pypi\.org/simple|pythonhosted\.org|index-url\s*=\s*\S|conda\.anaconda\.org"
    named = [
        f"{path}: {found.group()}"
        for path, text in _texts()
        if path != "tests/test_project.py" and (found := re.search(f"{home}|{registry}", text))
    ]
    assert named == []
