"""Other models that a card says made the data: wrote, translated, labelled or ranked it."""

import re
from collections.abc import Iterable, Iterator

from duediligence.facts.common_words import LANGUAGES, MODEL_NOUNS, NOT_DATA_NOUNS, words_of
from duediligence.facts.cues import Cues, cues
from duediligence.facts.data_lists import EVALUATION_TITLE, is_training_data
from duediligence.facts.found import few
from duediligence.facts.known_models import is_known_model
from duediligence.facts.markup import Visible, hub_id
from duediligence.facts.names import SIZED, ordinary
from duediligence.facts.naming import Named, named
from duediligence.facts.passage import Passage
from duediligence.facts.registry import find_dataset, same_name
from duediligence.facts.statement import Statement, statement
from duediligence.facts.telling import EVALUATED, NOT_DONE, TRAINED, TRAINED_CUES
from duediligence.repo import kind_of, shown

# Only machines generate; whoever writes or creates may be a person, and needs a name such as models have.
_BY = re.compile(
    r"\b(?P<machine>generated|synthesi[sz]ed|machine-translated|auto-labell?ed)\s+(?:\w+ly\s+)?"
    r"(?:by|with|using|via)\s+"
    r"|\b(?:written|produced|created|annotated|labell?ed|ranked|rated|judged|scored|graded|captioned|translated"
    r"|paraphrased|transcribed|rewritten|answered)\s+(?:\w+ly\s+|from \w+\s+|(?:the|all|our|these)\s+\w+\s+)?"
    r"(?:(?P<by>by)|with|using|via)\s+"
)
_USED_TO = re.compile(
    r"\b(?P<machine>used?|using|prompt(?:ed|ing)|ask(?:ed|ing)|employ(?:ed|ing)|leverag(?:ed|ing))\s+"
    r"(?=[^.;:]{2,80}?\bto\s+(?:generate|synthesi[sz]e|write|produce|create|annotate|label|caption|translate"
    r"|rank|rate|rewrite|answer)\b)"
)
_ANNOTATES = re.compile(r"\bto\s+(?:annotate|label|rank|rate)\b")
_FROM = re.compile(
    r"\b(?:(?P<machine>outputs?|completions|generations)|responses|answers|replies"
    r"|(?P<known>captions|labels|preferences|judg\w+|rankings|ratings|translations|transcripts|transcriptions"
    r"|conversations|dialogues|summaries)):?\s+"
    r"(?:(?:are|were|come|came|stem|taken|sampled|obtained|drawn|collected)\s+)*"
    r"(?:of|from|with|between\s+[\w\s]{1,30}?\sand)\s+"
)
_FORBIDS = re.compile(r"\b(?:may|must|can|shall)\s?not\b|\bprohibit|\bforbid")
_OWN = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][\w.+]*(?:-[\w.+]+)*?)(?:-|\s)(?:(?P<machine>generated|outputs?|completions"
    r"|generations|distilled)|annotated|labell?ed|written|answers|responses|(?P<known>conversations|dialogues))\b(?!-)"
)
_TOOL = re.compile(r"token|parser|toolkit|library|package|script", re.I)
_JOINS = re.compile(r"(?:\s*,)?\s*(?:and|or|&)?\s*(?:the\s+|\w+['\u2019]s\s+)?")
# What they made there is no data.
_PAPERWORK = re.compile(
    r"\b(?:card|readme|file|page|documentation|figure|plot|table|table of contents)s?\s+(?:\w+\s+){0,2}$"
)
_DATA = re.compile(
    r"\b(?:data|datasets?|corpus|corpora|synthetic|instructions?|dialogues?|conversations|prompts|pairs"
    r"|captions|textbooks|examples|samples)\b"
)
_PEOPLE = words_of(
    """
    employees employee team teams researchers authors annotators workers crowdworkers students experts
    users people volunteers humans speakers members staff lab labs group university institute company
    turk mturk prolific upwork
    scripts inc gmbh ltd foundation contributors participants linguists api's website dataset datasets corpus
    """
)
_ENGINES = MODEL_NOUNS | words_of("engine engines api llms lm chatbot assistant")
_BY_CUES = cues(
    *("generated", "synthesi", "machine-translated", "auto-label", "written", "produced", "created"),
    *("annotated", "labeled", "labelled", "ranked", "rated", "captioned", "translated", "paraphrased"),
    *("transcribed", "rewritten", "answered", "judged", "scored", "graded"),
)
_USED_TO_CUES = cues(
    *("to generate", "to synthesi", "to write", "to produce", "to create", "to annotate", "to label"),
    *("to caption", "to translate", "to rank", "to rate", "to rewrite", "to answer"),
)
_FROM_CUES = cues(
    *("outputs", "output of", "output from", "completions", "generations", "responses", "answers", "replies"),
    *("captions", "labels", "preferences", "judg", "rankings", "ratings", "translations", "transcript"),
    *("conversations", "dialogues", "summaries"),
)
_OWN_CUES = cues(
    *("generated", "output", "completions", "generations", "distilled", "annotated", "labeled", "labelled"),
    *("written", "answers", "responses", "conversations", "dialogues"),
)
_MADE = ((_BY_CUES, _BY), (_USED_TO_CUES, _USED_TO), (_FROM_CUES, _FROM))
_CUES = _BY_CUES | _USED_TO_CUES | _FROM_CUES | cues("distilled")


def generators(passages: Iterable[Passage], repo: str) -> Iterator[Statement]:
    """The models that *passages* say made the data of *repo*, each once a passage, by name.

    In a model's card only what is said of data counts, and nothing that was measured.
    """
    of_data = kind_of(repo) == "datasets"
    own = same_name(shown(repo).rpartition("/")[2])
    for passage in passages:
        if not passage.cues & _CUES or passage.citation or passage.kind in ("row", "heading"):
            continue
        trains = of_data or _tells_training(passage)
        if passage.under & EVALUATION_TITLE or not (trains or _DATA.search(passage.lower)):
            continue
        names = dict.fromkeys(_names(passage.seen, passage.cues, trains=trains))
        yield from (
            statement("generated_by", passage, name) for name in names if same_name(name) not in ("", own)
        )


def _tells_training(passage: Passage) -> bool:
    trained = passage.cues & TRAINED_CUES and TRAINED.search(passage.lower)
    return bool(trained) or is_training_data(passage)


def _names(seen: Visible, given: Cues, *, trains: bool) -> Iterator[str]:
    """The names of models; without *trains* only where no word of measuring stands before what was done."""
    words = seen.lower
    for wanted, pattern in _MADE:
        for made in few(pattern.finditer(words)) if given & wanted else ():
            measured = not trains and EVALUATED.search(words, 0, made.start())
            aside = NOT_DONE.search(words, 0, made.start()) or _PAPERWORK.search(words, 0, made.start())
            # "Outputs of X may not be used" is a rule for users.
            ruled = pattern is _FROM and _FORBIDS.search(words, made.end())
            if not measured and not aside and not ruled:
                annotates = pattern is _USED_TO and _ANNOTATES.search(words, made.end(), made.end() + 90)
                surely = made["machine"] is not None and not annotates
                # "Annotated with X-2" tells a tool, but where the data are called synthetic.
                tool = not surely and pattern is _BY and made["by"] is None and "synthetic" not in words
                tool = tool or (pattern is _FROM and made["known"] is not None)
                for one in _joined(seen, made.end()):
                    known = is_known_model(one.name)
                    if _TOOL.search(one.name):
                        continue
                    if (known or _is_model(one, surely=surely)) and (
                        not tool or known or SIZED.search(one.name)
                    ):
                        yield re.split("['\u2019]s ", one.name)[-1]
    for of in few(_OWN.finditer(seen.words)) if given & _OWN_CUES else ():
        name = of["name"]
        told = any(map(str.isdigit, name)) or (of["machine"] and _is_mixed(name))
        told = is_known_model(name) or (told and not of["known"])
        if told and not ordinary(name) and not find_dataset(name):
            yield name


def _joined(seen: Visible, start: int) -> Iterator[Named]:
    """The first name from *start* and those joined to it: *Keel-4 and Mivo-2*."""
    end = start
    for one in named(seen, start):
        place = seen.words.find(one.name, end)
        if place < 0 or (end > start and not _JOINS.fullmatch(seen.words[end:place])):
            return
        yield one
        end = place + len(one.name)


def _is_model(one: Named, *, surely: bool) -> bool:
    """Whether a name is that of a model; *surely*: only a machine does what was done."""
    if one.target and (repo := hub_id(one.target)):
        return repo.startswith("models/")
    if one.noun in _ENGINES:
        return find_dataset(one.name) is None and not ordinary(one.name)
    if one.noun in _PEOPLE or one.noun in NOT_DATA_NOUNS or _PEOPLE & set(one.name.lower().split()):
        return False
    if find_dataset(one.name) is not None or LANGUAGES & set(one.name.lower().split()):
        return False
    numbered = one.strong and any(map(str.isdigit, one.name))
    return numbered or (surely and (_is_mixed(one.name) or not one.before))


def _is_mixed(name: str) -> bool:
    """Whether capitals and small letters alternate inside a word of it, as they do in few other words."""
    return re.search(r"[a-z][A-Z]", name) is not None
