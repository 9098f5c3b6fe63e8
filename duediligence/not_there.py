"""What to say of a repository that the Hub does not show, and what its address may be instead."""

from duediligence.repo import kind_of, shown
from duediligence.surroundings import command


def not_there(repo: str) -> str:
    """One sentence that does not guess why."""
    return f"the Hub shows no {_written(repo)}: it does not exist, or is private (the Hub does not say which)"


def instead(repo: str) -> str:
    """What its address may be, and the way to a case about another one."""
    name = shown(repo)
    if "/" not in name:
        other = f"{name} names no owner, and most repositories are owner/name. "
    elif kind_of(repo) == "models":
        other = f"If it is a dataset, write datasets/{name}. "
    else:
        other = f"If it is a model, write {name}. "
    return f"{other}A case keeps the address it was opened with: open another, {command()} new FOLDER ADDRESS"


def without_owner(repo: str) -> str | None:
    """A hint on an id without an owner: a few old ones are real; ``None`` for every other id."""
    if "/" in shown(repo):
        return None
    return (
        f"{_written(repo)} names no owner. A few repositories of the Hub's first days are called so; all "
        "others are owner/name."
    )


def _written(repo: str) -> str:
    """*repo* as people write it, a dataset with its kind."""
    return repo if kind_of(repo) == "datasets" else shown(repo)
