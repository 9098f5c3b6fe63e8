"""What a model is made from, told in the commonest ways of six other tongues than English."""

import re
from collections.abc import Iterator

from duediligence.facts.common_words import STRONG_DATA_NOUNS, words_of
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import EVALUATION_TITLE
from duediligence.facts.found import Found, few
from duediligence.facts.markup import Visible
from duediligence.facts.names import SIZED, ordinary, proper
from duediligence.facts.passage import Passage
from duediligence.facts.registry import find_dataset

# Each says where the names begin; German may have its verb behind them, and so has Chinese.
_TRAINED = re.compile(
    r"\b(?:vor|nach|fein)?(?:trainiert|angepasst|abgestimmt)\s+(?:\w+\s+){0,2}?(?:auf|mit|anhand)\s+"
    r"|\b(?:wurde|wird|ist|und)\s+(?:\w+\s+){0,2}?(?:auf|mit|anhand)\s+"
    r"(?=[^.;:]{2,160}\b(?:vor|nach|fein)?(?:trainiert|angepasst|abgestimmt)\b)"
    r"|\b(?:pr\u00e9-?|r\u00e9-?)?(?:entra\u00een|affin)\u00e9e?s?\s+(?:\w+\s+)?"
    r"(?:sur|avec|\u00e0 partir d[eu])\s+"
    r"|\b(?:pre-?)?(?:entrenad|afinad)[oa]s?\s+(?:\w+\s+)?(?:con|en|sobre)\s+"
    r"|\b(?:pr[e\u00e9]-?)?(?:treinad|ajustad)[oa]s?\s+(?:\w+\s+)?(?:com|em|no|na|nos|nas|sobre|usando)\s+"
    r"|\b(?:pre-?)?(?:addestrat|affinat)[oaie]\s+(?:\w+\s+)?(?:su|sul|sui|sulla|sulle|con)\s+"
    r"|(?:\u5728|\u4f7f\u7528|\u5229\u7528)\s*(?=[^\u3002\uff1b]{2,120}(?:\u8bad\u7ec3|\u5fae\u8c03))"
)
_BASED = re.compile(
    r"\bbasier(?:t|en|end)\s+auf\s+|\bbas\u00e9e?s?\s+sur\s+|\bbasad[oa]s?\s+en\s+"
    r"|\bbasead[oa]s?\s+(?:em|no|na)\s+|\bbasat[oaie]\s+su(?:l|lla)?\s+"
    r"|\u57fa\u4e8e\s*(?=(?P<tuned>[^\u3002\uff1b]{2,60}\u5fae\u8c03)?)"
)
_NOT_DONE = re.compile(
    r"\b(?:nicht|kein\w*|kann|k\u00f6nnen|k\u00f6nnte\w*|anders als|wenn|pas|peut|peuvent|pourrait"
    r"|contrairement|si"
    r"|no\s+(?:ha|han|fue|fueron|est\u00e1|se|es|ser\u00e1|hemos)|puede|pueden|podr\u00eda|cuando|n\u00e3o|pode|podem|non|pu\u00f2|possono)\b|\u6ca1\u6709|\u672a|\u53ef\u4ee5|\u4e0d|\u5982\u679c"
)
_EVALUATED = re.compile(
    r"\b(?:evaluier|getestet|bewertet|\u00e9valu|test\u00e9|evaluad|probad|avaliad|testad|valutat)|\u8bc4\u4f30|\u6d4b\u8bd5"
)
_BETWEEN = words_of(
    """
    und sowie auf dem der den die das mit einem einer korpus datensatz datens\u00e4tzen datensets et ainsi que
    le la les l' un une du de des corpus jeu jeux donn\u00e9es sur y e el los las con conjunto datos en and
    em no na com o a os as dados su sul dataset i gli il the modell mod\u00e8le modelo modello
    """
)
_NAMES_END = re.compile(r"[.;:!?](?=\s|$)|[\u3002\uff1b\uff0c\uff1a]")
_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f\d][\w.+/'-]*|[\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CORPUS = re.compile(r"-(?:modell|korpus|datensatz|datens\u00e4tze\w*|corpus|daten)$", re.I)
_SIZED = re.compile(r"[-_ ]\d+(?:\.\d+)?[bm]\b", re.I)
CUES = cues(
    *(
        "trainiert",
        "vortrainiert",
        "nachtrainiert",
        "feintrainiert",
        "angepasst",
        "feinangepasst",
        "abgestimmt",
        "feinabgestimmt",
        "basier",
    ),
    *(
        "entra\u00een",
        "pr\u00e9-entra",
        "pr\u00e9entra",
        "r\u00e9entra",
        "affin\u00e9",
        "bas\u00e9",
        "entrenad",
        "preentrenad",
    ),
    *("treinad", "pr\u00e9-treinad", "pre-treinad", "ajustad", "basead", "addestrat", "preaddestrat"),
    *(
        "pre-addestrat",
        "affinat",
        "basat",
        "pre-entrenad",
        "afinad",
        "basad",
        "\u8bad\u7ec3",
        "\u57fa\u4e8e",
        "\u5fae\u8c03",
    ),
)


def in_other_tongues(passage: Passage) -> Iterator[Found]:
    """What a passage in one of these tongues says the model was trained on or is based on."""
    if (
        not passage.cues & CUES
        or passage.citation
        or passage.kind == "row"
        or passage.under & EVALUATION_TITLE
    ):
        return
    seen = passage.seen
    if _NOT_DONE.search(seen.lower) or _EVALUATED.search(seen.lower):
        return
    for based in few(_BASED.finditer(seen.lower)):
        relation = "finetuned_from" if based["tuned"] else "derived_from"
        for name in _names(seen, based.end()):
            if _SIZED.search(name) and not find_dataset(name):
                yield Found(name, name, None, relation, True)
    for trained in few(_TRAINED.finditer(seen.lower)):
        for name in _names(seen, trained.end()):
            if not SIZED.search(name):
                yield Found(name, name, None, "trained_on", False)


def _names(seen: Visible, start: int) -> Iterator[str]:
    """The names of the list from *start*, up to the first word that is neither a name nor between names."""
    end = _NAMES_END.search(seen.words, start)
    for token in _TOKEN.finditer(seen.words, start, end.start() if end else len(seen.words)):
        word = token.group().strip(".'")
        bare = _CORPUS.sub("", word)
        if proper(word) and not ordinary(bare) and _could_only_be_a_name(bare, behind=bare != word):
            yield bare
        elif word.lower() not in _BETWEEN and word.lower() not in STRONG_DATA_NOUNS and not _joins(word):
            return


def _could_only_be_a_name(word: str, *, behind: bool) -> bool:
    """Whether it has a capital or figure inside, is known, or *behind* it stands what it is."""
    inside = any(sign.isupper() or sign.isdigit() for sign in word[1:])
    return inside or behind or find_dataset(word) is not None


def _joins(word: str) -> bool:
    """Whether it is Chinese for *and* or for a data set."""
    return bool(_HAN.match(word)) and word in (
        "\u548c",
        "\u4e0e",
        "\u53ca",
        "\u4ee5\u53ca",
        "\u6570\u636e\u96c6",
        "\u6570\u636e",
    )
