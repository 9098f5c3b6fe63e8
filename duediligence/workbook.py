"""The way in from a notebook: open a case, and let the notebook show what the case gives back."""

import sys
from pathlib import Path
from typing import Any

from duediligence.case import Case
from duediligence.case import open_case as _open_case


def open_case(folder: str | Path, repo: str | None = None, **options: Any) -> Case:
    """Open the case in *folder*; when there is none yet and *repo* is given, begin one.

    *repo* is an id (``owner/name``, ``datasets/owner/name``), one with ``@revision``, any address of the
    Hub, or ``duediligence.SAMPLE``. In a notebook the values a case gives back show themselves as screens.

    Raises:
        BadInputError: *repo* cannot be read, or the case there is about another one.
        NotACaseError: there is no case and no *repo* to begin one with.
    """
    case = _open_case(folder, repo, **options)
    if _in_kernel():
        from duediligence import widgets

        widgets.install()
        case.show_progress = widgets.progress
    return case


def _in_kernel() -> bool:
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell else None
    return running is not None and hasattr(running, "kernel")
