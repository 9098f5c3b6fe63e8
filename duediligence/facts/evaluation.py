"""The grammar of evaluation: which data sets a passage says the model was measured on."""

import re
from collections.abc import Iterator

from duediligence.facts.common_words import NOT_DATA_NOUNS, STRONG_DATA_NOUNS
from duediligence.facts.data_lists import leading, leads_to_evaluation
from duediligence.facts.found import Found, few, found
from duediligence.facts.markup import Visible, hub_id
from duediligence.facts.naming import named
from duediligence.facts.passage import Passage
from duediligence.facts.registry import find_dataset
from duediligence.facts.statement import is_placeholder
from duediligence.facts.telling import EVALUATED, EVALUATED_CUES, TRAINED, TRAINED_CUES
from duediligence.facts.titles import titles

_ON = re.compile(r"\b(on|with|against|using|used?|datasets? such as)\s+")
_STEMS = "test eval validation benchmark"
_TITLE = titles(r"\b(?:test\w*|eval\w*|validation|benchmark\w*)\s+(?:data|datasets?|sets?)\b", _STEMS)
LABEL = titles(r"\b(?:eval\w*|test\w*|validation|benchmark\w*)\b", _STEMS)


def is_labelled_evaluation(passage: Passage) -> bool:
    """Whether the words before the colon speak of evaluation: *Eval data: …*."""
    return passage.labelled & LABEL != 0


def evaluation(passage: Passage, seen: Visible, behind_label: int) -> Iterator[Found]:
    """What *passage* says the model was measured on; *behind_label* is where its words begin."""
    labelled = is_labelled_evaluation(passage)
    says = labelled and not is_placeholder(seen.words[behind_label:][:200])
    names = [one for one in named(seen, behind_label) if one.strong] if says else []
    if names:
        yield from (found(one, "evaluated_on") for one in names)
    elif passage.kind == "item" and passage.first and leads_to_evaluation(passage):
        yield from (found(one, "evaluated_on") for one in leading(seen))
    elif passage.cues & EVALUATED_CUES:
        yield from _stated(passage, seen)


def _stated(passage: Passage, seen: Visible) -> Iterator[Found]:
    words = seen.lower
    under_title = passage.heading & _TITLE
    behind = 0
    for verb in few(EVALUATED.finditer(words)):
        end = verb.end() + 200
        trained = TRAINED.search(words, verb.end(), end) if passage.cues & TRAINED_CUES else None
        for preposition in few(
            _ON.finditer(words, max(verb.end(), behind), trained.end() if trained else end)
        ):
            # What is behind one verb of measuring need not be read again behind the next.
            behind = preposition.end()
            for one in named(seen, preposition.end()):
                repo = hub_id(one.target or "") or "datasets/"
                data = one.noun in STRONG_DATA_NOUNS or one.noun == "benchmark" or find_dataset(one.name)
                direct = one.strong and (under_title or preposition[1] in ("on", "against"))
                if repo.startswith("datasets/") and one.noun not in NOT_DATA_NOUNS and (data or direct):
                    yield found(one, "evaluated_on")
