"""The public names, and how light they are to load."""

import subprocess
import sys
from pathlib import Path

import duediligence


def test_the_public_names() -> None:
    """A name added or taken away is a decision, not an accident."""
    assert duediligence.__all__ == ["SAMPLE", "Case", "DueDiligenceError", "open_case"]
    assert dir(duediligence) == sorted(duediligence.__all__)
    for name in duediligence.__all__:
        assert getattr(duediligence, name) is not None


def test_reading_a_case_loads_neither_pandas_nor_nbconvert() -> None:
    """Heavy libraries load when they are used: not for the command line's help, not for opening a case."""
    heavy = "{'pandas', 'nbconvert', 'nbformat', 'ipywidgets', 'IPython', 'huggingface_hub', 'jinja2'}"
    assert _loaded(heavy, "import duediligence.cli.parser as p; p.parser()") == "[]"


def test_making_a_memo_loads_no_nbconvert() -> None:
    """Its page needs the templates' language alone; nbconvert takes longer to load than a memo to make."""
    made = "from tests import memo_inputs as given; from duediligence.issuing import render; "
    made += "assert 'Memo for counsel' in render(given.inputs()).html"
    assert _loaded("{'pandas', 'nbconvert', 'nbformat', 'ipywidgets', 'IPython'}", made) == "[]"


def _loaded(heavy: str, program: str) -> str:
    """Which of the modules *heavy* a new process has loaded after running *program*, as a list."""
    code = f"import sys; {program}; print(sorted({heavy} & set(sys.modules)))"
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()
