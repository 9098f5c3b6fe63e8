"""What else the prose of a card states: provider, contact, use, legal basis, personal data, license."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duediligence.facts.license_names import named_license
from duediligence.facts.markup import visible
from duediligence.facts.prose import Passage, titled


@dataclass(frozen=True)
class Statement:
    """One passage that states something under one key."""

    key: str
    value: str
    """What it names, or the passage with single spaces."""

    start: int
    """First character of the passage in the card's text."""

    end: int


_PLACEHOLDER = re.compile(
    r"\b(?:more|needs?) (?:more )?information(?: is)?\b(?: needed)?\W*$|\bmore information needed\b"
    r"|^\W*(?:n/?a|tbd|todo|coming soon|none|unknown|-+)\W*$"
    r"|\bcoming soon\b|^\W*\[?(?:optional)\]?\W*$|are described below\.?$|\binformation to be added\b",
    re.I,
)

_INTENDED_TITLE = re.compile(
    r"\bintended\b|\bdirect use\b|\bdownstream use\b|\bprimary use|^uses?(?:\s*(?:&|and).*)?$|\buse cases?\b"
    r"|\brecommended use|\bsuitable for\b",
    re.I,
)
_OUT_TITLE = re.compile(
    r"\bout[- ]of[- ]scope\b|\bmisuse\b|\bmalicious\b|\bprohibited\b|\bexcluded use|\bnot intended\b"
    r"|\bunsuitable\b"
    r"|\brestricted use|\buse restrictions\b|\bunintended\b",
    re.I,
)
_INTENDED = re.compile(
    r"\b(?:model|models|dataset|data|they|it|suite|collection|release|weights)\b[^.;]{0,60}?\b(?:is|are|was"
    r"|were)\s+"
    r"(?:primarily |mainly |mostly |only |solely )?(?:intended|meant|designed|provided|released)\s+"
    r"(?:to be used |for use |for |as |only )",
    re.I,
)
_OUT = re.compile(
    r"\bout[- ]of[- ]scope\b|\b(?:not|n['\u2019]t|never)\s+(?:be\s+)?(?:\**)?(?:intended|meant|designed"
    r"|suitable|to be used|used)\b"
    r"|\b(?:must|may|should) \**not\** be used\b|\buse (?:is|in|for)\b[^.]{0,60}\b(?:prohibited|forbidden)\b",
    re.I,
)
_HOW_TO = re.compile(
    r"\bhow to\b|\busage\b|\bexamples?\b|\bquick\s?start|\bget(?:ting)? started\b|\binference\b|\bglossary\b"
    r"|\binstall|\bprompt|\btroubleshooting\b|\bcitation|\bbibtex\b",
    re.I,
)

_PERSONAL_TITLE = re.compile(
    r"\bpersonal\b.{0,30}\b(?:information|data)\b|\bsensitive information\b|\bprivacy\b", re.I
)
_PERSONAL = re.compile(
    r"\bpersonal(?:ly)?[- ](?:and sensitive )?(?:data|information|details|identif\w+)\b|(?-i:\bPII\b|\bPHI\b)"
    r"|\b(?:meta |our |private )?user data\b|\bprivate (?:data|information)\b|\bdata subjects?\b"
    r"|\b(?:electronic )?(?:health|medical|patient) records?\b|\bpatients?['\u2019]?s? (?:data|records"
    r"|notes|privacy)\b"
    r"|\bde-?identified\b|\banonymi[sz]ed\b|\bpseudonymi[sz]ed\b|\bidentifying information\b"
    r"|\b(?:images|photos|pictures|recordings|voices?|faces|names|clips) of (?:real |private |mostly )?"
    r"(?:people|persons|individuals|speakers|patients|celebrities)\b|\bwithout their consent\b|\bdonated "
    r"their voice"
    r"|\b(?:radiology|clinical|patient|hospital|medical)\b[^.;]{0,30}?\b(?:reports|documents|records|notes)\b"
    r"|\bpersonenbezogene\w*",
    re.I,
)
_ABOUT_DATA = re.compile(
    r"\b(?:datasets?|data|corpus|corpora|training|trained|contain\w*|includ\w+|consist\w*|comprised"
    r"|collected|records?"
    r"|remov\w+|filter\w+|annotat\w+|subset|model may|present|privacy|notes|users?)\b",
    re.I,
)
_RULE_OF_USE = re.compile(
    r"\b(?:you (?:agree|must|shall|may|should|can)|shall not|must not|do not|don['\u2019]t|to generate|to "
    r"harass|we process"
    r"|should not be used|users? (?:should|must)|misuse|impersonat\w+|request access|privacy policy|avoid"
    r"|recommend\w*"
    r"|violat\w+|sharing|transcribe recordings)\b",
    re.I,
)
_OTHER_SECTION = re.compile(
    r"\bglossary\b|\bcalculations\b|\bout[- ]of[- ]scope\b|\bmisuse\b|\bprohibited\b|\buse polic|\blicens"
    r"|\bterms\b"
    r"|\buses?$|\bintended\b|\bcontact\b|\bevaluated use\b|\brecommendations\b",
    re.I,
)

_BASIS = re.compile(
    r"\b(?:art(?:icle|\.)?\s*(?:3|4)\b[^.;]{0,40}?\b(?:dsm|cdsm|copyright|2019/790)"
    r"|directive \(?(?:eu\)? ?)?2019/790|\u00a7+\s*(?:60d|44b)\b|(?:60d|44b)\s+urhg"
    r"|art(?:icle|\.)?\s*(?:6|9)\s*\(?\s*\d\b[^.;]{0,30}?\b(?:gdpr|dsgvo|regulation)|art(?:icle"
    r"|\.)?\s*6\b[^.;]{0,20}\bgdpr"
    r"|legitimate interests?|fair use|fair dealing|(?:tdm|text[- ]and[- ]data[- ]mining)(?: \(?tdm\)?)? "
    r"(?:exception|exemption|limitation|right)s?"
    r"|(?:text[- ]and[- ]data[- ]mining|research|scientific research) (?:exception|exemption)s?"
    r"|section\s+(?:29a|107)\b|article\s+30-4|berechtigte\w* interesse\w*|informed consent|explicit consent)",
    re.I,
)
_CLAIM = re.compile(
    r"\b(?:on the basis of|basis (?:is|was|for|of)|legal basis|based (?:up)?on|rel(?:y|ies|ied|ying) "
    r"(?:up)?on|pursuant to"
    r"|covered by|permitted (?:by|under)|allowed (?:by|under)|lawful under|protected by|falls? (?:within"
    r"|under)|fell under"
    r"|under (?:the )?(?=\s*\S)|in accordance with|constitut\w+|qualif\w+ as|consider\w*|processed (?:under"
    r"|with)"
    r"|invok\w+|benefit\w* from|make use of|made use of|made under|auf grundlage|gest\u00fctzt auf|gave"
    r"|given|obtained|with)\b",
    re.I,
)
_ACT = re.compile(
    r"\b(?:collect\w*|gather\w*|crawl\w*|scrap\w+|download\w*|copy|copies|copied|cop(?:y|ying)|reproduc\w+"
    r"|train\w*|process\w*"
    r"|publish\w*|publication|releas\w+|distribut\w+|mining|mined|data(?:set)?s?|images?|texts?|works?"
    r"|corpus|use of|created?|compil\w+)\b",
    re.I,
)
_NOT_CLAIMED = re.compile(
    r"\b(?:whether|if|unless|may|might|could|would|should|unclear|not|no|never|cannot|question\w*|ask\w*"
    r"|wonder\w*|suppos\w+"
    r"|allegedly|claim(?:s|ed)? that|argu\w+|ensure|must|please|you|your|court|paper|check)\b|n['\u2019]t\b"
    r"|\?",
    re.I,
)

_PROVIDER_LABEL = re.compile(
    r"^(?:(?:model |dataset )?(?:developed|created|published|released|provided|shared|maintained|funded) "
    r"by(?: \[optional\])?"
    r"|(?:model |dataset )?(?:developers?|publishers?|creators?|providers?|maintainers?|curated by|owner"
    r"|organi[sz]ation))\b",
    re.I,
)
_PROVIDER = re.compile(
    r"\b(?:model|models|it|dataset|data|suite|collection|corpus|family|[A-Z][\w.-]+)\b[^.;:]{0,60}?\b(?:was"
    r"|were|is|are|been)\s+"
    r"(?:\w+ly\s+)?(?:developed|created|built|released|published|maintained|curated|trained and "
    r"released)\s+(?:and\s+\w+\s+)?by\s+"
    r"(?=(?:the |a |an |researchers|our |team|[A-Z]))"
    r"|\b(?:model|models|dataset|corpus)\b[^.;:]{0,40}?\b(?:built|developed|created|released|published) "
    r"by\s+(?=[A-Z])"
    r"|^[A-Z][\w&. -]{1,60}? (?:developed and (?:publicly )?released|developed|has released|released) the\b",
)
_SEAT = re.compile(
    r"\b(?:company|non-?profit|organi[sz]ation|institute|association|university|foundation|corporation"
    r"|start-?up|verein"
    r"|(?-i:[A-Z]\w+,? (?:GmbH|e\.\s?V\.|Ltd|Limited|Inc)))\b[^.;]{0,60}?\b(?:based|registered"
    r"|headquartered|located|established|incorporated"
    r"|domiciled)\s+in\s+(?=(?-i:[A-Z]))|\bthis work is published from:?\s+(?=(?-i:[A-Z]))"
    r"|\bmeans\s+(?-i:[A-Z][\w.,& ]{1,60}?\b(?:Limited|Ltd|Inc|GmbH|LLC|S\.?A\.?S?|B\.?V|AG|Corporation"
    r"|plc)\b)",
    re.I,
)
_PARTY = re.compile(
    r"[\"\u201c](?:[A-Z][\w .]{0,40}|we|us"
    r"|licensor)[\"\u201d][^.\"\u201c\n]{0,30}(?:[\"\u201c]\w+[\"\u201d]\s+)?means\s"
    r"[^\"\u201c]{5,600}?\.(?=\s*(?:\n\s*\n|\n\s*[\"\u201c]|\Z))",
    re.I,
)
_COMPANY = re.compile(r"\b(?:Limited|Ltd|Inc|GmbH|LLC|S\.A\.S?|B\.V|AG|Corporation|plc|Co)\b")
_SUPPORT = re.compile(
    r"\b(?:comput(?:e|ing)|cluster|supercomputer|hardware|sponsor\w*|funded|funding|award\w*|thank\w*"
    r"|support\w*|gpus?)\b",
    re.I,
)

_USE_STEMS = (
    "intended",
    "scope",
    "meant ",
    "designed",
    "suitable",
    "prohibited",
    "forbidden",
    "not be used",
    "released ",
)
_PERSONAL_STEMS = (
    *(
        "personal",
        "pii",
        "phi",
        "user data",
        "private",
        "data subject",
        "record",
        "patient",
        "identif",
        "anonym",
    ),
    *(" of ", "consent", "voice", "report", "document", "note"),
)
_BASIS_STEMS = (
    "art",
    "directive",
    "\u00a7",
    "urhg",
    "legitim",
    "fair",
    "mining",
    "exception",
    "tdm",
    "section",
    "interesse",
    "consent",
)
_PROVIDER_STEMS = (" by ", "released", "developed", " in ", "published", "means ")

_CONTACT_LABEL = re.compile(
    r"^(?:point of contact|contact(?:s| us| information| person)?|send questions to|questions|support"
    r"|feedback|e-?mail"
    r"|model card contact|where to send questions.*|correspondence)\b",
    re.I,
)
_CONTACT_TITLE = re.compile(r"\bcontact\b|\bfeedback\b|\bquestions\b|\bget in touch\b|\bsupport\b", re.I)
_CONTACT = re.compile(
    r"\b(?:contact|questions?|inquir\w+|enquir\w+|e-?mail|reach (?:out|us)|comments|takedown|take-down)\b",
    re.I,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,12}(?![\w-])")


def statements(passages: tuple[Passage, ...] | list[Passage]) -> Iterator[Statement]:
    """Everything *passages* state under the keys read here, in order, each key once a passage."""
    for passage in passages:
        words = passage.words
        if not any(map(str.isalpha, words)) or _PLACEHOLDER.search(words[:200]):
            continue
        for read in _READERS:
            statement = read(passage)
            if statement is not None:
                yield statement
        if not passage.citation and passage.kind != "row":
            for name in named_license(passage):
                yield _of("license", passage, name)


def claims_basis(words: str) -> bool:
    """Whether a sentence claims a legal basis: no question, no condition, no bare mention."""
    basis = _BASIS.search(words)
    if basis is None or "?" in words:
        return False
    around = words[max(0, basis.start() - 120) : basis.end() + 120]
    if _NOT_CLAIMED.search(words[max(0, basis.start() - 80) : basis.start()]):
        return False
    return bool(_CLAIM.search(around) and _ACT.search(words))


def parties(terms: str) -> Iterator[tuple[int, int]]:
    """Where terms of use say who offers them: *"Meta" or "we" means Meta Platforms Ireland Limited …*."""
    for found in _PARTY.finditer(terms):
        if _COMPANY.search(found.group()):
            yield found.start(), found.end()


def _of(key: str, passage: Passage, value: str | None = None) -> Statement:
    return Statement(key, value or passage.words, passage.start, passage.end)


def _use(passage: Passage) -> Statement | None:
    if passage.citation or passage.kind == "row":
        return None
    titles = (passage.label, *reversed(passage.sections[-2:]))
    for title in titles:
        if not title:
            continue
        if titled(title, _HOW_TO):
            return _use_elsewhere(passage)
        if titled(title, _OUT_TITLE):
            return _of("out_of_scope_use", passage)
        if titled(title, _INTENDED_TITLE):
            return _of("out_of_scope_use" if _OUT.search(passage.words) else "intended_use", passage)
        if title != passage.label:
            break
    return _use_elsewhere(passage)


def _use_elsewhere(passage: Passage) -> Statement | None:
    if not passage.has(_USE_STEMS):
        return None
    words = passage.words
    subject = re.search(r"\b(?:models?|datasets?|weights|checkpoints?|suite|release|use)\b", words, re.I)
    if (
        subject
        and _OUT.search(words)
        and re.search(r"\b(?:use[ds]?|deploy\w*|intended|scope)\b", words, re.I)
    ):
        return _of("out_of_scope_use", passage)
    return _of("intended_use", passage) if subject and _INTENDED.search(words) else None


def _personal_data(passage: Passage) -> Statement | None:
    if passage.citation or passage.kind == "row":
        return None
    words = passage.words
    if titled(passage.section, _PERSONAL_TITLE):
        only_rule = re.search(r"^\W*(?:you agree|please|you must)\b|\bwe ask that\b|\blicens", words, re.I)
        # A pointer to a paper or a heading alone says nothing about the data.
        return None if only_rule or len(words.split()) < 4 else _of("personal_data", passage)
    if not passage.has(_PERSONAL_STEMS) or passage.under(_OTHER_SECTION) or _RULE_OF_USE.search(words):
        return None
    found = _PERSONAL.search(words)
    return _of("personal_data", passage) if found and _ABOUT_DATA.search(words) else None


def _legal_basis(passage: Passage) -> Statement | None:
    if passage.citation or passage.kind == "row":
        return None
    return _of("legal_basis", passage) if passage.has(_BASIS_STEMS) and claims_basis(passage.words) else None


def _provider(passage: Passage) -> Statement | None:
    if passage.citation or passage.kind == "row" or passage.under(_HOW_TO, 1):
        return None
    if passage.label and _PROVIDER_LABEL.match(passage.label):
        if passage.label.lower().startswith("funded"):
            return None
        value = " ".join(visible(passage.raw[passage.body :]).words.split()).strip(" ;.")
        return _of("provider", passage, value) if value and not _PLACEHOLDER.search(value) else None
    words = passage.words
    if not passage.has(_PROVIDER_STEMS):
        return None
    about_data = re.match(r"it\b", words, re.I) and re.search(r"\btrain|\bdata", passage.section, re.I)
    found = _SEAT.search(words) or (None if about_data else _PROVIDER.search(words))
    # Whoever lends the machines does not publish the model.
    return _of("provider", passage) if found and not _SUPPORT.search(words) else None


def _contact(passage: Passage) -> Statement | None:
    if passage.citation or passage.kind == "row":
        return None
    if not (passage.label or "@" in passage.raw or titled(passage.section, _CONTACT_TITLE)):
        return None
    seen = visible(passage.raw)
    mail = next(
        (m.target[7:].strip() for m in seen.marks if m.target and m.target.startswith("mailto:")), None
    )
    written = _MAIL.search(seen.words)
    address = mail or (written.group() if written else None)
    labelled = bool(passage.label and _CONTACT_LABEL.match(passage.label))
    if labelled:
        behind = " ".join(visible(passage.raw[passage.body :]).words.split())
        return (
            _of("contact", passage, address or behind) if behind and not _PLACEHOLDER.search(behind) else None
        )
    under_title = titled(passage.section, _CONTACT_TITLE)
    if address and (under_title or _CONTACT.search(seen.words)):
        return _of("contact", passage, address)
    if under_title and _CONTACT.search(passage.section) and (seen.marks or "http" in seen.words):
        return _of("contact", passage)
    return None


_READERS: tuple[Callable[[Passage], Statement | None], ...] = (
    _use,
    _personal_data,
    _legal_basis,
    _provider,
    _contact,
)
