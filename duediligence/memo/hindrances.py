"""What the record sets against the plan: findings that stand on words of a source, for page 1."""

from collections.abc import Iterator

from duediligence.analysis.against import against, sources
from duediligence.analysis.situation import Finding
from duediligence.facts.fact import Fact
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.keys import key_words
from duediligence.memo.origin import in_the
from duediligence.memo.quoting import read_plainly
from duediligence.memo.standing import standing, worded
from duediligence.memo.statement import Ref, Span, Statement, say, words
from duediligence.repo import shown

_QUOTE = 70
_MOST_QUOTED = 2


def hindrances(ex: Exhibits) -> tuple[Statement, ...]:
    """Each with its number, the words of the sources and how it stands; of the repository itself first."""
    return tuple(_line(ex, one) for one in against(ex.resting, ex.facts, ex.inputs.repo))


def _line(ex: Exhibits, finding: Finding) -> Statement:
    number = Ref(kind="finding", label=ex.number(finding), anchor=ex.finding_anchor(finding))
    how = "open: the sources differ" if finding.status == "gap" else standing(ex, finding)
    support = (number, *ex.refs(sources(finding, ex.facts)))
    return say(f"{worded(finding)} On file: ", *_said(ex, finding), f" ({how}).", support=support)


def _said(ex: Exhibits, finding: Finding) -> Iterator[Span | str]:
    """The words of the sources, those that say the same together: *license “mit” by the Hub's API*."""
    by_words: dict[tuple[str, str, tuple[Span, ...]], list[Fact]] = {}
    for fact in sources(finding, ex.facts):
        by_words.setdefault((fact.repo, fact.key, read_plainly(fact, _QUOTE)), []).append(fact)
    before = None
    for i, ((repo, key, said), facts) in enumerate(list(by_words.items())[:_MOST_QUOTED]):
        of = f" of {shown(repo)}" if repo != ex.inputs.repo else ""
        named = "" if (repo, key) == before else f"{key_words(key)}{of} "
        yield from words("; " if i else "", named)
        yield from said
        yield f" {' and '.join(dict.fromkeys(in_the(fact) for fact in facts))}"
        before = repo, key
