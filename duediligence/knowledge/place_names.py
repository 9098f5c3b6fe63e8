"""How people write a country that has a code: its name, the name it gives itself, a common short form."""

from collections.abc import Mapping

_CALLED = {
    "america": "US",
    "belgie": "BE",
    "belgien": "BE",
    "belgique": "BE",
    "britain": "GB",
    "ceska republika": "CZ",
    "czech republic": "CZ",
    "danmark": "DK",
    "deutschland": "DE",
    "england": "GB",
    "espana": "ES",
    "great britain": "GB",
    "holland": "NL",
    "italia": "IT",
    "korea": "KR",
    "magyarorszag": "HU",
    "nederland": "NL",
    "norge": "NO",
    "osterreich": "AT",
    "polska": "PL",
    "russia": "RU",
    "schweiz": "CH",
    "south korea": "KR",
    "suisse": "CH",
    "suomi": "FI",
    "sverige": "SE",
    "svizzera": "CH",
    "taiwan": "TW",
    "turkey": "TR",
    "uae": "AE",
    "united states": "US",
    "usa": "US",
    "vietnam": "VN",
}
_PLAIN = str.maketrans("äáàâčçëéèêíïñöóüúž", "aaaacceeeeiinoouuz", ".")


def code_of(text: str, places: Mapping[str, str]) -> str | None:
    """The code of the country that *text* names, in any letters; ``None`` when it names none of *places*."""
    said = _folded(text)
    by_name = {_folded(name): code for code, name in places.items()}
    code = by_name.get(said) or _CALLED.get(said)
    return code if code in places else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().translate(_PLAIN).removeprefix("the ").split())
