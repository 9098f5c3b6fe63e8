"""What can go wrong, each with one sentence for the person and one exit code for the command line."""


class DueDiligenceError(Exception):
    """Base of every error this package raises on purpose; its text says what, where and what to do."""

    exit_code = 3


def how_to_install(extra: str) -> str:
    """What to do to have one of the *extra* groups of `pyproject.toml`, as two sentences."""
    return f"In a checkout: make extras. Else: pip install 'duediligence[{extra}]'"


class UsageError(DueDiligenceError):
    """The command or call was put together wrongly."""

    exit_code = 2


class BadInputError(DueDiligenceError):
    """Something a person gave (a repo, an answer, a file) cannot be used as it is."""


class BadAnswersError(BadInputError):
    """One or more answers cannot be taken; nothing was written."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NotACaseError(BadInputError):
    """The folder is missing, or is no case folder."""


class CaseIsNewerError(BadInputError):
    """A newer version of this program wrote the case; it was left as it is."""


class NotSavedError(DueDiligenceError):
    """The disk refused; what was to be saved was not saved."""


class NothingCapturedError(BadInputError):
    """The case holds no capture yet, so there is nothing to read."""


class DecisionDueError(BadInputError):
    """A decision that findings wait for was due by the day of the law; the memo was not issued."""


class LawError(BadInputError):
    """A file of the law cannot be used: which file, which entry, which field, what is allowed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnreadableError(DueDiligenceError):
    """A text was received but cannot be read; its message is the reason that reaches the memo."""


class HubUnreachableError(DueDiligenceError):
    """The Hub gave no definite answer about the repo itself; nothing was written."""

    exit_code = 4


class StoppedError(DueDiligenceError):
    """A person stopped the work; nothing was written."""

    exit_code = 130
