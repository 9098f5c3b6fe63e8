"""The command line: ``duediligence COMMAND``; thin over `duediligence.case.Case`."""

import os
import sys
from collections.abc import Sequence

from duediligence.errors import DueDiligenceError
from duediligence.visible import visible


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 found something, 2 usage, 3 bad input, 4 no Hub."""
    # jsonschema builds a grammar for the IRI format at import, 0.8 s that no Jupyter schema needs; it goes
    # without when the module cannot be loaded. Only here, never in somebody's kernel.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from duediligence.cli.parser import parser

    try:
        arguments = parser().parse_args(argv)
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except DueDiligenceError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _say("Stopped. What was saved before is unchanged.", 130)
    except BrokenPipeError:
        # Whoever read our output has enough; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        return _say(f"The file system refused{where}: {error.strerror or error}.", 3)


def _say(message: str, code: int) -> int:
    print(f"duediligence: {visible(message)}", file=sys.stderr)
    return code
