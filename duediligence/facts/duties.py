"""Words by which a card forbids something to whoever takes the work: *you agree not to identify anybody*."""

import re

from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage

_BOUND = (
    r"(?:you|i|users?|researchers?|recipients?|downloaders?|licensees?|everyone|anyone|anybody|whoever"
    r"|access(?:ing)?)"
)
_DUTY = re.compile(
    rf"\b(?:{_BOUND}\b[^.;]{{0,80}}?|by [^.;]{{2,60}}?)\b(?:agrees?|undertakes?|promises?|commits?)\b"
    r"(?!\s+(?:on|with|about)\b)[^.;]{0,40}?\b(?:not to|to not|never to|to never|to refrain from)\b"
    rf"|\b{_BOUND}\b[^.;,]{{0,40}}?(?:\b(?:must|shall) not (?!(?:forget|expect|be)\b)[a-z]"
    r"|\bmay not (?:re-?)?(?:us[ei]|shar|distribut|publish|sell|copy|upload|identif|attempt|try"
    r"|contact|host|pass))"
    rf"|\b{_BOUND}\s(?:is|are) not (?:allowed|permitted) to\b"
    r"|\b(?:do not|don['\u2019]t|never|must not) (?:attempt|try) to (?:re-?)?(?:identify|determine"
    r"|contact|trace|recover|extract|reconstruct)\b"
    r"|\b(?:do not|don['\u2019]t|never) use (?:it|them|(?:this|these|the) (?:model|data\w*|weights"
    r"|corpus)) (?:to|for)\b"
    r"|\b(?:(?:re)?distribution|resale|re-?identification|re-?publication|sharing)\b[^.;]{0,30}?\b(?:is"
    r"|are)\s+"
    r"(?:strictly\s+)?(?:not (?:allowed|permitted)|prohibited|forbidden)\b"
    r"|\b(?:data\w*|corpus|recordings?|images?|videos?|copies|files|weights|models?|it|they)\b[^.;]{0,40}?"
    r"\b(?:must|shall|may) not be (?:re-?)?(?:distribut|shared|us(?:e|ing)|sold|publish|copied|upload|passed"
    r"|combined|host|identif)"
)

CUES = cues(
    *("agree", "undertak", "promise", "commit", "not allowed", "not permitted", "must not", "may not"),
    *("shall not", "attempt", "try to", "use it", "use them", "use th", "prohibited", "forbidden"),
)


def forbids(passage: Passage) -> bool:
    """Whether it tells somebody what not to do; what a model may get wrong is no duty."""
    return bool(passage.cues & CUES) and _DUTY.search(passage.lower) is not None
