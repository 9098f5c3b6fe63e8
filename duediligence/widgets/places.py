"""Countries by name, groups of them that are ticked at once, and the law they come from."""

from collections.abc import Mapping
from functools import cache

from duediligence import plain_yaml
from duediligence.case import Case
from duediligence.knowledge import edition
from duediligence.knowledge.law import Law
from duediligence.knowledge.reader import load_law
from duediligence.widgets.field import Groups


def law_of(case: Case) -> Law:
    """The law of the day the case is looked at."""
    return load_law(case.today())


@cache
def place_names() -> Mapping[str, str]:
    """Code to English name of every place the law files list."""
    files = edition.edition_files()
    listed = next(text for path, text in files.items() if path.endswith("jurisdictions/places.yaml"))
    return {str(code): str(name) for code, name in plain_yaml.load(listed).items()}


def groups_of(law: Law) -> Groups:
    """What ticks several countries at once."""
    return {f"all {len(members)} of the {name}": sorted(members) for name, members in law.groups.items()}
