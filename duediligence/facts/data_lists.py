"""Lists and tables of data sets in a card, and the headings and sentences that announce them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from duediligence.facts.common_words import (
    DATA_NOUNS,
    LANGUAGES,
    NOT_DATA_NOUNS,
    PLATFORMS,
    STRONG_DATA_NOUNS,
    words_of,
)
from duediligence.facts.found import Found, found
from duediligence.facts.known_models import is_known_model
from duediligence.facts.markup import Visible, hub_id, visible
from duediligence.facts.names import DOMAIN, is_lower_id
from duediligence.facts.naming import MADE, Named, named
from duediligence.facts.passage import Passage
from duediligence.facts.prose import cells
from duediligence.facts.registry import find_dataset
from duediligence.facts.telling import EVALUATED
from duediligence.facts.titles import kinds_of, titles

TRAINING_TITLE = titles(
    r"\b(?:pre-?|post-?)?train(?:ing|ed)?\b[\w\s,/&-]{0,20}"
    r"\b(?:data|datasets?|corpus|corpora|sets?|sources|mix(?:ture)?)\b"
    r"|\bfine-?tun\w+\s+(?:data|datasets?|corpus)\b|\btrained[ -]on\b|^datasets?\b|^data (?:sources?|mix)"
    r"|\b(?:sft|dpo|rlhf|preference|instruction|alignment|reward)\s+(?:data|datasets?|corpus|sets?|mix(?:ture)?)\b"
    r"|^(?:the\s+)?(?:data(?:sets?)?|corpus|corpora)(?:\s+(?:used|sources?|mix(?:ture)?|description|overview"
    r"|composition))?$"
    r"|^(?:dados|dataset|conjunto de dados) de treinamento\b|^trainingsdaten\b"
    r"|^donn\u00e9es d['\u2019]entra\u00eenement\b"
    r"|^(?:datos|conjunto de datos) de entrenamiento\b|^dati di addestramento\b",
    "train pretrain posttrain fine data corpus corpora sft dpo rlhf preference instruction alignment reward"
    " dados conjunto donn\u00e9es datos dati",
)
EVALUATION_TITLE = titles(
    r"\b(?:evaluat\w+|test(?:ing|s)?|benchmarks?|results?|performance|metrics?|leaderboard|validation"
    r"|comparison|evals?|accuracy)\b",
    "eval test benchmark result performance metric leaderboard validation comparison accuracy",
)
_TRAINING_OR_EVALUATION = TRAINING_TITLE | EVALUATION_TITLE
_OPENS_WITH_DATA = titles(r"\btraining (?:data|datasets?|corpus|corpora|sets?|sources?)\b", "training")
_ABOUT_DATA = re.compile(
    r"\b(?:size|rows?|tokens?|words|sources?|lang\w*|licen[sc]e|hours?|number|count|share|weight|proportion"
    r"|description|links?|url|examples?|samples?|images?|domains?|types?|year|epochs?|notes?)\b|^[#%]?$",
    re.I,
)
_COLUMN = re.compile(r"\b(?:data|datasets?|corpus|corpora|(?:sub)?sets?|sources?)\b|^name$", re.I)
_DATA_COLUMN = re.compile(r"(?:training\s+)?(?:data|datasets?|corpus|corpora)", re.I)
_BARE = words_of("the full whole entire all of both complete public original subset subsets a one an part")
_ITEM_END = re.compile(
    r"(?:\s[a-z-]+){0,3}\s(?:datasets?|corpus|corpora|data)\b|\s(?:\d|https?:)|\s*(?:\.?\s*$|[,;(:|\u2013\u2014]|-\s|(?:and|&)\s"
    r"|(?:is|are|was|were|has|by|from|with|of|deduped|deduplicated|filtered|cleaned|contains?|containing|consisting|comprising|which|that|for|in"
    r"|\u2192)\s)"
)
_FIGURE = re.compile(r"[\s\d.,%~<>=+-]*[a-z]{0,3}\s*$", re.I)
# A model that counts its parameters counts them in millions.
_COUNTED = re.compile(r"^(?!.*\d[bm]\b).*[-_]\d[\d.]*k$", re.I)
# A hash, or one of a row of numbered things.
NO_NAME = re.compile(
    r"[0-9a-f]{20,}|(?:levels?|stages?|steps?|phases?|parts?|class|labels?|types?|rounds?|folds?|tables?|figures?"
    r"|sections?|chapters?|tasks?) \d+"
    r"|(?:train|test|valid\w*|dev|eval|data|dataset|set|part|file|split)[ _-]?\d+",
    re.I,
)
# A path in the repository.
_FOLDERS = ("data/", "datasets/", "dataset/", "docs/", "scripts/", "src/")
_SHOWN_ON = words_of("youtube github gitlab twitter x discord facebook telegram instagram linkedin medium")
_SIZED = re.compile(r"[a-z]-(?:base|large|small|mini|tiny|medium)$", re.I)
_AUTHOR = re.compile(r"-(?:generated|written|based|style|like)$", re.I)
_AMOUNT = re.compile(r"~?\d[\d.,]*\s?[kmb]?$", re.I)
_SAMPLE_OF = re.compile(
    r"(?:an?\s+|the\s+)?(?:[\d.,]+[kmb]?\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:samples?|subsets?|sub-?corpus|parts?|portions?|fraction|splits?|selection|version|dump|edition"
    rf"|translation) of(?: the)?(?: (?:{'|'.join(filter(str.isalpha, sorted(LANGUAGES)))})\b)?"
    r"|(?:the\s+)?(?:latest|entire|full|whole|raw|filtered|cleaned|deduplicated|original|public|official)"
)
_TRAINS = re.compile(r"\b(?:pre-?)?train(?:ing|ed)\b|\bfine-?tun(?:ed|ing)\b", re.I)
_LEAD_DATA = re.compile(r"\b(?:datasets?|data ?sets?|corpora|corpus|data|sources|mixture|collection)\b", re.I)
_LEAD_MADE = re.compile(
    r"\b(?:train\w*|pre-?train\w*|fine-?tun\w*|contribut\w+|creat\w+|mix\w*|combin\w+|consist\w*|compris\w*"
    r"|includ\w+|used|sourced|reunion|union)\b",
    re.I,
)
_LEAD_ELSE = re.compile(
    r"\b(?:parameters|hyper-?parameters|limit\w*|bias\w*)\b"
    r"|\b(?:tags?|labels?|class(?:es)?|categories|levels?|languages|features|columns|fields|entities|tasks|steps)\b"
    r"(?:(?!\b(?:data|datasets?|corpora|corpus|sources)\b)[^,;:]){0,40}:?\s*$",
    re.I,
)
_LEAD_MEASURED = re.compile(r"\b(?:datasets?|benchmarks?|tasks?|sets)\b[^.]{0,40}:?$", re.I)


def is_training_data(passage: Passage) -> bool:
    """Whether the passage stands under a heading on training data, and none on evaluation is nearer."""
    nearest = passage.heading if passage.heading & _TRAINING_OR_EVALUATION else passage.under
    return nearest & _TRAINING_OR_EVALUATION == TRAINING_TITLE


def leads_to_data(passage: Passage) -> bool:
    """Whether the list *passage* stands in is announced as one of data the model was trained on."""
    return _announces_data(passage.lead)


@lru_cache(maxsize=1024)
def _announces_data(lead: str) -> bool:
    if not lead or EVALUATED.search(lead.lower()):
        return False
    return bool(_LEAD_DATA.search(lead) and _LEAD_MADE.search(lead)) and not _LEAD_ELSE.search(lead)


def tells_training(passage: Passage) -> bool:
    """Whether a table stands under a heading or behind a sentence on training, and none on measuring."""
    around = (*passage.sections[-2:], passage.lead)
    measured = (passage.under | kinds_of(passage.lead)) & EVALUATION_TITLE
    return not measured and bool(_TRAINS.search(" / ".join(around)))


@lru_cache(maxsize=64)
def lists_training_data(columns: tuple[str, ...]) -> bool:
    """Whether a table says by its first header that it lists training data, and tells of these alone."""
    if not columns:
        return False
    if columns[0].lower() in ("stage", "phase", "step") and any(map(_DATA_COLUMN.fullmatch, columns[1:])):
        return True
    opens = kinds_of(columns[0]) & _OPENS_WITH_DATA
    return bool(opens) and all(map(_ABOUT_DATA.search, columns[1:]))


def leads_to_evaluation(passage: Passage) -> bool:
    """Whether the list *passage* stands in is announced as one of data the model was measured on."""
    return _announces_measuring(passage.lead)


@lru_cache(maxsize=1024)
def _announces_measuring(lead: str) -> bool:
    return bool(EVALUATED.search(lead.lower()) and _LEAD_MEASURED.search(lead))


def is_alone(one: Named) -> bool:
    """Whether nothing but an article stands around a name: *the Pile*, *a subset of Reddit*."""
    ends = not one.noun or one.noun in DATA_NOUNS or one.noun.endswith("ing")
    return ends and set(one.before.split()) <= _BARE


def is_data(one: Named) -> bool:
    """Whether a name can be that of data: no tool, paper or model."""
    if one.noun in NOT_DATA_NOUNS or one.noun in MADE:
        return False
    if _AUTHOR.search(one.name) or NO_NAME.fullmatch(one.name):
        return False
    checkpoint = is_lower_id(one.name) or _SIZED.search(one.name)
    if checkpoint and one.noun not in DATA_NOUNS and "/" not in one.name:
        # "roberta-base", "RoBERTa-Base"
        return False
    repo = hub_id(one.target) if one.target else None
    if repo is None and one.name.startswith(_FOLDERS):
        return False
    if one.noun == "base" or (one.apart and one.target and one.name.lower() in _SHOWN_ON):
        # "Post-training on Keel-1B base"; a talk on YouTube
        return False
    if repo is None:
        # "GPT-4 data" were written by it.
        told = one.noun in ("dataset", "datasets", "corpus")
        plain_address = not one.apart and one.name.islower() and DOMAIN.fullmatch(one.name)
        return told or not (is_known_model(one.name) or plain_address)
    return repo.startswith("datasets/")


def is_surely_data(one: Named) -> bool:
    """Whether a name by itself is that of data: by its noun, its link, the registry or a count: *X-10K*."""
    named_so = one.noun in STRONG_DATA_NOUNS or _COUNTED.search(one.name) is not None
    named_so = named_so or (" " in one.name and one.name.rpartition(" ")[2].lower() in STRONG_DATA_NOUNS)
    known = find_dataset(one.name) is not None or find_dataset(one.phrase) is not None
    return is_data(one) and (named_so or known or is_linked(one))


def leading(seen: Visible, *, told: bool = False) -> list[Named]:
    """The names a list item opens with; *told*: it was announced as a list of data sets."""
    out: list[Named] = []
    # "Recent dump of Arabic Wikipedia", "Cleaned Common Crawl"
    part = _SAMPLE_OF.match(seen.lower)
    for one in named(seen, part.end() if part else 0):
        place = seen.words.find(one.name)
        amount = _AMOUNT.match(one.before) and one.noun in ("data", *STRONG_DATA_NOUNS)
        if not out and one.before and not amount and not _SAMPLE_OF.fullmatch(one.before):
            break
        if (
            one.strong
            or find_dataset(one.name)
            or one.noun in STRONG_DATA_NOUNS
            or (told and _opens_alone(seen, one))
        ):
            out.append(one)
        elif not out and not _ITEM_END.match(seen.words[place + len(one.name) :]):
            break
    return out


def listed(passage: Passage) -> list[Named]:
    """The names that a row of a table of data sets, or an item of a list of them, opens with."""
    if passage.kind != "row":
        return [one for one in leading(passage.seen) if is_data(one)]
    cell = _named_cell(passage)
    if cell is None:
        return []
    names = named(visible(cell), 0)
    first = names[0] if names else None
    if (
        first is None
        or not is_data(first)
        or not (is_linked(first) or (not first.before and _is_name(first)))
    ):
        return []
    return [first, *(one for one in names[1:] if one.strong and not one.before and is_data(one))]


def _is_name(one: Named) -> bool:
    return one.strong or one.name.lower() in PLATFORMS or find_dataset(one.name) is not None


def is_linked(one: Named) -> bool:
    """Whether a name leads to a data set on the Hub."""
    return (hub_id(one.target or "") or "").startswith("datasets/")


def training_item(passage: Passage, seen: Visible) -> Iterator[Found]:
    """A list item that opens with the name of a data set."""
    if passage.label and _FIGURE.match(passage.told):
        return
    for one in leading(seen, told=leads_to_data(passage)):
        place = seen.words.find(one.name) + len(one.name)
        behind = re.sub(r"^['\u2019]s\b", "", seen.words[place:])
        linked = any(place <= mark.start <= place + 2 for mark in seen.marks)
        if is_data(one) and (one.noun in DATA_NOUNS or _ITEM_END.match(behind) or one.apart or linked):
            yield found(one, "trained_on")


def training_row(passage: Passage) -> Iterator[Found]:
    """A row whose first cell names a data set, in a table of data sets."""
    cell = _named_cell(passage)
    if cell is None:
        return
    seen = visible(cell)
    aside = seen.words.find("(")
    inner = [mark for mark in seen.marks if 0 <= aside < mark.start and mark.target]
    if len(inner) < 2:
        yield from (found(one, "trained_on") for one in listed(passage))
        return
    for mark in inner:
        name = seen.words[mark.start : mark.end].strip()
        yield Found(name, name, mark.target, "trained_on", False)


def _named_cell(row: Passage) -> str | None:
    """The cell that names data: under a header that speaks of them among the first three, or the first."""
    column = next((i for i, title in enumerate(row.columns[:3]) if _COLUMN.search(title)), None)
    found_cells = cells(row)
    if column is None:
        # A link that opens a row under a heading on training data.
        marks = visible(found_cells[0]).marks if found_cells and is_training_data(row) else ()
        return found_cells[0] if marks and marks[0].start == 0 and "://" in (marks[0].target or "") else None
    return found_cells[column] if column < len(found_cells) else None


def _opens_alone(seen: Visible, one: Named) -> bool:
    """Whether a single capital word opens the item and stands by itself: *Reddit (2015 to 2018)*."""
    behind = seen.words[seen.words.find(one.name) + len(one.name) :]
    ends = re.match(r"\s*(?:$|[,;(\u2013\u2014]|-\s|and\s|by\s)", behind)
    return not one.name.endswith("s") and bool(ends)


def sure_names(seen: Visible, start: int) -> Iterator[Found]:
    """The names from *start* that could only be names, and those that stand by themselves beside them."""
    names = [one for one in named(seen, start) if is_data(one)]
    some = any([one.strong for one in names])
    yield from (found(one, "trained_on") for one in names if one.strong or (some and is_alone(one)))
