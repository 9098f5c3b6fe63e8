"""Whether a verb of training tells what was done to this model, or advises, denies or compares."""

import re

from duediligence.facts.common_words import words_of
from duediligence.facts.cues import cues

_AGAIN = ("re", "pre", "post", "co", "fine", "fined", "instruction", "further", "continually", "jointly")

# All of these read lower case, which takes a fraction of the time of a search that ignores case.
TRAINED = re.compile(
    # The first characters of all that follows: most places are left after this look.
    rf"(?<![\w-])(?=[-rpcfijtadb ])(?:(?:{'|'.join(_AGAIN)})?[- ]?"
    r"(?:trained|train|trains|training|tuned|tune|tunes|tuning)|aligned|distilled|built)(?![\w-])",
)
"""A verb of training, standing alone: no part of a name such as *Keel-Tuned*."""

TRAINED_CUES = cues(
    *("train", "tun", "align", "distill", "built"),
    *(before + verb for before in _AGAIN for verb in ("train", "tun")),
)

EVALUATED = re.compile(
    r"\b(?:evaluat\w+|test(?:ed|ing)|benchmark(?:ed|ing|s)?|validat(?:ed|ion)|assess\w*|measur\w+|compar\w+"
    r"|performance|results?(?!\s+of\s+(?:\w+ing|an?|the)\b)|accuracy|scores?|achiev\w+|outperform\w*|state-of-the-art|perplexity|wer|bleu|f1"
    r"|leaderboard|error rate|zero-shot|evals?)\b",
)
"""A word that speaks of measuring."""

EVALUATED_CUES = cues(
    *("eval", "test", "benchmark", "validat", "assess", "measur", "compar", "performance", "result"),
    *("accuracy", "score", "achiev", "outperform", "state-of-the-art", "perplexity", "wer", "bleu", "f1"),
    *("leaderboard", "error rate", "zero-shot"),
)

_DENIED = (
    "not|never|without|cannot|currently no|unlike|compared|whereas|contrast|instead of|similar(?:ly)? to"
)
_POSSIBLE = "can|could|may|might|should|would|will|must|be|able|allows?|helps?|let us|easy|how"
_CONDITION = "if|when|once|unless|before|prior"
_ADVICE = r"you|your|users?|people|others?|developers|ought|recommend\w*|encourage|consider|want|wish|needs?"
_PURPOSES = "aimed at|intended|suitable|inspired"
_KEEPS = rf"\b(?:{_DENIED}|{_POSSIBLE}|{_CONDITION}|{_ADVICE}|{_PURPOSES})\b|n['\u2019]t\b"
NOT_DONE = re.compile(rf"(?:{_KEEPS})[^.;:]{{0,80}}$")
"""Ends with a word that keeps what follows from being told as done."""

_OF_OTHERS = re.compile(r"\b(?:used|uses?|designed) to\s*$|\b(?:models?|systems?|approaches) such as\b")
# "Models trained on X are …" speaks of any; a tokenizer is trained apart from the model.
_MAY_BE_ANY = re.compile(r"models|networks|systems|llms|tokeni|vocab")
_ANY_MODEL = re.compile(
    r"^\W*(?:(?:many|most|some|all|other|existing|several|language|large|neural)\s+)*"
    r"(?:models|networks|systems|llms)\s+$"
    r"|\b(?:tokeni[sz]ers?|vocabulary)(?:,?\s*|\s+(?:\w+\s+)?(?:was|were|is|are|has been)\s+)$"
)
_PURPOSE = re.compile(r"\bto\s*$")
_BY_US = re.compile(r"\b(?:we|i)\b")
_FOR_YOU = re.compile(r"\byou\b|\bcan\b|\bused\s+to\b")
_COMPARED = re.compile(
    r"\b(?:unlike|compar(?:e|es|ed|ing)|(?:in|by) contrast|whereas|if|when|to be|suggest\w*|similar(?:ly)? to"
    r"|inspired by)\b"
)
_CONTRASTED = re.compile(r",\s+(?:while|whereas)\s+(?:we|ours?|this|the present)\b")
_BETTER = re.compile(
    r"\b(?:outperform\w*|than|better|other|beats?|surpass\w*|exceed\w*|rivals?"
    r"|(?<!\ba )(?<!\bour )(?<!\bthis )baselines?|competitors?"
    r"|(?:previous|earlier|prior|older) (?:versions?|models?|checkpoints?|releases?))\b"
)
_BY_ANOTHER = re.compile(
    r"\b(?:with|by|using|via|through|used?) (?:an?|the|our) (?:[\w-]+ ){0,2}(?:classifier|tokeni[sz]er|filter"
    r"|detector|vocabulary)\s*$"
)
# What this clause is about, when it opens with its own subject: what was compared before it is done with.
_OWN_SUBJECT = re.compile(
    r"\s*(?:we|it|(?:this|the|our)\s+(?:[\w-]+\s+){0,2}?(?:model|checkpoint|version|network|encoder|release))\b"
)
_PASSIVE = re.compile(
    r"\b(?:has been|have been|had been|was|were|is|are|being)\s+(?:\w+ly\s+|further\s+|then\s+)?$"
)
_REFUSED = re.compile(r"\b(?:not|never|can|could|may|should|would|will|must|if|when|you)\b|n['\u2019]t\b")
# "It outperforms X, which was trained on Y": that is said of X.
_RELATIVE = re.compile(
    r"\b(?:which|that|who)\s+(?:was|were|is|are|has been|have been)\s+"
    r"(?:\w+ly\s+|further\s+)*(?:pre-?|fine-?)?$"
)
# "Train it on X" tells the reader what to do.
_TELLS_YOU = re.compile(r"(?:fine-?|pre-?)?(?:train|tune)\s+(?:it|this|the|your|an?|with)\b", re.I)
_SENTENCE = re.compile(r"[.;:!?](?=\s)")
_CLAUSE = re.compile(r",\s|\s(?:and|but|that|which)\s")
# One of these stands in front of every verb that one of the above keeps from being told.
_ASIDE_WORDS = words_of(
    """
    not never without cannot no unlike whereas contrast instead can could may might should would will must be
    able allow allows help helps let easy how if when once unless before prior you your user users people
    other others ought want wish need needs aimed than earlier older to
    """
)
_ASIDE_STEMS = (
    *("n't", "n\u2019t", "compar", "similar", "suggest", "inspired", "intended", "suitable", "developers"),
    *("recommend", "encourage", "consider", "outperform", "better", "beat", "surpass", "exceed", "rival"),
    *("baseline", "competitor", "previous", "such", "classifier", "filter", "detector", "vocab", "tokeni"),
    *("models", "networks", "systems", "llms"),
)
_TO_SPACES = str.maketrans(dict.fromkeys('-,.;:!?()[]{}"/*_=<>|`~#@%&+$^\\', " "))


def _plainly(before: str) -> bool:
    """The quick look: whether no word *before* a verb can keep it from being told as done."""
    lower = before.lower()
    return (
        lower.isascii()
        and _ASIDE_WORDS.isdisjoint(lower.translate(_TO_SPACES).split())
        and not any(map(lower.__contains__, _ASIDE_STEMS))
    )


def is_done(words: str, at: int) -> bool:
    """Whether the verb that begins at *at* of *words* tells what was done: no advice, condition, denial."""
    before = words[max(0, at - 160) : at]
    if not any(map(str.isalnum, before)) and _TELLS_YOU.match(words, at):
        return False
    if _plainly(before) and "while" not in words and "whereas" not in words:
        return True
    clause = _SENTENCE.split(before)[-1]
    # What follows a comma or a conjunction has its own subject, unless the denial stands right before.
    own = _CLAUSE.split(clause)[-1]
    clause, near = clause.lower(), own.lower()
    if _RELATIVE.search(clause) and _BETTER.search(clause):
        return False
    if _PURPOSE.search(clause):
        return bool(_BY_US.search(clause)) and not _FOR_YOU.search(clause)
    if not _OWN_SUBJECT.match(near):
        compared = _COMPARED.search(clause) or _CONTRASTED.search(words.lower(), at, at + 200)
    else:
        compared = _COMPARED.search(near)
    others = _OF_OTHERS.search(clause) or _BETTER.search(near) or _BY_ANOTHER.search(near)
    if compared or others or (_MAY_BE_ANY.search(clause) and _ANY_MODEL.search(clause)):
        return False
    if NOT_DONE.search(near):
        return bool(_PASSIVE.search(own)) and not _REFUSED.search(near)
    return True
