"""What the readers find in cards, measured against labels made by hand.

`python -m tests.benchmarks.reading FOLDER` prints, for each field, how much was found and how much of what
was found is right, and under it every miss and every extra with its words. Nothing is fetched.
"""

import argparse
import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duediligence.evidence.manifest import Entry
from duediligence.facts.common_words import words_of
from duediligence.facts.declared import is_legal_file
from duediligence.facts.fact import Fact
from duediligence.facts.reading import read_facts
from duediligence.facts.registry import find_dataset, same_name
from duediligence.facts.upstream import DECLARING, declared_edges
from duediligence.repo import NAMED, kind_of, shown

BODIES = {"info.json": "info", "README.md": "README.md"}
"""What a file of the folder is called among the evidence; texts of licenses keep their names."""

_MEASURES = re.compile(r"\b(?:evaluat\w+|benchmark\w*|test sets?|tested|leaderboard|results)\b", re.I)
_SEAT = re.compile(
    r"\b(?:Limited|Ltd|Inc|GmbH|LLC|S\.A|B\.V|AG|Corporation|plc|e\.\s?V)\b"
    r"|\b(?:based|registered|headquartered|located|established|incorporated|domiciled) in [A-Z]"
    r"|\bpublished from\b"
)
_ORDINARY = words_of("a an and from in of or other public subset the dataset datasets data")


@dataclass
class Score:
    """One field: what was right, what was missed and what nobody had labelled."""

    field: str
    goal: str
    right: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the labels that were found, from 0 to 1."""
        return _share(len(self.right), len(self.missed))

    @property
    def precision(self) -> float:
        """Share of what was found that is labelled, from 0 to 1."""
        return _share(len(self.right), len(self.extra))

    def lines(self) -> Iterator[str]:
        """The figures, and every miss and extra under them."""
        yield (
            f"{self.field}: recall {self.recall:.3f}, precision {self.precision:.3f} "
            f"({len(self.right)} right, {len(self.missed)} missed, {len(self.extra)} extra; goal {self.goal})"
        )
        yield from (f"  missed  {one}" for one in self.missed)
        yield from (f"  extra   {one}" for one in self.extra)


@dataclass
class Count:
    """One field that is right or wrong for each repository."""

    field: str
    goal: str
    of: int = 0
    wrong: list[str] = field(default_factory=list)

    def judge(self, right: bool, line: str) -> None:
        """Count one repository; *line* says what is wrong with it."""
        self.of += 1
        if not right:
            self.wrong.append(line)

    def lines(self) -> Iterator[str]:
        """The figure, and what is wrong under it."""
        share = _share(self.of - len(self.wrong), len(self.wrong))
        yield f"{self.field}: accuracy {share:.3f} ({len(self.wrong)} of {self.of} wrong; goal {self.goal})"
        yield from (f"  wrong   {one}" for one in self.wrong)


@dataclass(frozen=True)
class Label:
    """One name the labels hold, with the sentence it stands in."""

    name: str
    hub: str
    sentence: str

    @property
    def keys(self) -> frozenset[str]:
        """What it may be called: the name, the words in its brackets, its id, what the registry knows."""
        inner = re.findall(r"\(([^()]*)\)", self.name)
        plain = re.sub(r"\([^()]*\)", "", self.name)
        return _keys([self.name, plain, *inner, self.hub])


def measure(folder: Path) -> tuple[Score | Count, ...]:
    """Every field over all repositories of *folder* that ``gold.csv`` labels.

    The file has a row for each repository with the columns ``kind``, ``id``, ``licence_raw``,
    ``licence_name``, ``base_models_declared``, ``datasets_declared``, ``source_datasets_declared``,
    ``base_models_prose_only``, ``components_prose``, ``datasets_prose_only``, ``personal_data_statement``
    and ``provider_jurisdiction_stated``; lists are JSON.
    """
    license_ = Count("Declared license", "all")
    bases, data = Score("Declared base models", "1"), Score("Declared data sets", "1")
    prose_data = Score("Training data only in prose", "0.95 each")
    prose_bases = Score("Base models only in prose", "0.95 each")
    measured = Count("No evaluation data among training data", "0 wrong")
    personal, seat = Count("Statement on personal data", "0.95"), Count("Seat of the provider", "0 wrong")
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        repo = f"{row['kind']}/{row['id']}"
        facts = read_folder(folder, repo)
        stated = [fact for fact in facts if fact.state == "stated"]
        _license(row, repo, stated, license_)
        edges = declared_edges([fact for fact in stated if fact.source in DECLARING])
        _declared(
            repo,
            _names(row, "base_models_declared"),
            [(r, u) for f, r, u in edges if f.key == "base_model"],
            bases,
        )
        wanted = [*_names(row, "datasets_declared"), *_sources(row)]
        _declared(repo, wanted, [(r, u) for f, r, u in edges if f.key != "base_model"], data)
        declared = {upstream for _, _, upstream in edges}
        mentions = [fact for fact in stated if fact.upstream]
        of_data = [fact for fact in mentions if fact.key in ("training_data", "source_datasets")]
        extra = _mentioned(repo, _labels(row, "datasets_prose_only"), (), of_data, declared, prose_data)
        doubtful = [
            fact for fact in extra if fact.key == "training_data" and _MEASURES.search(fact.quote or "")
        ]
        measured.judge(not doubtful, "; ".join(_told(fact) for fact in doubtful))
        of_models = [fact for fact in mentions if fact.key == "base_model"]
        components = _labels(row, "components_prose")
        _mentioned(repo, _labels(row, "base_models_prose_only"), components, of_models, declared, prose_bases)
        _personal(row, repo, stated, personal)
        _seat(row, repo, stated, seat)
    return license_, bases, data, prose_data, prose_bases, measured, personal, seat


def read_folder(folder: Path, repo: str) -> tuple[Fact, ...]:
    """What the readers say of one repository whose files lie in *folder* under its typed id."""
    bodies: dict[str, bytes] = {}
    for path in sorted((folder / repo).iterdir()):
        if path.is_file() and (path.name in BODIES or is_legal_file(path.name)):
            bodies[BODIES.get(path.name, path.name)] = path.read_bytes()
    entries = [
        entry(repo, resource, body, number) for number, (resource, body) in enumerate(bodies.items(), start=1)
    ]
    return read_facts(entries, lambda entry: bodies[entry.resource])


def entry(repo: str, resource: str, body: bytes, number: int) -> Entry:
    """One file of *repo* as evidence."""
    return Entry(
        repo=repo,
        resource=resource,
        url="",
        state="present" if body else "empty",
        revision=None,
        received_at="",
        sha256=hashlib.sha256(body).hexdigest(),
        length=len(body),
        evidence=f"E{number}",
        record=None,
    )


def _license(row: Mapping[str, str], repo: str, stated: Sequence[Fact], count: Count) -> None:
    """The license as it is declared, its own name included."""
    told = [fact for fact in stated if fact.source in DECLARING]
    got = {str(fact.value).lower() for fact in told if fact.key == "license"}
    raw = json.loads(row["licence_raw"] or "null")
    if raw is None and row.get("licence_basis", "").startswith("front matter"):
        # The block is no YAML that the Hub reads, and still says which license is meant.
        raw = row["licence_normalised"].split("|")
    wanted = {str(one).lower() for one in (raw if isinstance(raw, list) else [raw]) if one is not None}
    names = {str(fact.value) for fact in told if fact.key == "license_name"}
    named = {row["licence_name"]} - {""}
    right = got == wanted and names == named
    count.judge(right, f"{repo}: {sorted(got | names)} instead of {sorted(wanted | named)}")


def _declared(repo: str, wanted: Iterable[str], got: Iterable[tuple[str, str]], score: Score) -> None:
    """Declared ids, each once, as written."""
    left = {_plain(one) for one in wanted}
    found = {_plain(shown(upstream.removeprefix(NAMED))) for _, upstream in got}
    score.right += [f"{repo}: {one}" for one in sorted(left & found)]
    score.missed += [f"{repo}: {one}" for one in sorted(left - found)]
    score.extra += [f"{repo}: {one}" for one in sorted(found - left)]


def _mentioned(
    repo: str,
    wanted: Sequence[Label],
    allowed: Sequence[Label],
    got: Sequence[Fact],
    declared: Iterable[str],
    score: Score,
) -> list[Fact]:
    """Names in prose, each once; what is declared as well is no extra, nor is what is *allowed*.

    Returns the extras.
    """
    found: dict[str, Fact] = {}
    for fact in got:
        found.setdefault(fact.upstream or "", fact)
    taken: set[str] = set()
    for label in wanted:
        hits = [fact for fact in got if _means(label, fact)]
        taken |= {fact.upstream or "" for fact in hits}
        (score.right if hits else score.missed).append(f"{repo}: {label.name} | {_short(label.sentence)}")
    taken |= {fact.upstream or "" for fact in got for label in allowed if _means(label, fact)}
    extra = [fact for name, fact in found.items() if name not in taken and name not in set(declared)]
    score.extra += [f"{repo}: {_told(fact)}" for fact in extra]
    return extra


def _means(label: Label, fact: Fact) -> bool:
    """Whether a label and a mention name the same: one of its names, one inside the other, or two words."""
    keys = _keys([fact.value or "", fact.upstream or ""])
    wanted = label.keys
    if keys & wanted:
        return True
    if not _in_sentence(label, fact):
        return False
    if any(len(a) > 4 and len(b) > 4 and (a in b or b in a) for a in keys for b in wanted):
        return True
    here, there = _words(fact.value or ""), _words(label.name)
    return len(here & there) > 1 or bool(here and (here <= there or there <= here))


def _in_sentence(label: Label, fact: Fact) -> bool:
    """Whether the mention stands in the labelled sentence, so that a part of a name is enough."""
    here, there = same_name(fact.quote or ""), same_name(label.sentence)
    return here[:60] in there or there[:60] in here


def _personal(row: Mapping[str, str], repo: str, stated: Sequence[Fact], count: Count) -> None:
    """Whether the card says anything about people in the data."""
    said = [fact for fact in stated if fact.key == "personal_data"]
    wanted = row["personal_data_statement"] == "y"
    words = _short(said[0].value or "") if said else _short(row.get("personal_data_sentence", ""))
    count.judge(bool(said) == wanted, f"{repo}: {'not found' if wanted else 'extra'} | {words}")


def _seat(row: Mapping[str, str], repo: str, stated: Sequence[Fact], count: Count) -> None:
    """Where the provider sits: told where the labels have it, and nowhere else in the card."""
    said = [
        fact
        for fact in stated
        if fact.key == "provider" and fact.source != "license_file" and _SEAT.search(fact.value or "")
    ]
    wanted = row["provider_jurisdiction_stated"]
    first = re.split(r"[(,;]", wanted)[0].strip().lower()
    right = any(first in (fact.value or "").lower() for fact in said) if wanted else not said
    count.judge(
        right, f"{repo}: {[_short(fact.value or '') for fact in said]} instead of {wanted or 'nothing'}"
    )


def _names(row: Mapping[str, str], column: str) -> list[str]:
    return [str(one) for one in json.loads(row.get(column) or "[]")]


def _sources(row: Mapping[str, str]) -> Iterator[str]:
    """What ``source_datasets`` declares, without the words that name no data set."""
    for one in _names(row, "source_datasets_declared"):
        name = one.rpartition("|")[2].removeprefix("other-")
        if name not in ("original", "extended", "other"):
            yield name


def _labels(row: Mapping[str, str], column: str) -> list[Label]:
    rows: list[dict[str, Any]] = json.loads(row.get(column) or "[]")
    return [Label(one["name"], one.get("hub_id", ""), one.get("sentence", "")) for one in rows]


def _keys(names: Iterable[str]) -> frozenset[str]:
    out: set[str] = set()
    for name in names:
        bare = name.removeprefix(NAMED)
        known = find_dataset(bare) if bare else None
        out |= {same_name(bare), same_name((shown(bare) if kind_of(bare) else bare).rpartition("/")[2])}
        out |= {f"registry:{known.id}"} if known else set()
    return frozenset(out - {""})


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{3,}", name.lower())) - _ORDINARY


def _plain(name: str) -> str:
    return re.sub(r"^https?://huggingface\.co/(?:datasets/)?", "", name).lower()


def _told(fact: Fact) -> str:
    return f"{fact.value} ({fact.upstream}, {fact.relation}) | {_short(fact.quote or '')}"


def _short(words: str) -> str:
    return " ".join(words.split())[:200]


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def main() -> None:
    """Measure a folder and print what came out."""
    parser = argparse.ArgumentParser(description="Measure what is read from cards against gold.csv.")
    parser.add_argument("folder", type=Path, help="models/, datasets/ and gold.csv")
    for score in measure(parser.parse_args().folder):
        print("\n".join(score.lines()), end="\n\n")


if __name__ == "__main__":
    main()
