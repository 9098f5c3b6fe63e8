"""The workbook of a case, opened in JupyterLab."""

import importlib.util
import os
import sys
from argparse import Namespace
from pathlib import Path

from duediligence.case import Case
from duediligence.errors import DueDiligenceError, how_to_install
from duediligence.folder import CaseFolder
from duediligence.own_workbook import place_workbook

_SAMPLE_CASE = Path("cases/sample")


class LabMissingError(DueDiligenceError):
    """JupyterLab is not installed beside the core."""


def run(given: Namespace) -> int:
    """Copy the workbook into the case, with its one ``parameters`` cell filled, and open it."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise LabMissingError(f"JupyterLab is not installed. {how_to_install('lab')}")
    folder = given.case or _SAMPLE_CASE
    if given.case is None:
        CaseFolder(folder).create()
        repo = None
    else:
        case = Case(folder)
        repo = None if case.is_sample else case.asked_for.repo
    path = place_workbook(folder, repo)
    print(f"{path} opens in JupyterLab. Run ▸ Run All Cells; stop it here with Ctrl-C twice.", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(path)])
