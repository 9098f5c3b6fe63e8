"""The public names, and how light they are to load."""

import subprocess
import sys

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
    code = f"import sys, duediligence.cli.parser as p; p.parser(); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
