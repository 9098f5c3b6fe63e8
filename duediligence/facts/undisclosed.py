"""Training data that a card speaks of without naming it: kept secret, *public sources*, *a mix of texts*."""

import re

from duediligence.facts.cues import cues
from duediligence.facts.data_lists import is_training_data, leads_to_data
from duediligence.facts.found import few
from duediligence.facts.passage import Passage
from duediligence.facts.telling import is_done
from duediligence.facts.training import is_cited, training

_SECRET = re.compile(
    r"\b(?:train\w*|pre-?train\w*|fine-?tun\w*)\s+(?:data|datasets?|corpus|corpora"
    r"|set)\b[^.;]{0,100}?\b(?:not (?:been |be |currently )?"
    r"(?:\w+ly )?(?:disclosed|released|public|published|available|shared|open)|undisclosed|proprietary"
    r"|confidential|unknown|in-?house"
    r"|internal|private)\b"
    r"|\b(?:not|never|cannot|unable to|no plans to)\b[^.;]{0,40}?\b(?:disclos\w+|reveal\w*|releas\w+"
    r"|publish\w*|shar(?:e|ing))\b"
    r"[^.;]{0,60}?\b(?:data|datasets?|corpus|corpora|training sets?)\b"
    r"|\b(?:not|never|cannot)\b[^.;]{0,20}?\b(?:disclos\w+|reveal\w*"
    r"|say)\b[^.;]{0,30}?\bwhat\b[^.;]{0,40}?\btrained\b"
    r"|\bno (?:further )?(?:information|details?)\b[^.;]{0,40}?\b(?:train\w*|pre-?train\w*"
    r"|fine-?tun\w*)\s+(?:data|datasets?"
    r"|corpus|corpora|set)\b"
    r"|\bunknown\b[^.;]{0,80}?\b(?:corpus|data|datasets?)\b[^.;]{0,40}?\b(?:used|train\w*)\b",
)
# Under a heading on training data it is clear which data are meant.
_NOT_SHOWN = re.compile(
    r"\b(?:data|datasets?|corpus|corpora)\b[^.;]{0,60}?\b(?:not (?:been |be |currently )?(?:\w+ly )?"
    r"(?:disclosed|released|public|published|available|shared|open)|undisclosed|proprietary|confidential)\b"
)
_TRAINED_ON = re.compile(
    r"\b(?:(?:pre|post|fine)-?\s?)?(?:trained|tuned)\b[^.;:]{0,80}?\b(?:on|with|using"
    r"|over|off of|off)\s+(?=(?P<object>[^.;:]{3,200}))",
)
_DATA = re.compile(
    r"\b(?:data|datasets?|corpus|corpora|texts?|audio|speech|documents|outputs|conversations|dialogues?"
    r"|images?|captions?"
    r"|pages|instructions?|sources|websites|recordings|books|code|articles|stories|reviews|tweets"
    r"|posts|sentences|letters|notes|abstracts|comments)\b",
)
_THINGS = re.compile(
    r"\b(?:texts?|audio|speech|documents|conversations|dialogues?|images?|captions?|pages|instructions?"
    r"|websites|recordings|books|papers|articles|code|letters|posts|reviews)\b"
)
"""Kinds of things data can be made of; "personal data" is none."""

_UNNAMED = re.compile(
    r"\b(?:public(?:ly|ally)?|proprietary|internal|in-house|licensed|curated|synthetic(?:ally)?|various"
    r"|variety|private"
    r"|undisclosed|confidential|internet|web|mix(?:ture)?|diverse|same (?:data|datasets?|sources|corpus))\b",
)
_PUBLIC = re.compile(
    r"\b(?:data|datasets?|corpus|corpora)\b[^.;]{0,60}?\bfrom\s+(?:\w+\s){0,3}?(?:public|proprietary"
    r"|internal|licensed)"
    r"|\b(?:mix(?:ture)?|combination|blend) of\s+(?:[\w-]+\s){0,3}?"
    r"(?:public\w*|proprietary|internal|licensed|private)\b",
)
_AIMS = re.compile(
    r"\b(?:motivat\w+|goals?|aims?|aimed|purposes?|hope|recommend\w*|encourag\w*|caution\w*|warn\w*|beware)\b"
)
_STEMS = (
    "train",
    "tun",
    "disclos",
    "reveal",
    "releas",
    "publish",
    "shar",
    "unknown",
    "data",
    "text",
    "corpus",
)
# "The training corpus consists of books and articles": told, and not named.
_KINDS = re.compile(
    r"\b(?:(?:pre-?|post-?)?training|fine-?tuning)\s+(?:data|datasets?|corpus|corpora|set"
    r"|mix(?:ture)?)\b[^.;:]{0,20}?"
    r"(?:\b(?:consist(?:s|ed)?\s+of|compris\w+(?:\s+of)?|includ(?:es?|ed)|contain(?:s|ed)?|(?:is"
    r"|was) made (?:up )?of"
    r"|(?:is|was) composed of)\s+|:\s+)(?P<object>[^.;:]{3,200})"
)
_KINDS_HERE = re.compile(
    r"\b(?:data|datasets?|corpus|corpora|mix(?:ture)?)\s+(?:consist(?:s|ed)?\s+of|compris\w+(?:\s+of)?"
    r"|(?:is|was) (?:made (?:up )?|composed )of)\s+(?P<object>[^.;:]{3,200})"
)
_RULE = re.compile(r"\b(?:you|users?)\s+(?:must|may|shall|should|agree|can)\b")
_DENIED = re.compile(r"\b(?:neither|nor|not|no|never)\b")
_MEASURED = re.compile(r"\b(?:evaluat|benchmark|result)")
_SECRET_CUES = cues(
    *("disclos", "undisclos", "reveal", "releas", "publi", "shar", "unknown", "available", "open"),
    *("proprietary", "confidential", "in-house", "inhouse", "internal", "private"),
)
_PUBLIC_CUES = cues("public", "proprietary", "internal", "licensed")
_BESIDES_CUES = cues("curated", "additional", "other", "proprietary", "internal", "private")
_TRAINED_CUES = cues(
    *(before + verb for before in ("", "pre", "post", "fine") for verb in ("trained", "tuned"))
)
_DATA_CUES = cues("data", "corpus", "corpora", "set")
_KIND_CUES = cues("consist", "compris", "includ", "contain", "made", "composed")
_DATA_OR_TRAINED_CUES = _DATA_CUES | _TRAINED_CUES
_CUES = _SECRET_CUES | _PUBLIC_CUES | _BESIDES_CUES | _KIND_CUES | cues("information", "detail")
_OF_DATA = re.compile(r"\bdata|corpus|corpora|training set")
_BESIDES = re.compile(
    r"\b(?:curated|additional|other|proprietary|internal|private)\s+(?:\w+\s+)?(?:corpora|corpus|data(?:sets?)?)\b"
)
# "On the same dataset" points to another, "with code from X" tells a program.
_POINTS = re.compile(
    r"(?:the\s+)?(?:same|above|following|aforementioned)\s+(?:data|datasets?|corpus|corpora)\s*$"
    r"|(?:the\s+)?code\s+(?:provided|from|in|available|of|by)\b"
)
_NOT_DATA = re.compile(
    r"\b(?:downstream|tasks?|hyperparameters?|your own|objective|recognition|translation|classification)\b",
)


def leaves_unnamed(passage: Passage, *, named_elsewhere: bool) -> bool:
    """Whether *passage* says what the model was trained on and names none of it.

    *named_elsewhere*: the card names training data in another place; then only words that call the data
    public, internal or various count, not every summary.
    """
    if passage.citation or passage.kind in ("row", "heading"):
        return False
    if passage.words.endswith(":") or is_cited(passage):
        # What it announces names it, or is itself such a passage.
        return False
    tells = passage.cues & _TRAINED_CUES or (passage.cues & _DATA_CUES and passage.cues & _CUES)
    if not (tells or _is_listed(passage)) or not _speaks(passage, _STEMS):
        return False
    words = passage.words
    hidden = passage.cues & _SECRET_CUES and passage.cues & _DATA_OR_TRAINED_CUES
    secret = (
        hidden
        and not _RULE.search(passage.lower)
        and (
            _SECRET.search(passage.lower) is not None
            or (is_training_data(passage) and _NOT_SHOWN.search(passage.lower) is not None)
        )
    )
    if secret and (_OF_DATA.search(passage.lower) or "trained" in passage.lower) and "?" not in words:
        return True
    if is_training_data(passage) and passage.cues & _PUBLIC_CUES and _calls_public(passage.lower):
        return True
    kinds = passage.cues & _KIND_CUES or passage.label != ""
    if kinds and not named_elsewhere and passage.cues & _DATA_CUES and _tells_kinds(passage):
        return True
    if not _speaks(passage, ("train", "tun")) and passage.kind != "item":
        return False
    besides = bool(passage.cues & _BESIDES_CUES and _BESIDES.search(words)) and (
        not named_elsewhere or is_training_data(passage)
    )
    alone = _names_none(passage, named_elsewhere=named_elsewhere)
    if besides == alone or secret:
        # Then it does not matter what else it names, which takes longer to find out.
        return alone
    return besides if any(found.relation == "trained_on" for found in training(passage)) else alone


def _calls_public(lower: str) -> bool:
    """Whether it calls the data public or internal; what for data are made or to be used tells nothing."""
    public = _PUBLIC.search(lower)
    return public is not None and not _AIMS.search(lower, 0, public.start())


def _names_none(passage: Passage, *, named_elsewhere: bool) -> bool:
    """Whether a passage that names nothing speaks of training data."""
    words = passage.words
    seen = passage.seen
    for trained in few(_TRAINED_ON.finditer(seen.lower)) if passage.cues & _TRAINED_CUES else ():
        thing = trained["object"]
        if _MEASURED.search(seen.lower, 0, trained.end()):
            continue
        if not is_done(seen.words, trained.start()) or _NOT_DATA.search(thing) or not _DATA.search(thing):
            continue
        if _POINTS.match(thing):
            continue
        if not named_elsewhere or _UNNAMED.search(thing):
            return True
    return (
        _is_listed(passage)
        and not named_elsewhere
        and bool(_DATA.search(passage.lower))
        and len(words.split()) > 4
    )


def _tells_kinds(passage: Passage) -> bool:
    """Whether it says of which kinds of things the training data are made, and names none of them."""
    lower = passage.lower
    kinds = _KINDS.search(lower) or (_KINDS_HERE.search(lower) if is_training_data(passage) else None)
    if kinds is None or _DENIED.search(lower, 0, kinds.end("object")) or not _THINGS.search(kinds["object"]):
        return False
    return not any(training(passage))


def _is_listed(passage: Passage) -> bool:
    """Whether it is an item of a list of the data the model was trained on."""
    return passage.kind == "item" and is_training_data(passage) and leads_to_data(passage)


def _speaks(passage: Passage, stems: tuple[str, ...]) -> bool:
    """Whether one of *stems* stands anywhere in it, inside a word too."""
    return any(map(passage.lower.__contains__, stems))
