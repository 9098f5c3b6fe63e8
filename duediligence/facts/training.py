"""The grammar of training and evaluation: which data sets a passage of a model's card says were used how."""

import re
from collections.abc import Collection, Iterator

from duediligence.facts.common_words import (
    DATA_NOUNS,
    MACHINES,
    NOT_DATA_NOUNS,
    PLAIN_WORDS,
    STRONG_DATA_NOUNS,
)
from duediligence.facts.found import Found, few, found
from duediligence.facts.markup import Visible, hub_id, visible
from duediligence.facts.naming import Named, each_word, named
from duediligence.facts.prose import Passage, cells, titled
from duediligence.facts.registry import find_dataset, same_name

_TRAINED = re.compile(
    r"(?<![\w-])(?:(?:re|pre|post|co|fine|instruction|further|continually|jointly)?[- ]?"
    r"(?:trained|train|trains|training|tuned|tune|tunes|tuning)|aligned|distilled|built)(?![\w-])",
    re.I,
)
_PREPOSITION = re.compile(r"\b(on|over|with|using|from|against)\s+", re.I)
_EVALUATED = re.compile(
    r"\b(?:evaluat\w+|test(?:ed|ing)|benchmark(?:ed|ing|s)?|validat(?:ed|ion)|assess\w*|measur\w+|compar\w+"
    r"|performance|results?|accuracy|scores?|achiev\w+|outperform\w*|state-of-the-art|perplexity|wer|bleu|f1"
    r"|leaderboard|error rate|zero-shot|evals?)\b",
    re.I,
)
_NOT_DONE = re.compile(
    r"(?:\b(?:not|never|without|cannot|can|could|may|might|should|would|will|must|if|when|once|unless|you"
    r"|your"
    r"|users?|people|others?|ought|recommend\w*|encourage|consider|want|wish|need|needs|easy|how|unlike"
    r"|compared|whereas|contrast|instead of|before|prior|currently no|aimed at|intended|suitable"
    r"|developers|let us|help|helps|allows?|able|inspired|similar(?:ly)? to|be)\b"
    r"|n['\u2019]t\b)[^.;:]{0,80}$",
    re.I,
)
_OF_OTHERS = re.compile(r"\b(?:used|uses?|designed) to\s*$|\b(?:models?|systems?|approaches) such as\b", re.I)
_PURPOSE = re.compile(r"\bto\s*$", re.I)
_OTHER_VERB = re.compile(
    rf"{_EVALUATED.pattern}|\b(?:is|are|was|were|has|have|had|can|will|would|should|may|does|do)\b", re.I
)
_BARE = frozenset(
    [
        "the",
        "full",
        "whole",
        "entire",
        "all",
        "of",
        "both",
        "complete",
        "public",
        "original",
        "subset",
        "subsets",
        "a",
        "one",
        "an",
        "part",
    ]
)
_MEASURED_ON = re.compile(r"\b(on|with|against|using|used?|datasets? such as)\s+", re.I)
_MEASURED_TITLE = re.compile(
    r"\b(?:test\w*|eval\w*|validation|benchmark\w*)\s+(?:data|datasets?|sets?)\b", re.I
)
_PLACE = re.compile(r"\b(?:happened|took|done|ran|run|performed|conducted|carried)\b", re.I)
_SOURCE = re.compile(
    r"\b(?:datasets?|data ?sets?|training sets?|corpora|corpus|data sources?|sources|data)\b[^.;:]{0,60}?"
    r"\b(?:such as|including|(?<!-)like|includes?|include|consists? of|consisting of|compris\w+(?: of)?"
    r"|contains?"
    r"|composed of|made up of|combin\w+|namely|from|mix(?:ture)? of|,\s+which\s+(?:is|are))\s+"
    r"|\b(?:following|these)\s+[^.;:]{0,40}?\b(?:datasets?|sources|corpora)\s*:\s+"
    r"|\b(?:datasets?|corpus|mixture|data)\s*,?\s*\(?\s*(?:called|named|dubbed|known as)\s+"
    r"|\b(?:datasets?|corpus|mixture)\s*\(\s*(?=[\w.+-]+\s*\))",
    re.I,
)
_USED_FOR = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:also\s+)?used\s+(?:to|for|as|in)\s+(?:the\s+|our\s+)?"
    r"(?:pre-?train\w*|train\w*|fine-?tun\w*|instruction|training data)",
    re.I,
)
_USED = re.compile(
    r"\b(?:we|i)\s+(?:also\s+|then\s+|only\s+)?(?:used?|combined?|mix(?:ed)?|sampled?|collected|merged)\s+",
    re.I,
)
_FOR_TRAINING = re.compile(r"\b(?:to|for)\s+(?:the\s+)?(?:pre-?train|train|fine-?tun|instruction)", re.I)
_STEPS = re.compile(r"\d[\d,.]*\s?k?\s+(?:steps|epochs|iterations)\b[^.;]{0,80}?\bon\s+", re.I)

_TRAINING_TITLE = re.compile(
    r"\b(?:pre-?|post-?)?train(?:ing|ed)?\b[\w\s,/&-]{0,20}\b(?:data|datasets?|corpus|corpora|sets?|sources"
    r"|mix(?:ture)?)\b"
    r"|\bfine-?tun\w+\s+(?:data|datasets?|corpus)\b|^(?:the\s+)?data(?:sets?)?(?:\s+(?:used|sources?"
    r"|mix(?:ture)?"
    r"|description|overview|composition))?$|^data (?:sources?|mix)|\btrained on\b|^datasets?\b",
    re.I,
)
_EVALUATION_TITLE = re.compile(
    r"\bevaluat\w+|\btest(?:ing|s)?\b|\bbenchmarks?\b|\bresults?\b|\bperformance\b|\bmetrics?\b"
    r"|\bleaderboard\b"
    r"|\bvalidation\b|\bcomparison\b|\bevals?\b|\baccuracy\b",
    re.I,
)
_USAGE_TITLE = re.compile(
    r"\bhow to\b|\busage\b|\bexamples?\b|\bquick\s?start|\bget(?:ting)? started\b|\binference\b|\bprompt"
    r"|\bglossary\b|\backnowledge?ments?\b|\bthanks\b|\bcredits\b|\brelated\b|\bfurther reading\b"
    r"|\btroubleshooting\b",
    re.I,
)
_COLUMN = re.compile(r"\b(?:data|datasets?|corpus|corpora|(?:sub)?sets?|sources?)\b", re.I)
_TRAIN_STEMS = ("train", "tun", "align", "distill", "built")
_DATA_STEMS = ("data", "corpus", "corpora", "source", "mixture", "training set")
_EVAL_STEMS = (
    *(
        "evalu",
        "test",
        "benchm",
        "valid",
        "assess",
        "measur",
        "compar",
        "perform",
        "result",
        "accura",
        "score",
    ),
    *("achiev", "outperf", "state-of", "perplex", "wer", "bleu", "f1", "leaderb", "error rate", "zero-shot"),
)
_STEMS = (
    *("train", "tun", "align", "distill", "built", "step", "epoch", "iteration", "data", "corpus", "corpora"),
    *(
        "evalu",
        "test",
        "benchm",
        "valid",
        "assess",
        "measur",
        "compar",
        "perform",
        "result",
        "accura",
        "score",
    ),
    *(
        "achiev",
        "state-of",
        "perplex",
        "wer",
        "bleu",
        "f1",
        "leaderb",
        "error",
        "zero-shot",
        "includ",
        "consist",
    ),
)
_ITEM_END = re.compile(
    r"(?:\s[a-z-]+){0,3}\s(?:datasets?|corpus|corpora|data)\b|\s*(?:$|[,;(:|\u2013\u2014]|-\s|(?:and|&)\s"
    r"|(?:is|are|was|were|has|by|from|with|of|contains?|containing|consisting|comprising|which|that|for|in"
    r"|\u2192)\s)"
)


def training(passage: Passage, known: Collection[str] = ()) -> Iterator[Found]:
    """What *passage* says the model was trained on or measured on.

    *known* are names of data sets it was said to be trained on before: *X consists of A and B* then
    names A and B as well.
    """
    if passage.citation or passage.under(_USAGE_TITLE):
        return
    listed = passage.kind == "row" or (passage.kind == "item" and passage.first) or passage.label
    if not listed and not known and not passage.has(_STEMS) and not is_training_data(passage):
        return
    seen = visible(passage.raw)
    about_training, about_evaluation = is_training_data(passage), passage.under(_EVALUATION_TITLE)
    if passage.kind == "row":
        if not about_evaluation:
            yield from _row(passage, about_training)
        return
    before = 0
    if passage.label:
        before = len(visible(passage.raw[: passage.body]).words)
        if _TRAINING_TITLE.search(passage.label) and not _EVALUATION_TITLE.search(passage.label):
            yield from _labelled(passage, seen, before)
            return
        if re.search(
            r"\b(?:eval\w*|test\w*|validation|benchmark\w*)\b.{0,12}\b(?:data|datasets?|sets?)?\b",
            passage.label,
            re.I,
        ):
            yield from (found(one, "evaluated_on") for one in named(seen, before) if one.strong)
            return
    lists_training = _leads(passage) or (about_training and not about_evaluation)
    if passage.kind == "item" and passage.first and lists_training:
        yield from _listed(passage, seen)
    if passage.kind == "item" and passage.first and _leads_to_evaluation(passage):
        yield from (found(one, "evaluated_on") for one in _leading(seen))
        return
    yield from _stated(passage, seen, about_training, about_evaluation, known)


def is_training_data(passage: Passage) -> bool:
    """Whether the passage stands under a heading on training data, and none on evaluation is nearer."""
    for title in reversed(passage.sections[-2:]):
        trains, evaluates = titled(title, _TRAINING_TITLE), titled(title, _EVALUATION_TITLE)
        if evaluates and not trains:
            return False
        if trains:
            return not evaluates
    return False


def _labelled(passage: Passage, seen: Visible, start: int) -> Iterator[Found]:
    """*Training data: SQuAD 2.0*."""
    direct = named(seen, start)
    if direct and (direct[0].strong or find_dataset(direct[0].name)):
        for one in direct:
            if _is_data(one) and (one.strong or find_dataset(one.name)):
                yield found(one, "trained_on")
        return
    only = re.fullmatch(r"\s*([\w./+-]{2,60}?)\.?\s*", seen.words[start:])
    if only and only[1].lower() not in PLAIN_WORDS and not only[1].replace(",", "").isdigit():
        yield Found(only[1], only[1], None, "trained_on", False)
        return
    for origin in few(
        re.finditer(r"\b(?:from|of|on|with|including|such as|like|and)\s+", seen.words[start:], re.I)
    ):
        for one in named(seen, start + origin.end()):
            if _is_data(one) and (one.strong or is_alone(one)):
                yield found(one, "trained_on")


def _stated(
    passage: Passage, seen: Visible, about_training: bool, about_evaluation: bool, known: Collection[str]
) -> Iterator[Found]:
    words = seen.words
    trains = False
    for verb in few(_TRAINED.finditer(words)) if passage.has(_TRAIN_STEMS) else ():
        if verb.group().lower() == "built" and not re.match(r"\s+on\s", words[verb.end() : verb.end() + 4]):
            continue
        if not _is_done(words, verb.start(), about_evaluation):
            continue
        trains = True
        yield from _objects(seen, verb.end(), about_training, built=verb.group().lower() == "built")
    if not trains and not about_evaluation and passage.has(("step", "epoch", "iteration")):
        for steps in few(_STEPS.finditer(words)):
            yield from (
                found(one, "trained_on") for one in named(seen, steps.end()) if _is_data(one) and one.strong
            )
    told = _is_about_training(passage, words, about_training, trains)
    for source in few(_SOURCE.finditer(words)) if passage.has(_DATA_STEMS) else ():
        if not told and not re.search(r"\btrain", source.group(), re.I):
            continue
        if _NOT_DONE.search(words, 0, source.start()) or _EVALUATED.search(source.group()):
            continue
        loose = source.group().strip().lower().endswith(("such as", "including", "like"))
        for one in named(seen, source.end()):
            if _is_data(one) and (one.strong or loose or is_alone(one)):
                yield found(one, "trained_on")
    if passage.kind == "item" and about_training and not _EVALUATED.search(words):
        for origin in few(re.finditer(r"\bfrom\s+(?!which\b)", words)):
            yield from (
                found(one, "trained_on") for one in named(seen, origin.end()) if _is_data(one) and one.strong
            )
    if told and about_training and not _EVALUATED.search(words):
        yield from _hub_links(seen)
    if passage.has(("used", "use ", "combine", "mix", "sampled", "collected", "merged")):
        yield from _used(seen)
    if known:
        yield from _parts(seen, known)
    if passage.has(_EVAL_STEMS):
        yield from _evaluated(seen, bool(_MEASURED_TITLE.search(passage.section)))


def _is_about_training(passage: Passage, words: str, about_training: bool, trains: bool) -> bool:
    if about_training or trains:
        return True
    section = bool(re.search(r"\btrain(?:ing|ed)?\b", " ".join(passage.sections[-2:]), re.I))
    return section and not _EVALUATED.search(words)


def _is_done(words: str, at: int, about_evaluation: bool) -> bool:
    """Whether the verb at *at* tells what was done to this model: no advice, condition or denial."""
    before = words[max(0, at - 160) : at]
    clause = re.split(r"[.;:!?](?=\s)", before)[-1]
    # What follows a comma or a conjunction has its own subject, unless the denial stands right before.
    near = re.split(r",\s|\s(?:and|but|that|which)\s", clause)[-1]
    if _PURPOSE.search(clause):
        return bool(re.search(r"\b(?:we|i)\b", clause, re.I)) and not re.search(
            r"\byou\b|\bcan\b|\bused\s+to\b", clause, re.I
        )
    if _OF_OTHERS.search(clause):
        return False
    if re.search(r"\b(?:unlike|compared|in contrast|whereas|if|when|to be|suggest\w*)\b", clause, re.I):
        return False
    if re.search(r"\b(?:outperform\w*|than|better|other)\b", near, re.I):
        return False
    if _NOT_DONE.search(near):
        done = re.search(
            r"\b(?:has been|have been|had been|was|were|is|are|being)\s+(?:\w+ly\s+|further\s+|then\s+)?$",
            near,
        )
        refused = re.search(
            r"\b(?:not|never|can|could|may|should|would|will|must|if|when|you)\b|n['\u2019]t\b", near, re.I
        )
        return bool(done) and not refused
    return not (about_evaluation and re.search(r"fine-?tun", words[at : at + 9], re.I))


def _objects(seen: Visible, start: int, about_training: bool, *, built: bool) -> Iterator[Found]:
    """The data sets behind the prepositions that follow a verb of training."""
    words = seen.words
    end = re.compile(r"[.;!?](?=\s|$)").search(words, start)
    limit = min(end.start() if end else len(words), start + 400)
    happened = re.compile(r"\s+(?:was|were|is|has been)\s").match(words, start)
    start = happened.end() if happened else start
    other = _OTHER_VERB.search(words, start, limit)
    if other:
        limit = other.start()
    for preposition in few(_PREPOSITION.finditer(words, start, limit)):
        behind = words[preposition.end() : preposition.end() + 60]
        if behind.startswith("top of"):
            continue
        if set(behind.lower().split()[:6]) & MACHINES:
            return
        placed = _PLACE.search(words, start, preposition.start())
        direct = preposition[1].lower() in ("on", "over")
        for one in named(seen, preposition.end()):
            if not _is_data(one):
                continue
            noun = (
                one.noun in STRONG_DATA_NOUNS
                or one.noun == "benchmark"
                or bool(set(one.before.split()) & STRONG_DATA_NOUNS)
            )
            known = find_dataset(one.phrase) or find_dataset(one.name)
            told = noun or known or (hub_id(one.target or "") or "").startswith("datasets/")
            if built and not noun and not _has_apposition(words, one):
                continue
            alone = is_alone(one)
            if (
                told
                or (direct and not placed and (one.strong or alone or one.noun in DATA_NOUNS))
                or (about_training and (one.strong or alone) and preposition[1].lower() == "with")
            ):
                yield found(one, "trained_on")


def is_alone(one: Named) -> bool:
    """Whether nothing but an article stands around a name: *the Pile*, *a subset of Reddit*."""
    return set(one.before.split()) <= _BARE and (not one.noun or one.noun in DATA_NOUNS)


def _has_apposition(words: str, one: Named) -> bool:
    """*Cosmo-Corpus, a curated training dataset*."""
    behind = words.find(one.name)
    return bool(
        re.match(r",\s+(?:a|an|the|our)\s[^.,;]{0,80}\b(?:dataset|corpus)\b", words[behind + len(one.name) :])
    )


def _is_data(one: Named) -> bool:
    if one.noun in NOT_DATA_NOUNS:
        return False
    repo = hub_id(one.target) if one.target else None
    return repo is None or repo.startswith("datasets/")


def _hub_links(seen: Visible) -> Iterator[Found]:
    """Any data set linked under a heading on training data."""
    for mark in seen.marks:
        repo = hub_id(mark.target) if mark.target else None
        if mark.target and repo and repo.startswith("datasets/"):
            label = seen.words[mark.start : mark.end]
            name = label if same_name(label) and "://" not in label else repo.removeprefix("datasets/")
            if name.lower() in ("here", "link", "this", "dataset"):
                name = repo.removeprefix("datasets/")
            yield Found(name, name, mark.target, "trained_on", False)


def _used(seen: Visible) -> Iterator[Found]:
    """*The X dataset was used to train this model*; *we used X and Y for training*."""
    words = seen.words
    for used in few(_USED_FOR.finditer(words)):
        behind = words[used.end() : used.end() + 60]
        if re.search(r"^\s+(?:on\s+)?(?:[A-Z][\w-]*\d|[A-Z]{2,})", behind):
            continue
        first = max(words.rfind(mark, 0, used.start()) + 1 for mark in ("; ", ": "))
        if _NOT_DONE.search(words, first, used.start()):
            continue
        yield from (found(one, "trained_on") for one in named(seen, first) if _is_data(one) and one.strong)
    for used in few(_USED.finditer(words)):
        if _FOR_TRAINING.search(words, used.end(), used.end() + 300):
            for one in named(seen, used.end()):
                if _is_data(one) and one.noun in STRONG_DATA_NOUNS:
                    yield found(one, "trained_on")


def _parts(seen: Visible, known: Collection[str]) -> Iterator[Found]:
    """*Cosmo-Corpus includes A and B*, once Cosmo-Corpus is known to be what the model was trained on."""
    parts = re.match(
        r"\s*(?:the\s+)?([\w.+-]+(?:\s[\w.+-]+){0,3}?)\s+(?:dataset\s+|corpus\s+)?"
        r"(?:includes?|consists? of|comprises?|contains?|combines?|is (?:a|the) (?:mix|mixture|combination"
        r"|union) of)\s+",
        seen.words,
        re.I,
    )
    if parts and same_name(parts[1]) in known:
        yield from (found(one, "trained_on") for one in named(seen, parts.end()) if _is_data(one))


def _evaluated(seen: Visible, under_title: bool) -> Iterator[Found]:
    words = seen.words
    for verb in few(_EVALUATED.finditer(words)):
        for preposition in few(_MEASURED_ON.finditer(words, verb.end(), verb.end() + 200)):
            if _TRAINED.search(words, verb.end(), preposition.start()):
                break
            for one in named(seen, preposition.end()):
                repo = hub_id(one.target or "") or "datasets/"
                data = one.noun in STRONG_DATA_NOUNS or one.noun == "benchmark" or find_dataset(one.name)
                direct = one.strong and (under_title or preposition[1].lower() in ("on", "against"))
                if repo.startswith("datasets/") and one.noun not in NOT_DATA_NOUNS and (data or direct):
                    yield found(one, "evaluated_on")


def is_told(words: str, at: int) -> bool:
    """Whether the verb of training at *at* tells what was done, as opposed to advice or denial."""
    return _is_done(words, at, False)


def leads_to_data(passage: Passage) -> bool:
    """Whether the list *passage* stands in is announced as one of training data."""
    return _leads(passage)


def _leads(passage: Passage) -> bool:
    """Whether the list is announced as one of data the model was trained on."""
    lead = passage.lead
    if not lead or _EVALUATED.search(lead):
        return False
    data = re.search(
        r"\b(?:datasets?|data ?sets?|corpora|corpus|data|sources|mixture|collection)\b", lead, re.I
    )
    made = re.search(
        r"\b(?:train\w*|pre-?train\w*|fine-?tun\w*|contribut\w+|creat\w+|mix\w*|combin\w+|consist\w*"
        r"|compris\w*"
        r"|includ\w+|used|sourced|reunion|union)\b",
        lead,
        re.I,
    )
    return bool(data and made) and not re.search(
        r"\b(?:parameters|hyper-?parameters|limit\w*|bias\w*)\b", lead, re.I
    )


def _leads_to_evaluation(passage: Passage) -> bool:
    lead = passage.lead
    return bool(
        _EVALUATED.search(lead)
        and re.search(r"\b(?:datasets?|benchmarks?|tasks?|sets)\b[^.]{0,40}:?$", lead, re.I)
    )


def _alone(seen: Visible, one: Named) -> bool:
    """Whether a single capital word opens the item and stands by itself: *Reddit (2015 to 2018)*."""
    behind = seen.words[seen.words.find(one.name) + len(one.name) :]
    return not one.name.endswith("s") and bool(re.match(r"\s*(?:$|[,;(\u2013\u2014]|-\s|and\s|by\s)", behind))


def _leading(seen: Visible, *, told: bool = False) -> list[Named]:
    """The names a list item opens with; *told*: it was announced as a list of data sets."""
    out: list[Named] = []
    for one in named(seen, 0):
        place = seen.words.find(one.name)
        if not out and one.before:
            break
        if (
            one.strong
            or find_dataset(one.name)
            or one.noun in STRONG_DATA_NOUNS
            or (told and _alone(seen, one))
        ):
            out.append(one)
        elif not out and not _ITEM_END.match(seen.words[place + len(one.name) :]):
            break
    return out


def _listed(passage: Passage, seen: Visible) -> Iterator[Found]:
    """A list item that opens with the name of a data set."""
    if passage.label and re.match(
        r"[\s\d.,%~<>=+-]*[a-z]{0,3}\s*$", visible(passage.raw[passage.body :]).words, re.I
    ):
        return
    for one in _leading(seen, told=_leads(passage)):
        place = seen.words.find(one.name) + len(one.name)
        behind = re.sub(r"^['\u2019]s\b", "", seen.words[place:])
        linked = any(place <= mark.start <= place + 2 for mark in seen.marks)
        if _is_data(one) and (one.noun in DATA_NOUNS or _ITEM_END.match(behind) or one.apart or linked):
            yield found(one, "trained_on")


def _row(passage: Passage, about_training: bool) -> Iterator[Found]:
    """A row whose first cell names a data set, in a table of data sets."""
    if not passage.columns:
        return
    column = next((i for i, title in enumerate(passage.columns[:3]) if _COLUMN.search(title)), None)
    told = about_training or _leads(passage)
    if column is None or not told:
        return
    row = cells(passage)
    if column >= len(row):
        return
    seen = visible(row[column])
    aside = re.search(r"\(", seen.words)
    inner = [mark for mark in seen.marks if aside and mark.start > aside.start() and mark.target]
    if len(inner) > 1:
        for mark in inner:
            name = seen.words[mark.start : mark.end].strip()
            yield Found(name, name, mark.target, "trained_on", False)
        return
    yield from (found(one, "trained_on") for one in listed(passage))


def listed(passage: Passage) -> list[Named]:
    """The names that a row of a table of data sets, or an item of a list of them, opens with."""
    if passage.kind != "row":
        return [one for one in _leading(visible(passage.raw)) if _is_data(one)]
    column = next((i for i, title in enumerate(passage.columns[:3]) if _COLUMN.search(title)), None)
    row = cells(passage)
    if column is None or column >= len(row):
        return []
    return [
        one
        for one in named(visible(row[column]), 0)[:1]
        if _is_data(one) and not one.before and (one.strong or find_dataset(one.name))
    ]


def names_no_data(words: str) -> bool:
    """Whether *words* speak of data at all without a name: *web text*, *publicly available data*."""
    return bool(set(each_word(words)) & (DATA_NOUNS | {"data", "corpora", "tokens", "audio", "outputs"}))
