"""What cells printed stays in their notebook: who would take it along is told before it is too late."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from duediligence.surroundings import in_version_control
from duediligence.visible import visible_line

PLAIN = "{name}: shown when this cell runs in JupyterLab; elsewhere print it."
"""What a notebook keeps of a screen: that it was there, and nothing it said."""

_OURS = PLAIN.partition(": ")[2]
_CLEAR = "Before you commit: Edit ▸ Clear Outputs of All Cells, then save."
_MOST_BYTES = 50 << 20


def warnings(folders: list[Path]) -> list[str]:
    """A sentence for each notebook in *folders* that keeps what cells printed, where git would take it."""
    found = {path.resolve(): path for folder in folders for path in sorted(folder.glob("*.ipynb"))}
    return [
        f"{visible_line(path.name, 80)} keeps what its cells printed, and git would take it along. {_CLEAR}"
        for path in found.values()
        if keeps_outputs(path) and in_version_control(path)
    ]


def keeps_outputs(path: Path) -> bool:
    """Whether the notebook at *path* holds any output but the marks our screens leave."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return True
        cells = json.loads(path.read_bytes())["cells"]
        return any(not _is_ours(one) for cell in cells for one in cell.get("outputs", ()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # What is no notebook keeps no outputs.
        return False


def _is_ours(output: dict[str, Any]) -> bool:
    said = output.get("data", {}).get("text/plain")
    text = "".join(said) if said else ""
    return output.get("output_type") in ("display_data", "execute_result") and (
        not text.strip() or text.endswith(_OURS)
    )


def said_after(screens: tuple[type, ...], say: Callable[[str], None]) -> Callable[[Any], None]:
    """A hook for IPython: says once that an output stays, when a cell gave something that is no screen."""
    told = False

    def hook(result: Any) -> None:
        nonlocal told
        shown = getattr(result, "result", None)
        if told or shown is None or isinstance(shown, screens) or not in_version_control(Path.cwd()):
            return
        told = True
        say(f"This output stays in the notebook file, and git would take it along. {_CLEAR}")

    return hook
