"""The grammar of training: which data sets a passage of a model's card says the model was trained on."""

import re
from collections.abc import Collection, Iterable, Iterator

from duediligence.facts import evaluation
from duediligence.facts.common_words import (
    DATA_NOUNS,
    MACHINES,
    METHODS,
    PLATFORMS,
    SOFTWARE,
    STRONG_DATA_NOUNS,
    WORKS,
    words_of,
)
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import (
    EVALUATION_TITLE,
    TRAINING_TITLE,
    is_alone,
    is_data,
    is_surely_data,
    is_training_data,
    leads_to_data,
    leads_to_evaluation,
    lists_training_data,
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
from duediligence.facts.markup import Visible, hub_id
from duediligence.facts.naming import Named, named
from duediligence.facts.prose import Passage
from duediligence.facts.registry import same_name
from duediligence.facts.stages import (
    AFTER,
    AMOUNT_CUES,
    FIT_CUES,
    IN_STAGES_CUES,
    STAGE,
    STAGE_CUES,
    TOLD_CUES,
    in_stages,
)
from duediligence.facts.telling import EVALUATED, EVALUATED_CUES, NOT_DONE, TRAINED, TRAINED_CUES, is_done
from duediligence.facts.titles import titles

_PREPOSITION = re.compile(r"\b(on|over|with|using|from|against|w/):?\s+")
_OTHER_VERB = re.compile(
    rf"\b(?:{EVALUATED.pattern}|(?:is|are|was|were|has|have|had|can|will|would|should|may|does|do)\b|by\s+\d)"
)
_CLAUSE_END = re.compile(r"[.;!?](?=\s|$)")
_TAKEN = re.compile(
    r"\b(?:collected|sourced|gathered|scraped|crawled|drawn|taken|obtained|extracted|derived|sampled)\s+from\s+$",
)
_THINGS_FROM = re.compile(
    r"\b(?:articles|texts|books|novels|sentences|tweets|posts|reviews|comments|pages|documents|files|images"
    r"|photos|pictures|questions|conversations|dialogues|recordings|transcripts|abstracts|papers|captions"
    r"|subtitles|stories|poems|messages|pairs|samples|examples|instructions|prompts|scans|frames|clips|videos"
    r"|tracks|songs|utterances|reports|letters|threads|commits|repositories)\s+from\s+$"
)
_HAPPENED = re.compile(r"\s+(?:was|were|is|has been)\s")
_PLACE = re.compile(r"\b(?:happened|took|done|ran|run|performed|conducted|carried)\b")
_DATA = (
    r"(?:pre-?)?training mix(?:ture)?|datasets?|data ?sets?|training sets?|corpora|corpus"
    r"|data sources?|sources|data"
)
_SOURCE = re.compile(
    rf"\b(?:{_DATA})\b[^.;:]{{0,60}}?"
    r"\b(?:such as|including|(?<!-)like|include[sd]?|consist(?:s|ed|ing)? of|compris\w+(?: of)?"
    r"|contain(?:s|ed)?|blends?|pools|draws? (?:up)?on|composed of|made up of|combin\w+|namely|from"
    r"|mix(?:ture)? of"
    r"|,\s+which\s+(?:is|are)(?!\s+an?\s))\s+"
    rf"|\b(?:{_DATA})(?:\s+mix(?:ture)?)?\s+(?:is|was|are|were)\s*:\s+"
    rf"|\b(?:{_DATA})\s+(?:that\s+(?:is|was|were)\s+)?used\s+(?:for|to|in)\s+(?:the\s+)?(?:pre-?|fine-?)?(?:train|tun)"
    r"\w*(?:\s+(?:the|this|our)\s+\w+)?\s+(?:is|was|are|were)\s+"
    r"(?!\w+ed\b|available|public\w*|open|here|not\b|on\b|at\b|from\b|in\b)"
    r"|\b(?:datasets|sources|corpora)\b(?:(?!\buses?\b|\b(?:approach|techni|method|task|objecti|model))[^.;:])"
    r"{0,60}:\s+"
    r"|\bsame\s+(?:data|datasets?|corpus|corpora)\s+as\s+[^.;:]{2,40}:\s+"
    r"|\b(?:following|these|two|three|four|five|\d+)\s+[^.;:]{0,40}?\b(?:datasets?|sources|corpora)\s*:\s+"
    r"|\b(?:datasets?|corpus|mixture|data)\s*,?\s*\(?\s*(?:called|named|dubbed|known as)\s+"
    r"|\b(?:pre-?)?training\s+(?:data|corpus|corpora|set)\b[^.;:(]{0,100}?"
    r"\b(?:texts?|data|corpora|sources|websites)\s*\(\s*"
    r"|\b(?:datasets?|corpus|corpora|mixture|prompts|collection|sources)\s*\(\s*"
    r"(?![\w.-]+(?:\s(?:et al\.?|and|&)(?:\s[\w.-]+)?)?,?\s(?:19|20)\d\d[a-z]?\))"
    r"(?:(?:i\.e\.|e\.g\.|namely),?\s+)?"
    r"(?=[\w.+-]+(?:\s[\w.+-]+){0,3}(?:(?:,|,?\s+and|\s*&)\s+[\w.+-]+(?:\s[\w.+-]+){0,3})*\s*\))"
    r"|\btraining\s+(?:data|corpus|set)\s+(?:was|were|is|are)\s+(?=[\w.-]*[\d_-][\w.-]*\s+(?:from|at)\s)",
)
_NONE_OF = re.compile(r"\b(?:neither|nor|none\s+of|no\s+(?:\w+\s+){1,2}(?:of|from))\b")
_FOR_ELSE = re.compile(
    r"\b(?:to|for)\s+(?:annotat|label|filter|clean|tokeni|dedup|detect|remov|translat|generat|caption|transcri"
    r"|convert|evaluat|test|measur)"
)
_MIXED_WITH = re.compile(r"\s[^.;:]{2,80}?\s(?:together\s+)?with\s+")
_PART_OF = re.compile(r"\b(?:splits?|sets?|parts?|portions?|half) of(?: the)?$")
# "The X dataset from Y": whose it is.
_OWNER = re.compile(r"(?-i:[A-Z])\S*\s+(?:dataset|corpus)\s+from\s+$")
_OF_TRAINING = re.compile(
    r"\b(?:train|(?:instruction|sft|dpo|preference|fine-?tuning)\s+(?:data|corpus|mix|set))"
)
_FOR_THE_MODEL = re.compile(r"\bdata\s+(?:for|of)\s+(?:the|this|our)\s+(?:[\w-]+\s+){0,3}model\b")
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
_USED_FOR = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:also\s+)?(?:used|employed|utili[sz]ed|leveraged)\s+(?:to|for|as|in)\s+(?:the\s+|our\s+)?"
    rf"(?:pre-?train\w*|train\w*|fine-?tun\w*|instruction|training data|{STAGE}\b)"
    r"|\bserv(?:e|es|ed)\s+as\s+(?:the\s+|our\s+)?(?:pre-?training|training|fine-?tuning)\s+(?:data|set|corpus)\b",
)
_USES_AS_DATA = re.compile(
    r"\b(?:uses|utili[sz]es|employs|leverages|takes|used)\s+"
    r"(?=[^.;:]{2,160}?\bas\s+(?:the\s+|its\s+|our\s+|a\s+)?(?:pre-?|fine-?)?training\s+(?:data|set|corpus)\b)"
)
_USED = re.compile(
    r"\b(?:we|i)\s+(?:also\s+|then\s+|only\s+)?(?:used?|utili[sz]ed?|leveraged?|employ(?:ed)?|combined?|mix(?:ed)?|sampled?|collected|merged|took|take|chose)\s+",
)
_FOR_TRAINING = re.compile(
    rf"\b(?:to|for)\s+(?:the\s+)?(?:pre-?train|train|fine-?tun|instruction|{STAGE}\b)"
    r"|\bas\s+(?:the\s+|our\s+)?(?:pre-?)?training\s+(?:data|set|corpus)\b"
)
_FOR_OUR_TRAINING = (
    rf"\b(?:as|for)\s+(?:the\s+|our\s+)?(?:supervised\s+|instruction\s+)?(?:(?:pre-?)?training|fine-?tuning|{STAGE})"
    r"(?:\s+(?:data|set|corpus))?,?\s*"
)
_AS_TRAINING_DATA = re.compile(rf"{_FOR_OUR_TRAINING}$")
_TAKEN_AS_DATA = re.compile(
    rf"{_FOR_OUR_TRAINING}(?=[^.;:]{{2,120}}\b(?:was|were|is|are)\s+(?:used|taken|employed|chosen)\b)"
)
# "It was exposed to X", "fed with X", "saw X during training".
_SHOWN = re.compile(
    r"\b(?:is|was|were|been)\s+exposed\s+to\s+|\b(?:fed|we\s+feed)\s+(?:[\w-]+\s+){0,3}?(?:with|on)\s+"
    r"|\b(?:seen|saw|sees)\s+(?=[^.;:]{2,200}\bduring\s+(?:the\s+|its\s+)?(?:pre-?|fine-?)?(?:train|tun)ing\b)"
)

_AND_TO = re.compile(r"\band\s+to\s+")
_ANOTHER_MODEL = re.compile(r"\s+(?:on\s+)?(?:[A-Z][\w-]*\d|[A-Z]{2,})")
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
_TRAINING_USED = re.compile(
    r"\btraining\s+(?:data\s+)?(?:used|uses|drew on|draws on|relied on|relies on|made use of|makes use of)\s+"
    r"|\bwe\s+used?\s+the\s+train(?:ing)?\s+(?:set|split|part|portion)s?\s+of\s+"
    r"|\bthe\s+train(?:ing)?\s+(?:set|split|part|portion)s?\s+of\s+(?=[^.;:]{2,80}\b(?:was|were)\s+used\b)"
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
_BEFORE_PREPOSITION = re.compile(r",\s|\s(?:with|using|via|by)\s")
_OUT = r"(?:removed?|excluded?|discarded?|dropped|deleted?|left out)"
_TAKEN_OUT = re.compile(rf"\b{_OUT}\b[^.,;:]{{0,60}}$")
_LEFT_OUT = re.compile(rf"[^.,;:]{{0,60}}?\b(?:was|were|been|is|are)\s+(?:\w+ly\s+|then\s+|also\s+)?{_OUT}\b")
_PARTS = re.compile(
    r"\s*(?:the\s+)?([\w.+-]+(?:\s[\w.+-]+){0,3}?)\s+(?:dataset\s+|corpus\s+)?(?:includes?|consists? of"
    r"|comprises?|contains?|combines?|is (?:a|the) (?:mix|mixture|combination|union) of)\s+",
    re.I,
)
_APPOSITION = re.compile(r",\s+(?:a|an|the|our)\s[^.,;]{0,80}\b(?:dataset|corpus)\b")
_TOOLS = MACHINES | METHODS | words_of("library framework toolkit trainer scripts script code codebase")
_USAGE_TITLE = titles(
    r"\b(?:how to|usage|examples?|quick\s?start|get(?:ting)? started|inference|glossary|acknowledge?ments?"
    r"|thanks|credits|related|further reading|troubleshooting|future|planned|roadmap|todo)\b|\bprompt",
    "how usage example quick get inference glossary acknowledg thanks credits related further troubleshooting"
    " future planned roadmap todo prompt",
)
_ON_TRAINING = titles(r"\btrain(?:ing|ed)?\b", "train")
_SOURCE_CUES = cues("data", "training set", "corpora", "corpus", "source", "mix")
_SOURCE_VERB_CUES = cues(
    *("such as", "includ", "like", "consist", "compris", "contain", "composed", "made up", "combin"),
    *("namely", "from", "mix", "which is", "which are", "used", "called", "named", "dubbed", "known as"),
    *("blend", "pools", "draw"),
)
_FOR_THE_MODEL_CUES = cues(*(f"data {of} {the}" for of in ("for", "of") for the in ("the", "this", "our")))
_LEARNED_CUES = cues("learned", "learnt")
_CAME_CUES = cues(
    *("come", "came", "stem", "originat", "taken", "drawn", "sourced", "sampled", "obtained", "collected"),
    *("other", "rest", "remain", "seen", "see", "saw", "ingested", "consumed", "processed"),
)
_VERSION_CUES = cues("version", "variant", "checkpoint", "edition")
_VERSION_OF_CUES = cues("aligned", "tuned", "trained", "distilled")
_TRAINING_USED_CUES = cues("use", "drew", "draws", "relied", "relies", "made use", "makes use")
_STEP_CUES = cues("step", "epoch", "iteration")
_SHOWN_CUES = cues("exposed", "fed", "feed")
_SEEN_CUES = cues("seen", "sees", "saw")
_USE_CUES = cues(
    "use",
    "utili",
    "leverag",
    "employ",
    "combine",
    "mix",
    "sample",
    "collected",
    "merged",
    "took",
    "take",
    "chose",
    "serv",
)
_PARTS_CUES = cues("includ", "consist", "compris", "contain", "combine", "is a", "is the")
_PURPOSE_CUES = TRAINED_CUES | STAGE_CUES
_CUES = EVALUATED_CUES | _STEP_CUES | _PURPOSE_CUES | FIT_CUES | _LEARNED_CUES | _SHOWN_CUES
_LABELS = TRAINING_TITLE | STAGE_LABEL | evaluation.LABEL
_ON_TRAINING_CUES = _SOURCE_CUES | _CAME_CUES


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
        yield from training_item(passage, seen)
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
        or cues & _FOR_THE_MODEL_CUES
        or (known and cues & _PARTS_CUES)
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
            yield from _objects(seen, verb.end(), about_training, built=verb.group() == "built")
    if about_training and passage.kind == "sentence":
        yield from names_alone(passage.raw, seen)
    if cues & _SHOWN_CUES or (cues & _SEEN_CUES and speaks_of_training):
        yield from _shown(seen, told=about_training or speaks_of_training)
    if cues & _LEARNED_CUES or (cues & _VERSION_CUES and cues & _VERSION_OF_CUES):
        for version in few(_VERSION.finditer(words)):
            yield from _objects(seen, version.end(), about_training, built=False)
    if speaks_of_training and "adapt" in words:
        for adapted in few(_ADAPTED.finditer(words)):
            yield from (found(one, "trained_on") for one in named(seen, adapted.end()) if is_surely_data(one))
    if speaks_of_training and cues & _TRAINING_USED_CUES:
        yield from _training_used(seen)
    told = on_training or cues & STAGE_CUES or passage.labelled & STAGE_LABEL
    if told and cues & _CAME_CUES and not measured:
        for came in few(_CAME.finditer(words)):
            if not NOT_DONE.search(words, 0, came.start()):
                yield from _strong(seen, came.end())
    if not trains and not about_evaluation and cues & _STEP_CUES:
        for steps in few(_STEPS.finditer(words)):
            yield from _strong(seen, steps.end())
    if cues & _SOURCE_CUES and (cues & _SOURCE_VERB_CUES or ":" in words or "(" in words):
        told = about_training or trains or (on_training and not measured and "task" not in words)
        if told or speaks_of_training or cues & (STAGE_CUES | _FOR_THE_MODEL_CUES):
            yield from _sources(seen, told)
    if about_training and not measured:
        for one_of in few(_ENUMERATED.finditer(words)):
            yield from _strong(seen, one_of.end())
        for origin in few(_FROM.finditer(words)):
            things = _THINGS_FROM.search(words, 0, origin.end()) and not _was_taken_out(words, origin)
            if passage.kind == "item" or things:
                yield from _strong(seen, origin.end())
        yield from _hub_links(seen)
    elif seen.marks and speaks_of_training and not measured and _points_to_the_data(words):
        yield from _hub_links(seen)
    if seen.marks and speaks_of_training and not measured and (at := _FOUND_AT.search(words)):
        yield from (
            found(one, "trained_on") for one in named(seen, at.end())[:1] if one.apart and is_data(one)
        )
    if cues & _USE_CUES and (cues & _PURPOSE_CUES or about_training):
        yield from _used(seen, about_training and not measured)
    if not measured and (cues & IN_STAGES_CUES or (cues & AMOUNT_CUES and cues & TOLD_CUES)):
        yield from in_stages(passage)
    if known and cues & _PARTS_CUES:
        yield from _parts(seen, known)


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


def _training_used(seen: Visible) -> Iterator[Found]:
    """*Training used X and Y*; *we used the training split of X*."""
    for used in few(_TRAINING_USED.finditer(seen.lower)):
        if not NOT_DONE.search(seen.lower, 0, used.start()):
            yield from _strong(seen, used.end())


def _tells(words: str, verb: re.Match[str], about_evaluation: bool) -> bool:
    if verb.group() == "built" and not re.match(r"\s+on\s", words[verb.end() : verb.end() + 4]):
        return False
    tunes = about_evaluation and re.match(r"fine-?\s?tun", verb.group())
    return not tunes and is_done(words, verb.start())


def _strong(seen: Visible, start: int) -> Iterator[Found]:
    """The names from *start* that could only be names, and those that stand by themselves beside them."""
    names = [one for one in named(seen, start) if is_data(one)]
    some = any([one.strong for one in names])
    yield from (found(one, "trained_on") for one in names if one.strong or (some and is_alone(one)))


def _objects(seen: Visible, start: int, about_training: bool, *, built: bool) -> Iterator[Found]:
    """The data sets behind the prepositions that follow a verb of training."""
    words, lower = seen.words, seen.lower
    end = _CLAUSE_END.search(words, start)
    limit = min(end.start() if end else len(words), start + 400)
    happened = _HAPPENED.match(words, start)
    start = happened.end() if happened else start
    other = _OTHER_VERB.search(lower, start, limit)
    limit = other.start() if other else limit
    for preposition in few(_PREPOSITION.finditer(lower, start, limit)):
        behind = words[preposition.end() : preposition.end() + 60]
        if behind.startswith("top of"):
            continue
        # "On Leonardo with 8 GPUs" tells a place, "on SQuAD2 with 8 GPUs" what is learned from.
        beside_machines = _names_machines(behind)
        if beside_machines and _names_machines(_BEFORE_PREPOSITION.split(behind)[0]):
            return
        # "Training happened on Leonardo" tells a place, unless the noun says that it is data.
        direct = preposition[1] in ("on", "over") and not _PLACE.search(lower, start, preposition.start())
        direct = direct or bool(preposition[1] == "from" and _TAKEN.search(lower, start, preposition.end()))
        # "Trained based on X" tells a model or a way to train.
        direct = direct and not lower.endswith("based ", start, preposition.start())
        things = preposition[1] == "from" and _THINGS_FROM.search(lower, start, preposition.end())
        loose = about_training and preposition[1] == "with"
        listed = [one for one in named(seen, preposition.end()) if is_data(one)]
        if beside_machines:
            listed = [one for one in listed if one.strong or one.noun in STRONG_DATA_NOUNS]
        objects = [
            one
            for one in listed
            if (things and one.strong) or _is_object(words, one, direct=direct, loose=loose, built=built)
        ]
        # "With MNLI, FEVER and ANLI": what one of them is, the others of the list are too.
        # Unless it lists tools as well: "with MNLI, PyTorch and X".
        same = objects and not _names_tools(words[preposition.end() : limit])
        yield from (found(one, "trained_on") for one in listed if one in objects or (same and one.strong))


def _names_machines(words: str) -> bool:
    """Whether the next words are about machines: *8 A100-80GBs*."""
    near = words.lower().split()[:6]
    return any(
        (word in MACHINES and word not in SOFTWARE)
        or (word[1:3].isdigit() and word.partition("-")[0] in MACHINES)
        for word in near
    )


def _names_tools(words: str) -> bool:
    """Whether software stands among the next words."""
    return any(word.strip(",.;:()") in _TOOLS for word in words.lower().split())


def _is_object(words: str, one: Named, *, direct: bool, loose: bool, built: bool) -> bool:
    noun = (
        one.noun in STRONG_DATA_NOUNS
        or one.noun == "benchmark"
        or set(one.before.split()) & STRONG_DATA_NOUNS
        or _PART_OF.search(one.before)
    )
    if built and not noun:
        return bool(_APPOSITION.match(words, words.find(one.name) + len(one.name)))
    if noun or is_surely_data(one) or (direct and one.noun in DATA_NOUNS):
        return True
    if one.name.lower() in PLATFORMS and one.noun in WORKS:
        return True
    return (direct or loose) and (one.strong or is_alone(one))


def _sources(seen: Visible, told: bool) -> Iterator[Found]:
    """*Data sources such as A and B*, *the training data consists of A*; *told*: training is spoken of."""
    words = seen.lower
    for source in few(_SOURCE.finditer(words)):
        near = max(0, source.start() - 16)
        near_told = _OF_TRAINING.search(words, near, source.end()) or _FOR_THE_MODEL.match(
            words, source.start()
        )
        if not told and not near_told:
            continue
        if NOT_DONE.search(words, 0, source.start()) or EVALUATED.search(source.group()):
            continue
        if _was_taken_out(words, source) or _OWNER.search(seen.words, 0, source.end()):
            continue
        loose = source.group().strip().endswith(("such as", "including", "like"))
        for one in named(seen, source.end()):
            sure = is_surely_data(one) or one.name.lower() in PLATFORMS
            if sure or (is_data(one) and (one.strong or loose or is_alone(one))):
                yield found(one, "trained_on")


def _was_taken_out(words: str, source: re.Match[str]) -> bool:
    """*We removed the data from X*, *data from X was left out*."""
    return bool(_TAKEN_OUT.search(words, 0, source.start()) or _LEFT_OUT.match(words, source.end()))


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


def _used(seen: Visible, about_training: bool) -> Iterator[Found]:
    """*The X dataset was used to train this model*; *we used X for training*, or under a heading on it."""
    words = seen.lower
    for used in few(_USED_FOR.finditer(words)):
        first = max(words.rfind(mark, 0, used.start()) + 1 for mark in ("; ", ": "))
        another = _ANOTHER_MODEL.match(seen.words, used.end())
        aside = NOT_DONE.search(words, first, used.start()) or _NONE_OF.search(words, first, used.start())
        if not another and not aside:
            yield from _strong(seen, first)
    for used in few(_USED.finditer(words)):
        announced = _AS_TRAINING_DATA.search(words, 0, used.start())
        purpose = _FOR_TRAINING.search(words, used.end(), used.end() + 300)
        told = announced or purpose
        as_data = told is not None and told.group().lstrip().startswith("as")
        as_data = as_data or (about_training and not _FOR_ELSE.search(words, used.end()))
        for one in named(seen, used.end()) if told or as_data else ():
            if is_surely_data(one) or (as_data and one.strong and is_data(one)):
                yield found(one, "trained_on")
        mixed = _MIXED_WITH.match(words, used.end() - 1) if as_data else None
        if mixed:
            yield from _strong(seen, mixed.end())
    for uses in few(_USES_AS_DATA.finditer(words)):
        if not NOT_DONE.search(words, 0, uses.start()):
            yield from _strong(seen, uses.end())
    for taken in few(_TAKEN_AS_DATA.finditer(words)):
        for one in named(seen, taken.end()):
            if is_data(one) and one.strong and one.noun in STRONG_DATA_NOUNS:
                yield found(one, "trained_on")


def _parts(seen: Visible, known: Collection[str]) -> Iterator[Found]:
    """*Cosmo-Corpus includes A and B*, once Cosmo-Corpus is known to be what the model was trained on."""
    parts = _PARTS.match(seen.words)
    if parts and same_name(parts[1]) in known:
        yield from (found(one, "trained_on") for one in named(seen, parts.end()) if is_data(one))
