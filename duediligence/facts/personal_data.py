"""What a card says about personal data in the data, and about the people it is about."""

import re

from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage
from duediligence.facts.statement import Statement, statement
from duediligence.facts.titles import titles

TITLE = titles(
    r"\bpersonal\b.{0,30}\b(?:information|data)\b|\bsensitive information\b|\bprivacy\b",
    "personal sensitive privacy",
)
_PEOPLE = (
    r"(?:people|persons|individuals|speakers|patients|celebrities|children|minors|teenagers|adults|pupils"
    r"|students|employees|passers-by)"
)
_PERSONAL = re.compile(
    r"\bpersonal(?:ly)?[- ](?:and sensitive )?(?:data|information|details|identif\w+)\b"
    r"|\b(?:meta |our |private )?user data\b|\bprivate (?:information|details)\b"
    rf"|\bprivate data (?:of|about|on|from)\s+(?:\w+\s+)?{_PEOPLE}\b"
    r"|\bdata subjects?\b"
    r"|\b(?:electronic )?(?:health|medical|patient) records?\b|\bpatients?['\u2019]?s? (?:data|records"
    r"|notes|privacy)\b"
    r"|\bde-?identifi(?:ed|cation)\b|\banonymi[sz]ed\b|\bpseudonymi[sz]ed\b|\bidentifying information\b"
    r"|\b(?:images|photos|photographs|pictures|portraits|recordings|videos|voices?|faces|names|scans"
    r"|clips) of "
    rf"(?:[\w-]+ ){{0,2}}?{_PEOPLE}\b(?!['\u2019])|\bwithout their consent\b"
    r"|\bdonated their voice"
    r"|\b(?:radiology|clinical|patient|hospital|medical)\b[^.;]{0,30}?\b(?:reports|documents|records|notes)\b"
    r"|\bsensitive\s+(?:[\w-]+\s+){1,3}information\b"
    r"|\b(?:doctors?|physicians?|nurses?|therapists?)(?:\s+and\s+|\s*[-/\u2013]\s*)(?:the\s+)?patients?\b"
    r"|\bself-(?:provided|reported|declared|identified)\s+(?:gender|age|sex|ethnicity|race|religion|nationality)\b"
    r"|\brecogni[sz]able faces\b"
    r"|\bpersonenbezogene\w*|\bdonn\u00e9es? personnelles?\b|\bdatos personales\b|\bdati personali\b"
    r"|\bdados pessoais\b|\bpersoonsgegevens\b",
)
_ABBREVIATED = re.compile(r"\bPII\b|\bPHI\b")
_DETAILS = (
    r"(?:user\s?names?|user mentions?|mentions of users|@-?mentions"
    r"|(?:author|customer|patient|speaker) names|user handles|contact details"
    r"|e-?mail addresses|e-?mails of|phone numbers|(?:ip|home|postal) addresses"
    r"|(?:full |real |person(?:al)? |all )names|names and (?:\w+ )?addresses"
    r"|names of (?:the |their |its |natural )?(?:users?|authors|persons|people|individuals|speakers|patients"
    r"|employees)|names, addresses)"
)
_HANDLED = (
    r"(?:remov\w+|dropp\w+|replac\w+|redact\w+|filter\w+|mask\w+|scrub\w+|strip\w+|hash\w+|substitut\w+|(?:re-?)?mapp\w+|normali[sz]\w+|contain\w*|includ\w+|leak\w*"
    r"|consist\w*|h[oe]ld\w*|shows?|carr(?:y|ies)|stor(?:es?|ed)|lists?)"
)
_PICTURES = r"(?:images|photos|photographs|pictures|portraits|videos|recordings|frames|scans|clips)"
_RECOGNIZED = r"(?:recogni[sz]|identifi)"
_OF_PEOPLE = re.compile(
    rf"\b{_DETAILS}\b[^.;]{{0,60}}?\b{_HANDLED}\b|\b{_HANDLED}\b[^.;]{{0,60}}?\b{_DETAILS}\b"
    r"|\b(?:images|photos|photographs|pictures|videos|recordings)\b[^.;]{0,60}?\bidentifiable\b"
    rf"|\b{_PICTURES}\s+(?:\w+\s+){{0,2}}?(?:show|shows|depict|portray|feature)\s+(?:[\w-]+\s+){{0,3}}?"
    rf"(?:(?:real|private|living|{_RECOGNIZED}able)\s+{_PEOPLE}|children|minors|patients)\b(?!['\u2019])"
    rf"|\b{_PICTURES}\b[^.;]{{0,60}}?\b{_PEOPLE}\s+(?:who|that|which)\s+(?:can|could|may|might)\s+be\s+"
    rf"{_RECOGNIZED}ed\b"
    r"|\b(?:faces|license plates|number plates)\b[^.;]{0,40}?\b(?:blurred|pixelated|masked)\b"
    r"|\b(?:participants?|speakers?|subjects|donors|patients|volunteers|contributors)\b[^.;]{0,60}?\b(?:gave"
    r"|given|provided|signed|informed|their|written)\b[^.;]{0,30}?\bconsent\b"
    r"|\b(?:participants?|speakers?|subjects|donors|patients|volunteers|contributors)\s+"
    r"(?:(?:\w+ly\s+)?agreed to|(?:are|were|remain)\s+anonymous)\b"
    r"|\bspeakers?\b[^.;]{0,60}?\bagreed to\b"
    rf"|\b{_PEOPLE}\b[^.;]{{0,60}}?\b(?:signed (?:an? )?(?:model )?release|handed over voluntarily"
    r"|(?:gave|donated|shared) (?:\w+\s+){0,3}voluntarily)\b",
)
"""Details that identify people, held or taken out, and people who agreed to be in the data."""

_ABOUT_DATA = re.compile(
    r"\b(?:datasets?|data|corpus|corpora|training|trained|contain\w*|includ\w+|consist\w*|comprised"
    r"|collected|records?"
    r"|remov\w+|filter\w+|annotat\w+|subset|model may|present|privacy|notes|users?|documents?|files|letters"
    r"|radiographs|scans|recordings|conversations|comments|posts|reviews|messages|tickets|bloggers?|corpus"
    r"|donn\u00e9es?|datos|dati|dados|daten|persoonsgegevens)\b",
)
_ONLY_RULE = re.compile(r"^\W*(?:you agree|please|you must)\b|\bwe ask that\b|\blicens")
_RULE_OF_USE = re.compile(
    r"\b(?:you (?:agree|must|shall|may|should|can)|shall not|must not|do not|don['\u2019]t|to generate|to "
    r"harass|we process"
    r"|should not be used|users? (?:should|must)|misuse|impersonat\w+|request access|privacy policy|avoid"
    r"|recommend\w*"
    r"|violat\w+|sharing|transcribe recordings)\b",
)
_OTHER_SECTION = titles(
    r"\bglossary\b|\bcalculations\b|\bout[- ]of[- ]scope\b|\bmisuse\b|\bprohibited\b|\buse polic|\blicens"
    r"|\bterms\b"
    r"|\buses?$|\bintended\b|\bcontact\b|\bevaluated use\b|\brecommendations\b",
    "glossary calculations out misuse prohibited use licens terms intended contact evaluated recommendations",
)
_TITLED = titles(
    r"^(?:paper|publication|homepage|repository|leaderboard|citation|reference|article)s?$",
    "paper publication homepage repository leaderboard citation reference article",
)
"""Labels behind which a title stands, not a sentence."""

_PERSONAL_CUES = cues(
    *("personal", "pii", "phi", "user data", "private", "data subject", "health", "medical", "patient"),
    *("identif", "deidentif", "de-identif", "anonymi", "pseudonymi", "people", "persons", "individuals"),
    *("children", "minors", "teenagers", "adults", "pupils", "students", "employees", "passers-by"),
    *(
        "sensitive",
        "doctor",
        "physician",
        "nurse",
        "therapist",
        "self-",
        "recogni",
        "personenbezogen",
        "donn\u00e9e",
    ),
    *("datos personales", "dati personali", "dados pessoais", "persoonsgegevens"),
    *("speakers", "celebrities", "without their consent", "donated", "radiology", "clinical", "hospital"),
)
_DETAIL_CUES = cues(
    *("author names", "customer names", "patient names", "speaker names", "user handles", "contact details"),
    *(
        "username",
        "user name",
        "user mention",
        "mention",
        "email",
        "e-mail",
        "phone numbers",
        "addresses",
        "names of",
        "names and",
    ),
    *("real names", "full names", "personal names", "person names", "all names", "faces", "license plates"),
    *("number plates", "consent", "agreed to", "anonymous", "signed", "voluntarily", "names, addresses"),
)
_SHOWN_CUES = cues("show", "depict", "portray", "feature", "identifi", "recogni")
_PICTURE_CUES = cues("image", "photo", "picture", "portrait", "video", "recording", "frame", "scan", "clip")
_OF_PEOPLE_CUES = _DETAIL_CUES | _SHOWN_CUES
CUES = _PERSONAL_CUES | _OF_PEOPLE_CUES


def personal_data(passage: Passage) -> Statement | None:
    """What the passage says about people in the data; a rule for users, or a question, is no statement."""
    if passage.words.endswith("?") or passage.labelled & _TITLED:
        return None
    if passage.heading & TITLE:
        only_rule = _ONLY_RULE.search(passage.lower)
        # A pointer to a paper or a heading alone says nothing about the data.
        return None if only_rule or len(passage.words.split()) < 4 else statement("personal_data", passage)
    if not _speaks_of_people(passage) or passage.under & _OTHER_SECTION or _RULE_OF_USE.search(passage.lower):
        return None
    return statement("personal_data", passage)


def _speaks_of_people(passage: Passage) -> bool:
    lower = passage.lower
    pictured = passage.cues & _SHOWN_CUES and passage.cues & _PICTURE_CUES
    if (pictured or passage.cues & _DETAIL_CUES) and _OF_PEOPLE.search(lower):
        return True
    if not passage.cues & _PERSONAL_CUES:
        return False
    personal = _PERSONAL.search(lower) or _ABBREVIATED.search(passage.words)
    return bool(personal and _ABOUT_DATA.search(lower))
