"""The grammar of training: which data sets a passage of a model's card says the model was trained on."""

import re
from collections.abc import Collection, Iterable, Iterator

from duediligence.facts import evaluation
from duediligence.facts.common_words import DATA_NOUNS, STRONG_DATA_NOUNS
from duediligence.facts.composition import (
    FOR_THE_MODEL_CUES,
    PARTS_CUES,
    SOURCE_CUES,
    SOURCE_VERB_CUES,
    composed_of,
    parts_of,
    was_taken_out,
)
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import (
    EVALUATION_TITLE,
    TRAINING_TITLE,
    is_data,
    is_surely_data,
    is_training_data,
    leads_to_data,
    leads_to_evaluation,
    lists_training_data,
    sure_names,
    tells_training,
    training_item,
    training_row,
)
from duediligence.facts.found import Found, few, found
from duediligence.facts.labelled import (
    CONTENT_LABEL,
    STAGE_LABEL,
    is_label,
    labelled,
    names_alone,
)
from duediligence.facts.learned_from import THINGS_FROM, learned_from
from duediligence.facts.markup import Visible, hub_id
from duediligence.facts.naming import named
from duediligence.facts.passage import Passage
from duediligence.facts.registry import same_name
from duediligence.facts.stages import (
    AFTER,
    AMOUNT_CUES,
    FIT_CUES,
    IN_STAGES_CUES,
    STAGE_CUES,
    TOLD_CUES,
    in_stages,
)
from duediligence.facts.telling import EVALUATED, EVALUATED_CUES, NOT_DONE, TRAINED, TRAINED_CUES, is_done
from duediligence.facts.titles import titles
from duediligence.facts.used import PURPOSE_CUES, TRAINING_USED_CUES, USE_CUES, training_used, used_to_train

# Says so wherever it stands.
_OF_THIS_MODEL = re.compile(
    r"^\W*(?:this|our)\s+(?:[\w-]+\s+)?model\s+(?:is|was|has been)\s+(?:\w+ly\s+)?"
    r"(?:pre-?|fine-?)?(?:trained|tuned)\s+on\b"
)
# "Doe, A., Roe, B. (2017), …" cites a work.
_CITED = re.compile(r"\W*[A-Z][\w'-]+,\s+(?:[A-Z]\.[\s,]*)+")
_THE_DATA = re.compile(
    r"\b(?:pre-?|fine-?)?(?:training|tuning)\s+(?:data|datasets?|sets?|corpus)\b"
    r"|\b(?:data|datasets?|corpus)\s+(?:that\s+(?:was|were)\s+)?used\s+(?:for|to|in|during)\s+"
    r"(?:the\s+|our\s+)?(?:pre-?|fine-?)?(?:train|tun)"
)
# "The data set used for fine-tuning can be found at [X](…)"
_FOUND_AT = re.compile(
    rf"(?:{_THE_DATA.pattern})[^.;:]{{0,40}}?\b(?:found|available|accessed|obtained|hosted)\s+"
    r"(?:at|in|on|from|under):?\s+"
)
_NOT_YET = re.compile(r"\b(?:will|plan(?:s|ned)?|soon|later|not|your|own)\b")
# "It was exposed to X", "fed with X", "saw X during training".
_SHOWN = re.compile(
    r"\b(?:is|was|were|been)\s+exposed\s+to\s+|\b(?:fed|we\s+feed)\s+(?:[\w-]+\s+){0,3}?(?:with|on)\s+"
    r"|\b(?:seen|saw|sees)\s+(?=[^.;:]{2,200}\bduring\s+(?:the\s+|its\s+)?(?:pre-?|fine-?)?(?:train|tun)ing\b)"
)

_AND_TO = re.compile(r"\band\s+to\s+")
_STEPS = re.compile(r"\d[\d,.]*\s?k?\s+(?:steps|epochs|iterations)\b[^.;]{0,80}?\bon\s+")
_CAME = re.compile(
    r"(?:\b(?:tokens|images?|photos|texts?|audio|speech|clips|samples|examples|pairs|documents|sentences|data|captions"
    r"|code|recordings|conversations|dialogues?|prompts|preferences|thirds|half|part|third|quarter|percent)\b|%)[^.;:]{0,60}?"
    r"\b(?:comes?|came|stems?|stemmed|originat\w+|taken|drawn|sourced|sampled|obtained|collected)\s+from\s+"
    r"|\bother\s+(?:half|part|third|quarter)\s+(?:\w+\s+){0,2}from\s+"
    r"|\bthe (?:rest|remain\w+)\s+(?:[\w%-]+\s+){0,3}from\s+"
    r"|\b(?:seen?|saw|ingested|consumed|processed)\s+[^.;:]{0,40}?\b(?:tokens|images|pairs|hours|samples|examples"
    r"|words|documents)\s+(?:from|of)\s+"
)
_VERSION = re.compile(
    r"\b(?:aligned|tuned|trained|distilled)\s+(?:version|variant|checkpoint|edition)\s+of\b"
    r"|\b(?:was|were|is|are)\s+(?:learned|learnt)(?=\s+(?:on|from)\s)"
)

_FROM = re.compile(r"\bfrom\s+(?!which\b)")
# "The first one is a dump of X. The second one is Y."
_ENUMERATED = re.compile(
    r"\bthe\s+(?:first|second|third|fourth|other|last)(?:\s+(?:one|source|part|corpus|dataset|subset))?"
    r"\s+(?:is|was)\s+"
)
# "We adapt X to papers from Y via continued pretraining."
_ADAPTED = re.compile(
    r"\badapt(?:s|ed|ing)?\s[^.;]{2,80}?\s(?:to|on)\s(?=(?:[^.;]|\.\d){2,200}\b(?:pre-?)?training\b)"
)
_USAGE_TITLE = titles(
    r"\b(?:how to|usage|examples?|quick\s?start|get(?:ting)? started|inference|glossary|acknowledge?ments?"
    r"|thanks|credits|related|further reading|troubleshooting|future|planned|roadmap|todo)\b|\bprompt",
    "how usage example quick get inference glossary acknowledg thanks credits related further troubleshooting"
    " future planned roadmap todo prompt",
)
_ON_TRAINING = titles(r"\btrain(?:ing|ed)?\b", "train")
_LEARNED_CUES = cues("learned", "learnt")
_CAME_CUES = cues(
    *("come", "came", "stem", "originat", "taken", "drawn", "sourced", "sampled", "obtained", "collected"),
    *("other", "rest", "remain", "seen", "see", "saw", "ingested", "consumed", "processed"),
)
_VERSION_CUES = cues("version", "variant", "checkpoint", "edition")
_VERSION_OF_CUES = cues("aligned", "tuned", "trained", "distilled")
_STEP_CUES = cues("step", "epoch", "iteration")
_SHOWN_CUES = cues("exposed", "fed", "feed")
_SEEN_CUES = cues("seen", "sees", "saw")
_CUES = EVALUATED_CUES | _STEP_CUES | PURPOSE_CUES | FIT_CUES | _LEARNED_CUES | _SHOWN_CUES
_LABELS = TRAINING_TITLE | STAGE_LABEL | evaluation.LABEL
_ON_TRAINING_CUES = SOURCE_CUES | _CAME_CUES


def training(passage: Passage, known: Collection[str] = ()) -> Iterable[Found]:
    """What *passage* says the model was trained on or measured on.

    *known* are names of data sets it was said to be trained on before: *X consists of A and B* then
    names A and B as well.
    """
    # "Usage / Training data" is about training data.
    around = passage.heading if passage.heading & TRAINING_TITLE else passage.under
    shown = (around | passage.labelled) & _USAGE_TITLE and not _OF_THIS_MODEL.search(passage.lower)
    if is_cited(passage) or shown or not _may_tell(passage, known):
        return ()
    return _read(passage, known)


def is_cited(passage: Passage) -> bool:
    """Whether it cites a work: under a heading on citations, or as an item *Doe, A. (2017), …*."""
    return passage.citation or (passage.kind == "item" and _CITED.match(passage.words) is not None)


def _read(passage: Passage, known: Collection[str]) -> Iterator[Found]:
    about_training = is_training_data(passage)
    about_evaluation = passage.under & EVALUATION_TITLE != 0
    if passage.kind == "row":
        if not about_evaluation and _lists_data(passage, about_training):
            yield from training_row(passage)
        return
    seen = passage.seen
    behind_label = passage.behind_label
    if is_label(passage, behind_label):
        stage = not passage.labelled & TRAINING_TITLE
        behind = list(labelled(seen, behind_label, stage=stage))
        yield from behind
        if behind or not stage:
            return
    item = passage.kind == "item" and passage.first
    if item and about_training and passage.labelled & CONTENT_LABEL and not about_evaluation:
        yield from labelled(seen, behind_label, stage=True)
    if item and (leads_to_data(passage) or (about_training and not about_evaluation)):
        opens = list(training_item(passage, seen))
        yield from opens or _hub_links(seen)
    listed_evaluation = item and leads_to_evaluation(passage)
    if not listed_evaluation and not evaluation.is_labelled_evaluation(passage):
        yield from _stated(passage, seen, about_training, about_evaluation, known)
    yield from evaluation.evaluation(passage, seen, behind_label)


def _lists_data(row: Passage, about_training: bool) -> bool:
    """Whether a table is said to list training data, around it or by its own header."""
    told = about_training or leads_to_data(row) or tells_training(row)
    return told or lists_training_data(row.columns)


def _may_tell(passage: Passage, known: Collection[str]) -> bool:
    """Whether there is anything in it that could tell: the quick look before the thorough one."""
    cues = passage.cues
    return bool(
        cues & _CUES
        or passage.labelled & _LABELS
        or passage.kind == "row"
        or (passage.lead and passage.kind == "item" and passage.first)
        or is_training_data(passage)
        or (cues & _ON_TRAINING_CUES and passage.under & _ON_TRAINING)
        or cues & FOR_THE_MODEL_CUES
        or (known and cues & PARTS_CUES)
    )


def _stated(
    passage: Passage, seen: Visible, about_training: bool, about_evaluation: bool, known: Collection[str]
) -> Iterator[Found]:
    words, cues = seen.lower, passage.cues
    on_training = about_training or passage.under & _ON_TRAINING != 0
    measured = cues & EVALUATED_CUES != 0 and EVALUATED.search(words) is not None
    speaks_of_training = cues & TRAINED_CUES != 0
    trains = False
    for verb in few(TRAINED.finditer(words)) if speaks_of_training else ():
        if _tells(seen.words, verb, about_evaluation):
            trains = True
            yield from learned_from(seen, verb.end(), about_training, built=verb.group() == "built")
    if about_training and passage.kind == "sentence":
        yield from names_alone(passage.raw, seen)
    if cues & _SHOWN_CUES or (cues & _SEEN_CUES and speaks_of_training):
        yield from _shown(seen, told=about_training or speaks_of_training)
    if cues & _LEARNED_CUES or (cues & _VERSION_CUES and cues & _VERSION_OF_CUES):
        for version in few(_VERSION.finditer(words)):
            yield from learned_from(seen, version.end(), about_training, built=False)
    if speaks_of_training and "adapt" in words:
        for adapted in few(_ADAPTED.finditer(words)):
            yield from (found(one, "trained_on") for one in named(seen, adapted.end()) if is_surely_data(one))
    if speaks_of_training and cues & TRAINING_USED_CUES:
        yield from training_used(seen)
    told = on_training or cues & STAGE_CUES or passage.labelled & STAGE_LABEL
    if told and cues & _CAME_CUES and not measured:
        for came in few(_CAME.finditer(words)):
            if not NOT_DONE.search(words, 0, came.start()):
                yield from sure_names(seen, came.end())
    if not trains and not about_evaluation and cues & _STEP_CUES:
        for steps in few(_STEPS.finditer(words)):
            yield from sure_names(seen, steps.end())
    if cues & SOURCE_CUES and (cues & SOURCE_VERB_CUES or ":" in words or "(" in words):
        told = about_training or trains or (on_training and not measured and "task" not in words)
        if told or speaks_of_training or cues & (STAGE_CUES | FOR_THE_MODEL_CUES):
            yield from composed_of(seen, told)
    if about_training and not measured:
        for one_of in few(_ENUMERATED.finditer(words)):
            yield from sure_names(seen, one_of.end())
        for origin in few(_FROM.finditer(words)):
            things = THINGS_FROM.search(words, 0, origin.end()) and not was_taken_out(words, origin)
            if passage.kind == "item" or things:
                yield from sure_names(seen, origin.end())
        yield from _hub_links(seen)
    elif seen.marks and speaks_of_training and not measured and _points_to_the_data(words):
        yield from _hub_links(seen)
    if seen.marks and speaks_of_training and not measured and (at := _FOUND_AT.search(words)):
        yield from (
            found(one, "trained_on") for one in named(seen, at.end())[:1] if one.apart and is_data(one)
        )
    if cues & USE_CUES and (cues & PURPOSE_CUES or about_training):
        yield from used_to_train(seen, about_training and not measured)
    if not measured and (cues & IN_STAGES_CUES or (cues & AMOUNT_CUES and cues & TOLD_CUES)):
        yield from in_stages(passage)
    if known and cues & PARTS_CUES:
        yield from parts_of(seen, known)


def _shown(seen: Visible, *, told: bool) -> Iterator[Found]:
    """*It was exposed to X and to Y*, *fed with X*, *it saw X during training*; *told*: it is of training."""
    for shown in few(_SHOWN.finditer(seen.lower)):
        if NOT_DONE.search(seen.lower, 0, shown.start()):
            continue
        starts = [shown.end(), *(also.end() for also in few(_AND_TO.finditer(seen.lower, shown.end())))]
        names = [one for start in starts for one in named(seen, start) if one.strong and is_data(one)]
        told = told or any(one.noun in STRONG_DATA_NOUNS for one in names)
        for one in names:
            if told and (one.noun in AFTER or one.noun in DATA_NOUNS):
                yield found(one, "trained_on")


def _tells(words: str, verb: re.Match[str], about_evaluation: bool) -> bool:
    if verb.group() == "built" and not re.match(r"\s+on\s", words[verb.end() : verb.end() + 4]):
        return False
    tunes = about_evaluation and re.match(r"fine-?\s?tun", verb.group())
    return not tunes and is_done(words, verb.start())


def _points_to_the_data(words: str) -> bool:
    """*You can find the training data here*."""
    return _THE_DATA.search(words) is not None and _NOT_YET.search(words) is None


def _hub_links(seen: Visible) -> Iterator[Found]:
    """Any data set linked under a heading on training data, or in a sentence that leads to them."""
    for mark in seen.marks:
        repo = hub_id(mark.target) if mark.target else None
        if mark.target and repo and repo.startswith("datasets/"):
            label = seen.words[mark.start : mark.end]
            points = (
                "://" in label or label.lower() in ("here", "link", "this", "dataset") or not same_name(label)
            )
            name = repo.removeprefix("datasets/") if points else label
            yield Found(name, name, mark.target, "trained_on", False)
