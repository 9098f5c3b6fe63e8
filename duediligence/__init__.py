"""Legal due diligence for machine-learning models: evidence, questions, findings and a memo for counsel."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duediligence.case import SAMPLE, Case
    from duediligence.errors import DueDiligenceError
    from duediligence.workbook import open_case

__all__ = ["SAMPLE", "Case", "DueDiligenceError", "open_case"]

_HOME = {
    "SAMPLE": "duediligence.case",
    "Case": "duediligence.case",
    "DueDiligenceError": "duediligence.errors",
    "open_case": "duediligence.workbook",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use (PEP 562), so that importing the package stays light."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
