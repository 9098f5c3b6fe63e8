"""One value compared with what a condition names: true, false, or open where it is not exact enough."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from duediligence.knowledge.values import is_number, is_place, period

Groups = Mapping[str, Collection[str]]


def all_of(results: Iterable[bool | None]) -> bool | None:
    """True when all are, false when one is, else open."""
    found = list(results)
    return False if False in found else None if None in found else True


def any_of(results: Iterable[bool | None]) -> bool | None:
    """True when one is, false when all are, else open."""
    found = list(results)
    return True if True in found else None if None in found else False


def negated(result: bool | None) -> bool | None:
    """The opposite; open stays open."""
    return None if result is None else not result


def compare(value: str, operator: str, literals: Sequence[str], groups: Groups) -> bool | None:
    """Whether *value* stands in the relation *operator* to one of *literals*.

    Dates may be as exact as a year, a month or a day on either side: ``2026-11`` is neither before nor not
    before ``2026-11-22``. Countries and groups match their subdivisions: ``DE-HH`` is in ``DE`` and in
    ``EU``; whether ``DE`` is ``DE-HH`` is open.
    """
    test = _TESTS.get(operator, _same)
    result = any_of(test(value, literal, groups) for literal in literals)
    return negated(result) if operator == "is_not" else result


def _same(value: str, literal: str, groups: Groups) -> bool | None:
    if literal in groups:
        return any_of(_same_place(value, place) for place in groups[literal])
    # Card authors write MIT and mit; the Hub treats both as one id.
    if value.casefold() == literal.casefold():
        return True
    days, named = period(value), period(literal)
    if days and named and "-" in value + literal:
        inside = named[0] <= days[0] and days[1] <= named[1]
        outside = days[1] < named[0] or named[1] < days[0]
        return True if inside else False if outside else None
    if is_number(value) and is_number(literal):
        return float(value) == float(literal)
    return _same_place(value, literal)


def _same_place(value: str, place: str) -> bool | None:
    if not value[:2].isupper() or not is_place(value) or not is_place(place):
        return False
    if value == place or value.startswith(f"{place}-"):
        return True
    # "DE" may well be "DE-HH": the answer does not say.
    return None if place.startswith(f"{value}-") else False


def _before(value: str, literal: str, _: Groups) -> bool | None:
    days, named = period(value), period(literal)
    if days is None or named is None:
        return None
    return True if days[1] < named[0] else False if days[0] >= named[0] else None


def _after(value: str, literal: str, _: Groups) -> bool | None:
    days, named = period(value), period(literal)
    if days is None or named is None:
        return None
    return True if days[0] > named[1] else False if days[1] <= named[1] else None


def _at_least(value: str, literal: str, groups: Groups) -> bool | None:
    if is_number(value) and is_number(literal):
        return float(value) >= float(literal)
    return negated(_before(value, literal, groups))


def _at_most(value: str, literal: str, groups: Groups) -> bool | None:
    if is_number(value) and is_number(literal):
        return float(value) <= float(literal)
    return negated(_after(value, literal, groups))


_TESTS = {"before": _before, "after": _after, "at_least": _at_least, "at_most": _at_most}
