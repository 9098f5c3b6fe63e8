"""The workbook of a case: a copy of the notebook in the case, opened in JupyterLab."""

import importlib.util
import json
import os
import sys
from argparse import Namespace
from importlib import resources
from pathlib import Path
from typing import Any

from duediligence.case import SAMPLE, Case
from duediligence.errors import DueDiligenceError, NotSavedError
from duediligence.folder import CaseFolder
from duediligence.ledger import write_whole

_SAMPLE_CASE = Path("cases/sample")


class LabMissingError(DueDiligenceError):
    """JupyterLab is not installed beside the core."""


def run(given: Namespace) -> int:
    """Copy the workbook into the case, with its one ``parameters`` cell filled, and open it."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise LabMissingError(
            "JupyterLab is not installed. In a checkout: make lab. Else: pip install 'duediligence[lab]'"
        )
    folder = given.case or _SAMPLE_CASE
    if given.case is None:
        CaseFolder(folder).create()
        repo = SAMPLE
    else:
        case = Case(folder)
        repo = SAMPLE if case.is_sample else case.asked_for.repo
    path = place_workbook(folder, repo)
    print(f"{path} opens in JupyterLab. Run ▸ Run All Cells; stop it here with Ctrl-C twice.", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(path)])


def place_workbook(folder: Path, repo: str) -> Path:
    """Put the workbook into *folder* unless one lies there; gives its path.

    Raises:
        NotSavedError: the disk refused.
    """
    path = folder / "workbook.ipynb"
    if not path.exists():
        try:
            write_whole(
                path, json.dumps(_filled(_notebook(), repo), indent=1, ensure_ascii=False).encode() + b"\n"
            )
        except OSError as error:
            raise NotSavedError(f"{path} cannot be written ({error.strerror}).") from error
    return path


def _notebook() -> dict[str, Any]:
    inside = resources.files("duediligence").joinpath("workbook.ipynb")
    beside = Path(__file__).parents[2] / "notebooks" / "workbook.ipynb"
    content: dict[str, Any] = json.loads(
        inside.read_text("utf-8") if inside.is_file() else beside.read_text("utf-8")
    )
    return content


def _filled(notebook: dict[str, Any], repo: str) -> dict[str, Any]:
    for cell in notebook["cells"]:
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            named = "dd.SAMPLE" if repo == SAMPLE else repr(repo)
            cell["source"] = f'folder = "."\nrepo = {named}'
    return notebook
