"""The stages of training by their names, and sentences that say what the training data are."""

import re
from collections.abc import Iterator

from duediligence.facts.common_words import words_of
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import is_data, is_surely_data
from duediligence.facts.found import Found, few, found
from duediligence.facts.markup import Visible
from duediligence.facts.names import SIZED
from duediligence.facts.naming import named
from duediligence.facts.passage import Passage
from duediligence.facts.registry import find_dataset
from duediligence.facts.telling import NOT_DONE, TRAINED_CUES

STAGE = (
    r"(?:sft|dpo|rlhf|rlaif|orpo|kto|ppo|grpo|simpo|supervised(?: fine-?tuning)?|distillation"
    r"|instruction[- ]tuning"
    r"|preference (?:tuning|optimi[sz]ation|training|alignment))"
)
# "SFT was done on X", "the DPO stage uses Y".
_STAGES = re.compile(
    rf"\b{STAGE}(?:\s+(?:stage|phase|step|round|training|run))?(?:\s+(?:is|was|were|has been))?"
    r"(?:\s+(?:then|also|further|first|subsequently))?"
    r"(?:\s+(?:done|performed|conducted|run|carried out|applied))?"
    r"\s+(?:(?P<on>on(?! top)|over)|with|uses?|used|using|rel(?:ies|ied) on|drew on|draws on)\s+"
)
# "Its training corpus is X", "the training corpus, X, …".
_TRAINING_DATA_IS = re.compile(
    r"\btraining\s+(?:data|datasets?|sets?|corpus|corpora)"
    r"(?:(?:\s+(?:of|for)\s+(?:the|this|our)\s+(?:[\w-]+\s+)?(?:model|checkpoint))?\s+(?:is|was|are|were)\s+"
    r"(?!\w+ed\b|available|public\w*|open|here|not\b|on\b|at\b|from\b|in\b|an?\b)|,\s+(?=(?:the\s+)?\S*\d))"
)
_AMOUNT_LIST = re.compile(
    r"\b(?:hours|tokens|images|pairs|samples|examples|sentences|documents)\s+of\s+[^.;:]{2,60}:\s+"
)
_FIT = re.compile(r"\bfit(?:ted)?\s+(?:on|to)\s+")
_PLANNED = re.compile(r"\b(?:plan|hope|aim|intend|want)(?:s|ned|ning)?\s+to\b")
_TOKENS_OF = re.compile(
    r"\b\d[\d.,]*\s?(?:[kmbt]|million|billion|trillion)?\s+(?:tokens|samples|examples|hours)\s+of\s+"
)
AFTER = words_of("once twice and during for in then") | {""}
"""What stands behind a name that nothing says more of."""

STAGE_CUES = cues(
    *("sft", "dpo", "rlhf", "rlaif", "orpo", "kto", "ppo", "grpo", "simpo", "supervised", "instruction"),
    *("preference", "distillation", "reinforcement"),
)
FIT_CUES = cues("fit on", "fit to", "fitted")
_DATA_IS_CUES = cues("training data", "training set", "training corp")
AMOUNT_CUES = cues("hours", "tokens", "images", "pairs", "samples", "examples", "sentences", "documents")
TOLD_CUES = TRAINED_CUES | cues("distillation")
# Cues of which one stands there, and one more; whether names that could only be names count, or stand alone.
_TOLD = (
    (FIT_CUES, FIT_CUES, _FIT, False, False),
    (_DATA_IS_CUES, TRAINED_CUES, _TRAINING_DATA_IS, False, True),
    (AMOUNT_CUES, TOLD_CUES, _AMOUNT_LIST, True, False),
    (AMOUNT_CUES, TOLD_CUES, _TOKENS_OF, True, False),
)
IN_STAGES_CUES = STAGE_CUES | FIT_CUES | _DATA_IS_CUES


def in_stages(passage: Passage) -> Iterator[Found]:
    """*SFT was done on X*, *its training corpus is X*, *we train it for 20B tokens of X*.

    In a passage that speaks of measuring none of this tells what was trained on.
    """
    seen, cues = passage.seen, passage.cues
    words = seen.lower
    if _PLANNED.search(words):
        return
    for stage in few(_STAGES.finditer(words)) if cues & STAGE_CUES else ():
        if not NOT_DONE.search(words, 0, stage.start()):
            # "DPO on X-7B" says what was tuned.
            names = _sure(seen, stage.end(), strong=stage["on"] is not None)
            yield from (one for one in names if not SIZED.search(one.name) or find_dataset(one.name))
    for wanted, also, pattern, strong, alone in _TOLD:
        for told in few(pattern.finditer(words)) if cues & wanted and cues & also else ():
            if not NOT_DONE.search(words, 0, told.start()):
                yield from _sure(seen, told.end(), strong=strong, alone=alone)


def _sure(seen: Visible, start: int, *, strong: bool = False, alone: bool = False) -> Iterator[Found]:
    """The names from *start* that are surely of data; also *strong* ones, or those that stand *alone*."""
    for one in named(seen, start):
        form = one.name.isupper() and one.name.isalpha()
        by_itself = alone and one.noun in AFTER and not form
        enough = one.strong and (strong or by_itself) and is_data(one)
        if enough or is_surely_data(one):
            yield found(one, "trained_on")
