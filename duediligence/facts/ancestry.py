"""The grammar of ancestry: which models a passage of a model's card says it was made from, and how."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

from duediligence.facts.common_words import MODEL_NOUNS, NOT_DATA_NOUNS, STRONG_DATA_NOUNS, words_of
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import NO_NAME
from duediligence.facts.descent import ANY, PRETRAINED, ways
from duediligence.facts.found import Found, few, found
from duediligence.facts.known_models import is_family, is_known_model
from duediligence.facts.license_names import hub_license
from duediligence.facts.markup import Visible, hub_id, visible
from duediligence.facts.names import is_lower_id
from duediligence.facts.naming import Named, named
from duediligence.facts.passage import Passage
from duediligence.facts.prose import cells
from duediligence.facts.registry import find_dataset, lower_names, same_name
from duediligence.facts.statement import is_placeholder
from duediligence.facts.titles import kinds_of, titles
from duediligence.repo import shown

_PRETRAINED_CUES = cues(
    *(
        article + word
        for article in ("", "the", "a", "an", "two", "three")
        for word in ("fixed", "frozen", "pretrained", "pre-trained")
    )
)
_SERVES = re.compile(
    r"\b(?:serve[sd]?|acts?|(?:is|was)\s+(?:for\s+)?used)\s+(?:as|for)\s+(?:(?:the|its|our|an?)\s+)?"
    r"(?:(?:base|foundation)\s+(?:model|checkpoint)|starting point|initiali[sz]ation)\b",
    re.I,
)
_SERVES_CUES = cues("base", "foundation", "starting", "initiali")
_USES = re.compile(
    rf"\b(?:we|i|it|which|that|model)\s+(?:then\s+)?us(?:ed|es|e)\s+(?:as\s+\w+\s+)?(?:the|a|an|two"
    rf"|three)?\s*{PRETRAINED}+",
    re.I,
)
_COMPONENT = re.compile(
    rf"\bus(?:es|ing|ed)\s+(?:the\s+|an?\s+|two\s+|three\s+)?{PRETRAINED}+(?:(?:text|image|vision|visual"
    rf"|speech|audio|language)[ -]?)?"
    r"(?:encoders?|decoders?|towers?|backbones?|autoencoders?|vae|tokenizers?)\s*\(",
    re.I,
)
# "X was fine-tuned on Y to get this model."
_BECAME = re.compile(
    r"\s(?:was|were)\s+(?:\w+ly\s+|further\s+|then\s+)?(?:fine-?tuned|trained|tuned|adapted|aligned|distilled)\b"
    r"[^.;]{0,120}?\bto\s+(?:get|obtain|create|produce|make|build|yield)\s+(?:this|our|the present)\s+"
    r"(?:\w+\s+)?(?:model|checkpoint)\b(?!\s+card)",
    re.I,
)
_BECAME_CUES = cues("get", "obtain", "create", "produce", "make", "build", "yield")
_INITIALIZED = re.compile(r"\binitiali[sz]ed\s+with\s+pre-?trained\s+weights\b(?!\s+(?:of|from))", re.I)
_INITIALIZED_CUES = cues("initiali")
_LABEL = re.compile(
    r"^(?P<parent>(?:parent|base|foundation|backbone)[ _-](?:language )?(?:model|llm|checkpoint)|backbone"
    r"|language model$|pre-?trained model$|underlying model$"
    r"|modelo (?:de )?base$|basismodell$|mod[e\u00e8]le de base$|modello (?:di )?base$"
    r"|base$|parent$)s?\b"
    r"|^(?P<tuned>fine-?tuned from(?: model)?)"
    r"|^(?P<part>(?:text|image|vision|visual|speech|audio) (?:encoder|decoder|tower|backbone)|vae)$"
    r"|^(?P<start>initiali[sz](?:ation|ed from)|initial (?:weights|checkpoint)|student(?: model)?)$"
    r"|^(?P<original>original model|source model|quanti[sz]ed from|original$)|^(?P<teacher>teacher(?: "
    r"model)?)\b",
    re.I,
)
# What a part is built like, not which weights it has.
_ARCHITECTURE = re.compile(
    r"vit(?:-?[a-z]{1,4})?(?:[-/]\d+)?|(?:wide-?)?res(?:net|next)-?\d+\S*|rn\d+\S*", re.I
)
_LABELS = titles(
    _LABEL.pattern,
    "parent base foundation backbone language underlying pretrained pre-trained finetuned fine text image"
    " vision visual speech audio vae initial student original source quanti teacher modelo basismodell"
    " mod\u00e8le modele modello",
)
_COLUMN = re.compile(r"^(?:base|parent|foundation)[ _-]?model$", re.I)
_SIDE = re.compile(
    r"\b(?:not|never|cannot|can|could|may|might|should|would|you|your|if|inspired|similar|unlike|compared"
    r"|others?|when|how|guides?|tutorials?"
    r"|recommend\w*|want|plan(?:s|ned|ning)?|hope|aim|random(?:ly)?|to be)\b|n['\u2019]t\b",
)
_CLAUSE = re.compile(r"[.;:!?](?=\s)|,\s|\s(?:and|but|which)\s")
_SENTENCE = re.compile(r"[.;:!?](?=\s)")
_ANOTHER = re.compile(
    r"^\W*(?:try|see|check out|consider)\b|\bour (?:other|larger|smaller|next|previous|newer)\b"
)
_RELATIVE = re.compile(r"\b(?:which|that|who)\s+(?:was|is|were|are|has been)\s+(?:\w+ly\s+)?(?:fine-|pre-)?$")
_BESIDE = re.compile(
    r"\b(?:outperform\w*|than|beats?|surpass\w*|exceed\w*|rivals?|competes?|matches|unlike|against)\b"
)
_LIST_OF_PARENTS = titles(r"\bmerge[ds]?\b|\bmerging\b", "merg")
_CUES = ANY | _PRETRAINED_CUES
_OF_THE_MODEL = re.compile(r"base |\W*built with|(?:model|it|checkpoint)\s+(?:is|was)\s", re.I)
# A pronoun in front of a name opens another clause.
_NO_MODELS = words_of("this these we i it they")
_CARD = re.compile(r"\s+(?:model\s+)?cards?\b")
_CONVERTED = re.compile(r"convert|export|mirror|copy|re-?upload", re.I)
# "Trained from [Jane Doe](…)": who did it.
_PERSON = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
_NAMED_AFTER = re.compile(r"[A-Za-z]{2,}(?:BERT|GPT|BART)\w*|(?:BERT|GPT|BART)[a-z]{3,}")
_ALSO_BUILDS = words_of("roberta albert distilbert deberta mobilebert squeezebert nezha")
_SIZED = re.compile(r"-(?:base|large|small|mini|tiny|medium|xl|xxl|instruct|chat|it)(?=-|$)", re.I)
_PARAMETERS = re.compile(r"[-_ ]\d+(?:\.\d+)?[bm](?:$|[-_ ])", re.I)
_NO_SECTION = titles(
    r"\bhow to\b|\busage\b|\bexamples?\b|\bquick\s?start|\bget(?:ting)? started\b|\bglossary\b|\bevaluat"
    r"|\bbenchmark"
    r"|\bresults\b|\bthanks\b|\backnowledge?ments?\b|\bprompt|\bdeployment\b|\bquanti[sz]ed (?:models"
    r"|versions)\b"
    r"|\bcompatib|\bprovided files\b|\bintended\b|\bout-of-scope\b|\bdownload",
    "how usage example quick get glossary evaluat benchmark results thanks acknowledg prompt deployment"
    " quanti compatib provided intended out download",
)


def ancestors(passage: Passage, repo: str) -> Iterable[Found]:
    """What *passage* says *repo* was initialized, tuned, merged, quantized or distilled from."""
    if passage.citation:
        return ()
    if passage.kind == "row":
        return _row(passage, repo)
    labelled = passage.labelled & _LABELS
    if not (passage.cues & _CUES or labelled or (passage.lead and kinds_of(passage.lead) & _LIST_OF_PARENTS)):
        return ()
    if passage.under & _NO_SECTION or _speaks_of_another(passage, repo):
        return ()
    return _read(passage, repo)


def _read(passage: Passage, repo: str) -> Iterator[Found]:
    seen = passage.seen
    if passage.labelled & _LABELS and (passage.first or passage.kind == "sentence"):
        label = _LABEL.match(passage.label)
        if label:
            yield from _labelled(passage, seen, label)
            return
    if passage.kind == "item" and passage.first and kinds_of(passage.lead) & _LIST_OF_PARENTS:
        for one in named(seen, 0)[:1]:
            if one.apart and not one.before:
                yield found(one, "merged_from", is_model=True)
        return
    yield from _stated(passage, seen, repo)


def _row(passage: Passage, repo: str) -> Iterator[Found]:
    """The cell under *Base model* in a row that opens with the name of *repo*."""
    column = _of_parents(passage.columns)
    row = cells(passage) if column else []
    own = same_name(shown(repo).rpartition("/")[2])
    if not column or column >= len(row) or same_name(visible(row[0]).words) != own:
        return
    for one in named(visible(row[column]), 0)[:1]:
        if _is_model(one):
            yield found(one, "derived_from", is_model=True)


@lru_cache(maxsize=64)
def _of_parents(columns: tuple[str, ...]) -> int | None:
    """The place of the column under *Base model*."""
    return next((at for at, title in enumerate(columns) if _COLUMN.search(title)), None)


def _labelled(passage: Passage, seen: Visible, label: re.Match[str]) -> Iterator[Found]:
    relation = "derived_from"
    if label["start"] or label["part"]:
        relation = "initialized_from"
    elif label["tuned"]:
        relation = "finetuned_from"
    elif label["teacher"]:
        relation = "distilled_from"
    elif label["original"] and re.search(
        r"quant|gguf|gptq|awq", " ".join((*passage.sections, passage.label)), re.I
    ):
        relation = "quantized_from"
    start = passage.behind_label
    for one in named(seen, start) if not is_placeholder(seen.words[start:]) else ():
        built_like = label["part"] and _ARCHITECTURE.fullmatch(one.name)
        # "Llama 2" is a license too.
        licensed = hub_license(one.name) and not is_known_model(one.name)
        if _is_model(one) and not built_like and not licensed:
            yield found(one, relation, is_model=True)


def _stated(passage: Passage, seen: Visible, repo: str) -> Iterator[Found]:
    words = seen.words
    for relation, also, pattern in ways(passage.cues & ANY) if passage.cues & ANY else ():
        for verb in few(pattern.finditer(words)) if also in passage.lower else ():
            if _set_aside(words, verb.start()) or _in_title(seen, verb.start()):
                continue
            for one in _models(seen, verb.end()):
                if relation == "adapter_of" and "lora" not in verb.group().lower() and not _is_told(one):
                    continue
                stated = relation
                if relation == "derived_from":
                    if not _clearly_a_model(one, verb.group()):
                        continue
                    stated = "finetuned_from" if re.search(r"\bfine-?tuned\b", words, re.I) else relation
                yield found(one, stated, is_model=True)
    for serves in few(_SERVES.finditer(words)) if passage.cues & _SERVES_CUES else ():
        for one in named(seen, _sentence_before(words, serves.start())):
            if _is_model(one) and not _set_aside(words, serves.start()):
                yield found(one, "derived_from", is_model=True)
    became = passage.cues & _BECAME_CUES and _BECAME.search(words)
    if became and not _set_aside(words, became.start()):
        opening = named(seen, _sentence_before(words, became.start()))
        yield from (found(one, "finetuned_from", is_model=True) for one in opening[:1] if _is_model(one))
    pretrained = passage.cues & _PRETRAINED_CUES
    for uses in few(_USES.finditer(words)) if pretrained else ():
        if _set_aside(words, uses.start()):
            continue
        for one in named(seen, uses.end()):
            if one.noun in MODEL_NOUNS and _is_model(one):
                tuned = re.search(r"\bfine-?tun", words, re.I)
                yield found(one, "finetuned_from" if tuned else "initialized_from", is_model=True)
    for part in few(_COMPONENT.finditer(words)) if pretrained and "(" in words else ():
        yield from (
            found(one, "initialized_from", is_model=True) for one in named(seen, part.end()) if _is_model(one)
        )
    for part in few(_INITIALIZED.finditer(words)) if passage.cues & _INITIALIZED_CUES else ():
        name = _own_words(words[: part.start()], repo)
        if name:
            yield Found(name, name, None, "initialized_from", True)


def _in_title(seen: Visible, at: int) -> bool:
    """Whether *at* stands in the words of a link that leads away from the Hub: in a paper's title."""
    return any(
        mark.start < at < mark.end and mark.target is not None and hub_id(mark.target) is None
        for mark in seen.marks
    )


def _sentence_before(words: str, at: int) -> int:
    """Where the sentence begins in which *at* stands."""
    return max(words.rfind(mark, 0, at) + 1 for mark in (". ", "; ", ": "))


def _models(seen: Visible, start: int) -> Iterator[Named]:
    """The names of models from *start*; *tuning X on Y and Z* names one, and then what it was tuned on."""
    words, some = seen.words, False
    on = words.find(" on ", start)
    for one in named(seen, start):
        if some and 0 <= on < words.find(one.name, start):
            return
        if _is_model(one) and not _CARD.match(words, words.find(one.name, start) + len(one.name)):
            some = True
            yield one


def _own_words(before: str, repo: str) -> str | None:
    """The last words before a verb that stand in the repo's own name: *xlm roberta large*."""
    own = same_name(shown(repo).rpartition("/")[2])
    words = re.split(r"[,;:]", before)[-1].split()
    for first in range(len(words)):
        phrase = " ".join(words[first:])
        if len(same_name(phrase)) > 5 and same_name(phrase) in own:
            return phrase
    return None


def _is_model(one: Named) -> bool:
    if one.noun in NOT_DATA_NOUNS or one.noun in ("dataset", "datasets", "corpus", "data"):
        return False
    if NO_NAME.fullmatch(one.name) or one.name.rpartition(" ")[2].lower() in STRONG_DATA_NOUNS:
        return False
    if one.name.lower().endswith(("-based", "-style", "-like", "-licensed", " card", " cards")):
        return False
    last = one.name.rpartition(" ")[2]
    plain = last if last.lower() in lower_names() else one.name
    if any(map(find_dataset, plain.split("+"))) or _NO_MODELS & set(one.before.split()):
        return False
    # "Pegasus model"
    family = one.noun in ("model", "checkpoint") and is_family(one.name)
    if not (one.strong or family or _SIZED.search(one.name)):
        return False
    if one.apart and one.noun not in MODEL_NOUNS and _PERSON.fullmatch(one.name):
        return False
    repo = hub_id(one.target) if one.target else None
    if repo is None:
        return not (one.target and one.target.startswith("#"))
    return repo.startswith("models/")


def _is_told(one: Named) -> bool:
    """Whether what an adapter belongs to is a model, as far as its name or its noun says."""
    return one.apart or one.noun in MODEL_NOUNS or "/" in one.name or any(map(str.isdigit, one.name))


def _clearly_a_model(one: Named, verb: str) -> bool:
    if _OF_THE_MODEL.match(verb) or re.search(r"pre-?trained", verb, re.I):
        return True
    if verb.lower().startswith(("weights ", "original ")) and (one.apart or is_lower_id(one.name)):
        return True
    if is_lower_id(one.name) and _CONVERTED.match(verb):
        return True
    if is_lower_id(one.name) and _SIZED.search(one.name) and one.noun in ("", "and"):
        return True
    if _NAMED_AFTER.fullmatch(one.name) and one.name.lower() not in _ALSO_BUILDS:
        # "BERTurk", "CamemBERT": models called after how they are built.
        return True
    if _PARAMETERS.search(one.name) and one.noun in ("", "and"):
        # A name that tells a number of parameters is a model's: *Keel-7B*.
        return True
    linked = (hub_id(one.target) or "") if one.target else ""
    return linked.startswith("models/") or one.noun in MODEL_NOUNS


def _set_aside(words: str, at: int) -> bool:
    """Whether the clause before *at* makes it advice, denial, comparison or somebody else's model."""
    before = words[max(0, at - 120) : at].lower()
    clauses = _CLAUSE.split(before)
    if _SIDE.search(clauses[-1]) or _ANOTHER.search(_SENTENCE.split(before)[-1]):
        return True
    # "It beats Keel-2, which was tuned from …": what is said so is said of Keel-2.
    return (
        len(clauses) > 1 and _RELATIVE.search(before) is not None and _BESIDE.search(clauses[-2]) is not None
    )


def _speaks_of_another(passage: Passage, repo: str) -> bool:
    """Whether a list item opens with the name of another checkpoint of the same family than this one."""
    if passage.kind != "item" or not (passage.subject or passage.label):
        return False
    own = same_name(shown(repo).rpartition("/")[2])
    for name in filter(None, (same_name(passage.subject), same_name(passage.label))):
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, own, strict=False)))
        if name != own and shared >= max(4, len(own) // 2):
            return True
    return False
