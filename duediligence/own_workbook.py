"""The workbook of a case: a copy of the notebook in the case, with its one cell of parameters filled."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

from duediligence.errors import NotSavedError
from duediligence.ledger import write_whole

NAME = "workbook.ipynb"


def place_workbook(folder: Path, repo: str | None) -> Path:
    """Put the workbook into *folder* unless one lies there; gives its path. No *repo* is the sample.

    Raises:
        NotSavedError: the disk refused.
    """
    path = folder / NAME
    if not path.exists():
        filled = json.dumps(_filled(_notebook(), repo), indent=1, ensure_ascii=False).encode()
        try:
            write_whole(path, filled + b"\n")
        except OSError as error:
            raise NotSavedError(f"{path} cannot be written ({error.strerror}).") from error
    return path


def _notebook() -> dict[str, Any]:
    inside = resources.files("duediligence").joinpath(NAME)
    beside = Path(__file__).parents[1] / "notebooks" / NAME
    text = inside.read_text("utf-8") if inside.is_file() else beside.read_text("utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def _filled(notebook: dict[str, Any], repo: str | None) -> dict[str, Any]:
    for cell in notebook["cells"]:
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            named = "dd.SAMPLE" if repo is None else repr(repo)
            cell["source"] = f'folder = "."\nrepo = {named}'
    return notebook
