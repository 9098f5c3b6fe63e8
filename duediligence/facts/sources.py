"""The grammar of origin: what a passage of a data set's card says the data were taken from."""

import re
from collections.abc import Iterable, Iterator

from duediligence.facts.common_words import NOT_DATA_NOUNS, words_of
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import is_alone, listed
from duediligence.facts.found import Found, few, found
from duediligence.facts.known_models import is_known_model
from duediligence.facts.markup import host_of, hub_id
from duediligence.facts.naming import Named, named
from duediligence.facts.passage import Passage
from duediligence.facts.registry import find_dataset
from duediligence.facts.titles import titles

_THINGS = (
    r"(?:images?|photos?|photographs|pictures|videos?|clips|recordings?|audio(?:books)?|texts?|books"
    r"|articles|pages"
    r"|documents|posts|comments|tweets|reviews|sentences|questions|captions|notes|records|conversations"
    r"|data|samples|pairs|dialogues?"
    r"|subtitles|transcripts|papers|abstracts)"
)
_TAKEN = re.compile(
    r"\b(?:sourced|derived|built|constructed|collected|crawled|scraped|extracted|created|compiled|generated"
    r"|drawn"
    r"|taken|obtained|curated|adapted|sampled|gathered|retrieved|downloaded|mined|translated|captioned"
    r"|harvested"
    r"|filtered|selected|converted|assembled|originat\w+|comes?|came"
    r")\b(?:[^.;:]{0,160}?\s)?from\s+|\b(?:based\s+on|consist(?:s|ing)?\s+of|comprised\s+of"
    r"|filtering\s+of)\s+"
    rf"|\b{_THINGS}\b[^.;:]{{0,80}}?\s(?:(?:are|is|were|was)\s+)?from\s+|\b(?:articles|pages|posts"
    rf"|comments)\s+on\s+"
    r"|\bwritten\s+by\s+(?:the\s+)?(?:[\w-]+\s+){0,2}(?:journalists|members|users|authors|community|editors)\s+"
    r"(?:of|at|on)\s+|\b(?:includes?|contains?)\s+(?:content|material|texts?|data)\s+(?:from|of)\s+"
    r"|\b(?:decisions|judg[e]?ments|opinions|rulings|patents|bills|speeches)\s+(?:\w+\s+){0,2}?(?:from|of|by)\s+"
    r"|\bbuilt\s+on\s+top\s+of\s+|\b(?:annotations?|labels?)\s+on\s+top\s+of\s+"
)
_FETCHED = re.compile(
    r"\b(?:collected|crawled|scraped|gathered|downloaded|retrieved|obtained)\s+(?:via|through|using|with|by)\s+"
    r"(?=(?:the\s+)?(?:official\s+|public\s+)?(?-i:[A-Z])\S*(?:\s(?-i:[A-Z])\S*)?\s(?:(?-i:API)|website|forum)\b)",
    re.I,
)
_VERSION = re.compile(
    r"\b(?:version|subsets?|sample|copy|mirror|re-?upload|repackaging|translation|demo|split|clone|derivative|extension|port"
    r"|conversion|portion"
    r"|excerpt|slice)\s+of\s+",
)
_COMBINED = re.compile(
    r"\b(?:crawl(?:ed|ing)|scrap(?:ed|ing)|mining|mined|combin(?:es?|ed|ing)|merg(?:es?|ed|ing)"
    r"|aggregat(?:es?|ed|ing)|collat(?:es?|ed|ing)"
    r"|translated|extend(?:s|ed|ing)|re-?annotat(?:es|ed|ing))\s+(?=\S)"
)
_ALL_OF = re.compile(
    r"\b(?:contains?|includes?|comprises?|holds)\s+all\s+of\s+(?:the\s+)?(?=(\w[\w.-]+)\b)", re.I
)
_ASIDE = re.compile(
    r"\b(?:not|unlike|compared|similar|inspired|instead|evaluat\w+|trained|training|benchmark\w*|contact"
    r"|(?:can|to|be) download\w*|researchers?|authors?|people|students|team|scientists|annotators|workers"
    r"|load|paper|pipeline|code|script|tool|stored|suspect|conjecture|leaderboard|model|models|results?"
    r"|terms of|license[sd]?|permission|obtain|rules?|heuristics|guidelines|classifier|distilled|responses"
    r"|completions|generations)\b"
    r"|n['\u2019]t\b",
)
_NO_SECTION = titles(
    r"\bcitation|\bleaderboards?\b|\btasks?\b|\bhow to\b|\busage\b|\blicens|\bcurators?\b"
    r"|\bcontributions?\b|\bbias"
    r"|\blimitations?\b|\bsocial impact\b|\bdata (?:instances|fields|splits)\b|\bannotat|\bevaluation\b"
    r"|\bmethod\b"
    r"|\bprompt|\bexamples?\b|\bcredit|\backnowledg",
    "citation leaderboard task how usage licens curator contribution bias limitation social data annotat"
    " evaluation method prompt example credit acknowledg",
)
_TAKEN_CUES = cues(
    *("from", "based", "consist", "comprised", "filtering", "articles", "pages", "posts", "comments"),
    *(
        "written by",
        "on top of",
        "collected",
        "crawled",
        "scraped",
        "gathered",
        "downloaded",
        "retrieved",
        "obtained",
    ),
)
_VERSION_CUES = cues(
    *("version", "subset", "sample", "copy", "mirror", "reupload", "re-upload", "repackaging", "translation"),
    *("demo", "split", "clone", "derivative", "extension", "port", "conversion", "excerpt", "slice"),
)
_COMBINED_CUES = cues(
    *("crawl", "scrap", "mining", "mined", "combin", "merg", "aggregat", "collat"),
    *("translated", "extend", "reannotat", "re-annotat"),
)
_ALL_CUES = cues("all of")
_CUES = _TAKEN_CUES | _VERSION_CUES | _COMBINED_CUES | _ALL_CUES
_KAGGLE = "kaggle.com/datasets/"
_ORIGIN = titles(r"\b(?:source data|data sources?|sources|composition)\b", "source data composition")
_CRAWLED = re.compile(r"\b(?:crawled|scraped|sourced|collected|taken)\b")
_LABEL = titles(
    r"^(?:data )?sources?$|^(?:original|source|parent|base|upstream) (?:data ?sets?|corpus|data|source)$"
    r"|^(?:derived|taken|adapted) from$",
    "source data original parent base upstream derived taken adapted",
)
_LICENSING = titles(r"\blicens", "licens")
_HELD = words_of(
    """
    videos posts comments articles pages tweets photos photographs clips songs project website site portal
    forum archive journal newspaper community
    """
)
_PEOPLE = words_of(
    "crowdworkers crowd-workers workers annotators participants users speakers students volunteers"
)
_PLACES = words_of("website site platform forum portal newspaper repository archive project service app")
_ORDINARY = words_of(
    """
    them these those which it this that both our us all the each other others either you following
    """
)


def sources(passage: Passage) -> Iterable[Found]:
    """What *passage* says the data set was made from."""
    if passage.citation:
        return ()
    if passage.kind == "row" or (passage.kind == "item" and passage.first and passage.heading & _ORIGIN):
        if (passage.under if passage.kind == "row" else passage.heading) & _ORIGIN and not re.search(
            r"\b(?:who|annotat)", passage.section, re.I
        ):
            return [found(one, "derived_from") for one in listed(passage)]
        return ()
    if passage.labelled & _LABEL and not passage.under & _NO_SECTION:
        return _behind_label(passage)
    return _read(passage) if passage.cues & _CUES or _KAGGLE in passage.raw else ()


def _behind_label(passage: Passage) -> Iterator[Found]:
    """*Original dataset: X*."""
    for one in named(passage.seen, passage.behind_label):
        if not one.before and _is_source(one):
            yield found(one, "derived_from")


def _read(passage: Passage) -> Iterator[Found]:
    seen = passage.seen
    words = seen.words
    if passage.under & _NO_SECTION and not (passage.under & _LICENSING and _CRAWLED.search(seen.lower)):
        return
    told: set[str] = set()
    from_cues = passage.cues & _TAKEN_CUES
    for taken in (*few(_TAKEN.finditer(seen.lower)), *few(_FETCHED.finditer(words))) if from_cues else ():
        if _ASIDE.search(seen.lower, max(0, taken.start() - 60), taken.end()):
            continue
        based = taken.group().lower().startswith(("based", "consist", "comprised", "filtering"))
        for one in named(seen, taken.end()):
            if _is_source(one) and (not based or _is_data_set(one)):
                told.add(one.name)
                yield found(one, "derived_from")
    for version in few(_VERSION.finditer(seen.lower)) if passage.cues & _VERSION_CUES else ():
        if _ASIDE.search(seen.lower, max(0, version.start() - 60), version.end()):
            continue
        for one in named(seen, version.end())[:1]:
            if (
                one.name not in told
                and _is_source(one)
                and (one.strong or _is_data_set(one) or is_alone(one))
            ):
                yield found(one, "derived_from")
    for combined in few(_COMBINED.finditer(words)) if passage.cues & _COMBINED_CUES else ():
        if not _ASIDE.search(seen.lower, max(0, combined.start() - 60), combined.end()):
            for one in named(seen, combined.end()):
                if one.name not in told and one.strong and not one.before and _is_source(one):
                    yield found(one, "derived_from")
    for whole in few(_ALL_OF.finditer(words)) if passage.cues & _ALL_CUES else ():
        if whole[1].lower() not in _ORDINARY:
            yield Found(whole[1], whole[1], None, "derived_from", False)
    if _KAGGLE in passage.raw:
        yield from _kaggle(seen.words, [mark.target for mark in seen.marks if mark.target])


def _is_source(one: Named) -> bool:
    if one.noun in _PEOPLE:
        return False
    if one.noun in NOT_DATA_NOUNS and one.noun not in ("platform", "project's", "website"):
        return False
    host = host_of(one.target or "") or ""
    if host in ("arxiv.org", "doi.org", "github.com", "aclanthology.org") and not one.strong:
        return False
    repo = hub_id(one.target) if one.target else None
    if repo is None and not _is_data_set(one) and is_known_model(one.name):
        return False
    told = one.noun in _HELD or one.before.rpartition(" ")[2] in _PLACES
    return (repo is None or repo.startswith("datasets/")) and (
        one.strong or told or is_alone(one) or _is_data_set(one)
    )


def _is_data_set(one: Named) -> bool:
    linked = (hub_id(one.target) or "") if one.target else ""
    return (
        linked.startswith("datasets/")
        or find_dataset(one.name) is not None
        or one.noun
        in ("dataset", "datasets", "corpus", "corpora", "database", "data", "dump", "dumps", "collection")
    )


def _kaggle(words: str, targets: list[str]) -> Iterator[Found]:
    """A data set that points to the one on Kaggle it was taken from."""
    if not targets or not re.search(r"\bdata ?set\b", words, re.I):
        return
    for target in targets:
        page = re.match(r"https?://(?:www\.)?(kaggle\.com/datasets/[\w.-]+/[\w.-]+)", target)
        if page:
            yield Found(page[1], page[1], target, "derived_from", False)
