"""The grammar of ancestry: which models a passage of a model's card says it was made from, and how."""

import operator
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from itertools import takewhile

from duediligence.facts.common_words import MODEL_NOUNS, NOT_DATA_NOUNS, words_of
from duediligence.facts.cues import Cues, cues
from duediligence.facts.found import Found, few, found
from duediligence.facts.markup import Visible, hub_id, visible
from duediligence.facts.naming import Named, is_lower_id, named
from duediligence.facts.prose import Passage, cells
from duediligence.facts.registry import find_dataset, same_name
from duediligence.facts.statement import is_placeholder
from duediligence.facts.titles import kinds_of, titles
from duediligence.repo import shown

_THE = r"(?:the\s+|a\s+|an\s+|our\s+|original\s+|official\s+|base\s+|public\s+|released\s+|existing\s+)*"
_WEIGHTS = r"(?:(?:pre-?trained\s+)?(?:weights|parameters|checkpoints?)\s+(?:of|from)\s+)?"
_SIZES = "base|large|small|mini|tiny|medium|xl|xxl|\\d+(?:\\.\\d+)?[bm]"
_OWN = r"(?:models?|checkpoints?|weights)\b"
_PART = (
    r"(?:(?:(?:text|image|vision|visual|speech|audio|language|frozen)[ -])*"
    r"(?:encoder|decoder|tower|backbone|autoencoder|vae|language model|llm)\b)"
)
_PARTS_OF_MODELS = "encoder decoder tower backbone autoencoder vae language_model llm"
_PRETRAINED = r"(?:fixed,?\s+|frozen,?\s+|pre-?trained\s+)"

_PATTERNS = tuple(
    (
        relation,
        cues(*(one.replace("_", " ") for one in beginnings.split())),
        "".join(also),
        re.compile(pattern, re.I),
    )
    for relation, beginnings, pattern, *also in (
        (
            "initialized_from",
            "initiali",
            rf"\binitiali[sz]ed\s+(?:from|with|using|by)\s+{_THE}{_WEIGHTS}{_THE}",
        ),
        ("initialized_from", "resum", rf"\bresum(?:ed|es|ing)\s+(?:training\s+)?from\s+{_THE}{_WEIGHTS}"),
        (
            "initialized_from",
            "continu",
            rf"\bcontinu(?:ed|es|ing)\s+(?:pre-?)?train(?:ed|ing)\s+(?:of|from|on top of)\s+{_THE}",
        ),
        (
            "finetuned_from",
            "starting start",
            rf"\bstart(?:(?:ing|ed|s)?\s+(?:out\s+)?from|(?:ing|ed)\s+with)\s+{_THE}{_WEIGHTS}"
            r"(?=[^;]{2,200}\b(?:(?:(?:pre|fine)-?)?(?:train|tun)|sft\b|dpo\b))",
        ),
        (
            "finetuned_from",
            "trained tuned aligned",
            rf"\b(?:trained|tuned|aligned)\s+(?:version|variant|checkpoint|edition)\s+of\s+{_THE}",
            " of ",
        ),
        (
            "finetuned_from",
            "by_training after_training from_training",
            rf"\b(?:by|after|from)\s+training\s+{_THE}(?=(?-i:[A-Z])\S*-\d\S*[bm]\s+(?:on|with|using)\b)",
        ),
        (
            "distilled_from",
            "distill",
            rf"\bdistill(?:ed|ing)\s+{_THE}(?=[^,.;]{{2,60}}\s(?:into|down to)\s)",
        ),
        ("initialized_from", "warm", rf"\bwarm-?started\s+(?:from|with)\s+{_THE}{_WEIGHTS}"),
        (
            "finetuned_from",
            "finetun fine-tun",
            rf"\bfine-?tun(?:ed|e|ing)\s+(?:version\s+|variant\s+|checkpoint\s+)?(?:of"
            rf"|from)\s+{_THE}{_WEIGHTS}",
        ),
        (
            "finetuned_from",
            "finetun fine-tun",
            rf"\b(?:we|i)\s+(?:\w+ly\s+|further\s+"
            rf"|then\s+)?fine-?tuned?\s+(?!(?:the|this|our|an?)\s+{_OWN}){_THE}(?!{_OWN})"
            r"(?=(?:(?!\s(?:on|with|using|for|models?)\b)[^,.;]){2,80}\s(?:models?|checkpoints?|weights)\b"
            rf"|\S*(?:\d|-(?:{_SIZES})\b)\S*\s+(?:on|with|using|for)\b)",
        ),
        (
            "finetuned_from",
            "finetuning fine-tuning further",
            rf"\b(?:fine-?tuning|further\s+(?:pre-?)?training)\s+{_THE}(?:pre-?trained\s+)?"
            r"(?=(?-i:[A-Z]|[\w./]*[-/]?\d)\S*(?:\s(?-i:[A-Z]|\d)\S*){0,3}(?:\smodels?)?"
            r"(?:\s(?:first|further))?(?:\sfor\s[\w.]+\s(?:epochs?|steps))?\s(?:on|with|using|in)\s"
            r"(?!your|their|custom|own))",
        ),
        (
            "finetuned_from",
            "adapted trained tuned derived aligned",
            r"(?<!data )(?<!dataset )(?<!datasets )(?<!corpus )"
            rf"\b(?:adapted|trained|tuned|derived|aligned)\s+from\s+{_THE}{_WEIGHTS}",
            "from",
        ),
        (
            "finetuned_from",
            "train",
            r"\btrain(?:ed|s|ing)?\s+(?:an?|the)\s+(?=\S+\s+(?:base\s+|large\s+)?model\s+(?:on|for|with"
            r"|using)\b)",
            "model",
        ),
        (
            "finetuned_from",
            "tun train finetuned finetrained",
            rf"\bthis (?:is|(?:repo\w*|checkpoint) (?:contains|holds|hosts))\s+{_THE}"
            rf"(?=[^,.]{{3,120}}\bmodel,\s+(?:further\s+)?(?:fine-?)?t(?:un|rain)ed)",
            "this ",
        ),
        (
            "quantized_from",
            "quanti gguf gptq awq exl2 mlx ggml 4bit 4-bit 8bit 8-bit int4 int8 fp8",
            rf"\b(?:quanti[sz]ed|gguf|gptq|awq|exl2|mlx|ggml|4-?bit|8-?bit|int[48]"
            rf"|fp8)\b[^.;:]{{0,40}}?\b(?:version|variant|conversions?|quants?|quanti[sz]ations?"
            rf"|files|format)\s+(?:of|for|from)\s+{_THE}",
        ),
        (
            "quantized_from",
            "quanti",
            rf"\bquanti[sz](?:ing|ation of|ations "
            rf"of)\s+(?:the\s+)?(?:weights(?:\s+and\s+activations)?\s+of\s+)?{_THE}(?=[A-Z\[`a-z]+[-\d])",
        ),
        (
            "quantized_from",
            "quanti",
            rf"\bquanti[sz]ed\s+(?:(?:with|using|by|in|to)\b[^,;:]{{0,60}}?\s)?from\s+{_THE}{_WEIGHTS}",
        ),
        (
            "derived_from",
            "weights",
            rf"\bweights\s+(?:come|came|are taken|were taken|are|were)\s+from\s+{_THE}",
            "from",
        ),
        ("derived_from", "base_model", rf"\bbase\s+model\s+(?:used\s+)?(?:is|was)\s+{_THE}"),
        (
            "finetuned_from",
            "finetuned fine-tuned",
            r"\bfine-?tuned\s+(?=\S*[-\d]\S*\s+(?:on|in|with|using|for)\b)",
        ),
        ("distilled_from", "distill", rf"\bdistill(?:ed|ation|ing)\s+(?:version\s+of|from|of)\s+{_THE}"),
        (
            "derived_from",
            "based",
            rf"\b(?:model|it|checkpoint)\s+(?:is|was)\s+(?:\w+\s+)?based\s+on\s+{_THE}"
            r"(?=(?-i:[A-Z])[\w.-]*(?:\s+and\s+(?:was|is)\b|[.,;](?:\s|$)))",
        ),
        ("distilled_from", "logits", rf"\blogits\s+(?:of|from)\s+{_THE}"),
        (
            "distilled_from",
            "pseudo",
            rf"\bpseudo-?labell?(?:ed|ing|s)\b[^.;]{{0,60}}?\b(?:using|with|by|from)\s+{_THE}",
        ),
        ("distilled_from", "teacher", rf"\bteacher(?:\s+model)?\s+(?:is|was|:)\s+{_THE}"),
        (
            "distilled_from",
            "teacher",
            rf"\b(?:with|using|we used?)\s+{_THE}"
            r"(?=[^,;]{3,80}\bas\s+(?:a\s+|the\s+|its\s+|our\s+)?teacher\b)",
        ),
        (
            "initialized_from",
            "base foundation backbone starting initiali",
            rf"\b(?:with|using|utili[sz]ing|we (?:chose|took|take|used?|adopt(?:ed)?))\s+{_THE}"
            r"(?=(?:(?!\b(?:with|using)\s)[^,;]){3,80}\bas\s+"
            r"(?:an?\s+|the\s+|its\s+|our\s+)?(?:base|foundation|backbone|starting point"
            r"|initiali[sz]ation)\b)",
            "as ",
        ),
        (
            "finetuned_from",
            "further",
            rf"\bfurther\s+(?:pre-?)?train(?:ed|ing)\s+{_THE}(?=[^,.;]{{2,60}}\smodel\b)",
        ),
        (
            "finetuned_from",
            "finetuned fine-tuned",
            r"\bis\s+an?\s+(?=\S+\smodel,?\s(?:that\s(?:was|is|has been)\s)?(?:further\s)?fine-?tuned\b)",
            "is a",
        ),
        (
            "finetuned_from",
            "trained pretrained prepre",
            rf"\bis\s+an?\s+(?=\S+-(?:{_SIZES})(?:-\w+)?\smodel,?\s(?:that\s(?:was|is|has been)\s)?"
            r"(?:further\s|continually\s|pre-?)*trained\b(?!\s+from\s+scratch))",
            "is a",
        ),
        (
            "finetuned_from",
            "checkpoint",
            rf"\bcheckpoints?\s+(?:of|for)\s+{_THE}(?=[^,.;]{{2,60}}\safter\s(?:being\s)?(?:\w+ly\s|further\s)?"
            r"(?:fine-?)?t(?:rain|un)(?:ed|ing)\b)",
            "after",
        ),
        (
            "initialized_from",
            "continuation",
            rf"\bcontinuation\s+of\s+{_THE}(?=(?-i:[A-Z]|\w+-)\S*(?:\s\S+)?\smodel\b|[\w-]+/\S)",
        ),
        (
            "derived_from",
            "pretrained pre-trained",
            rf"\b(?:based\s+on|built\s+(?:on|upon)|on\s+top\s+of)\s+{_THE}pre-?trained\s+{_THE}",
            "on",
        ),
        (
            # "a ViT-B/16" is a kind of encoder, "ViT-B/16" the one that was taken.
            "initialized_from",
            _PARTS_OF_MODELS,
            rf"\b(?:its|the|our)\s+(?:[\w-]+\s+){{0,2}}?{_PART}\s+(?:used\s+)?(?:is|was)\s+"
            rf"(?:the\s+|taken from\s+|from\s+)*{_PRETRAINED}*(?=(?-i:[A-Z])\S*[\d-])"
            r"(?=\S+(?:\s(?-i:[A-Z\d])\S*){0,3}(?:\s*$|\s(?:and|which|that|with|from|by|as|of)\s|\s\())",
        ),
        (
            "initialized_from",
            _PARTS_OF_MODELS,
            rf"\b(?:with|us(?:es|ed|ing)|(?:we|i|they) use|and|utili[sz](?:es?|ing)|adopts?|employs?"
            rf"|takes?)\s+(?:the\s+)?{_PRETRAINED}*"
            rf"(?=(?-i:[A-Z])\S*(?:\s(?!(?:an?|the|with|and)\s)[^\s,;]+){{0,3}}\s+as\s+(?:(?:an?|the|its|our)\s+)?{_PART})",
            " as ",
        ),
        (
            "initialized_from",
            "combin pair connect coupl bridg",
            rf"\b(?:combin|pair|connect|coupl|bridg)\w*\s+(?:the\s+|an?\s+(?={_PRETRAINED}))?{_PRETRAINED}*"
            rf"(?=(?-i:[A-Z])\S*(?:\s[\w-]+){{0,2}}?\s{_PART})",
        ),
        (
            "initialized_from",
            "combin pair connect coupl bridg",
            rf"\b(?:combin|pair|connect|coupl|bridg)\w*\s[^.;,]{{2,80}}?\s{_PART}[^.;,]{{0,20}}?\s(?:with|to|and)\s+"
            rf"(?:the\s+)?{_PRETRAINED}*(?=(?-i:[A-Z])\S*\d)",
        ),
        (
            "finetuned_from",
            "finetuned fine-tuned tuned further after",
            rf"\bthis is\s+{_THE}(?=(?-i:[A-Z])\S*-\d\S*(?:\smodel)?,?\s+(?:fine-?tuned|tuned"
            r"|further\s+trained|after)\s)",
            "this is",
        ),
        (
            "derived_from",
            "built",
            r"^\W*built with\s+(?=(?-i:[A-Z])[\w.-]*(?:\s(?-i:[A-Z])[\w.-]*){0,2}[\s-]v?\d+(?:\.\d+)?\W*$)",
            "built with",
        ),
        (
            "derived_from",
            "extend expand",
            rf"\b(?:extend|expand)(?:s|ed)?\s+{_THE}(?=[^,.;]{{2,80}}\b(?:by|through|via|with)\s+"
            r"(?:(?:continued|further|additional)\s+(?:pre-?)?training"
            r"|(?:copy|add|repeat|stack|duplicat)\w*\s+(?:\w+\s+)?layers)\b)",
        ),
        (
            "initialized_from",
            "base foundation backbone",
            rf"\bas\s+(?:the\s+|our\s+|its\s+|an?\s+)?(?:base|foundation|backbone)(?:\s+model)?,?\s+(?:we|i)\s+"
            rf"(?:used?|chose|take|took)\s+{_THE}",
            "as ",
        ),
        ("derived_from", "pruned", rf"\bpruned\s+(?:version\s+of|from)\s+{_THE}"),
        ("merged_from", "merg", rf"\bmerg(?:e|ed|ing)\s+(?:of|from|between)\s+{_THE}"),
        ("merged_from", "merges merging", rf"\bmerg(?:es|ing)\s+(?!of\s|from\s|between\s){_THE}"),
        (
            "merged_from",
            "merged",
            r"\bmerged\s+(?=(?-i:[A-Z])\S*\d(?:\.\d+)?b\S*\s+(?:with|and|into)\s+(?-i:[A-Z])\S*\d)",
            "merged",
        ),
        ("merged_from", "merges merging merged", rf"\bmerg(?:es|ed|ing)\s[^,.;]{{2,80}}?\swith\s+{_THE}"),
        (
            "merged_from",
            "merged",
            rf"\bmerged\s+(?:params|weights|parameters|models?|checkpoints?)\s+(?:of|for|from)\s+{_THE}",
        ),
        (
            "adapter_of",
            "lora qlora adapter",
            rf"\b(?:lora|qlora|adapters?)\b(?:(?:\s+\w+){{0,2}}|(?:\s+(?:must|is|are|be|to|loaded|applied|used)){{3,5}})"
            rf"\s+(?:for|of|on top of|trained on|to)\s+{_THE}",
        ),
        (
            "derived_from",
            "built based developed",
            rf"\b(?:built|based|developed)\s+(?:on\s+top\s+of|upon|on)\s+{_THE}",
            "on ",
        ),
        (
            "derived_from",
            "conver ported upload reupload re-upload copy mirror export",
            r"\b(?:convert(?:ed)?|conversion|ported|export(?:ed)?|re-?upload(?:ed)?|copy|mirror)\s+(?:version\s+)?"
            rf"(?:(?:to|into|in)\s+\S+\s+(?:format\s+)?)?(?:of|from)\s+{_THE}",
        ),
        (
            "adapter_of",
            "weights",
            r"\b(?:lora|controlnet|textual inversion|t2i-adapter|ip-adapter|dreambooth)\s+(?:\w+\s+)?"
            rf"weights\s+(?:trained\s+on|for)\s+{_THE}",
            "weights",
        ),
        (
            "adapter_of",
            "lora qlora",
            r"\bq?lora\s+(?:training\s+)?on\s+(?=(?-i:[A-Z])\S*\d(?:\.\d+)?b\b)",
            " on ",
        ),
        (
            "finetuned_from",
            "obtained produced created derived made",
            rf"\b(?:obtained|produced|created|derived|made)\s+from\s+{_THE}(?=[^.;]{{2,60}}?\s(?:by|through|via|with)\s+"
            r"(?:(?:supervised|continued|further|instruction|full|lora)\s+)*(?:fine-?tun|train|pre-?train|sft|dpo|prun))",
            "from",
        ),
        (
            "finetuned_from",
            "sft dpo grpo ppo rlhf orpo kto",
            r"\b(?:sft|dpo|grpo|ppo|rlhf|orpo|kto)\s+on\s+(?=\S*[-_]\d+(?:\.\d+)?b\b)",
            " on ",
        ),
        (
            "initialized_from",
            "began begin start",
            r"\b(?:checkpoint|model|weights)\s+(?:that\s+)?(?:we|i)\s+(?:began|begin|started|start)\s+(?:with|from)\s+"
            rf"(?:is|was|are|were)\s+{_THE}",
        ),
        (
            "derived_from",
            "builds",
            rf"\b(?:model|it|this|checkpoint)\s+builds\s+(?:up)?on\s+{_THE}",
        ),
        (
            "initialized_from",
            "encoder decoder tower backbone autoencoder vae language_model llm",
            rf"\b(?:the|an?)\s+{_PRETRAINED}*{_PART}\s+(?:of|from)\s+{_THE}"
            r"(?=(?:(?-i:[A-Z])\S*(?:\s\S+)?[-/\d]|[a-z]\S*/\S))",
        ),
        (
            "initialized_from",
            "language_model llm encoder",
            r"\bto\s+the\s+(?:language model|llm|text encoder)\s+(?=\S+/\S+|(?-i:[A-Z])\S*-\d)",
            "to the ",
        ),
        (
            "initialized_from",
            "frozen pretrained pre-trained",
            rf"\b(?:an?|the)\s+(?:frozen|pre-?trained)\s+(?=\S+-(?:{_SIZES})\S*\s(?:\w+\s)?(?:encoder|decoder|backbone))",
        ),
        (
            "finetuned_from",
            "took take takes",
            rf"\b(?:we|i|model|it)\s+(?:took|takes?)\s+{_THE}(?=[^.;]{{2,60}}?\s(?:and|then)\s+(?:\w+ly\s+|further\s+|then\s+)?"
            r"(?:fine-?tune[ds]?|train(?:ed|s)?|tune[ds]?|adapt(?:ed|s)?|continue[ds]?|teach(?:es)?|taught)\s+"
            r"(?:it|on|further|(?:pre-?)?training)\b)",
        ),
        (
            "initialized_from",
            "inherit",
            rf"\binherit(?:s|ed)\s+(?:the\s+|its\s+)?(?:weights|parameters)\s+(?:of|from)\s+{_THE}",
        ),
        (
            "derived_from",
            "version variant",
            rf"\b(?:version|variant)\s+of\s+{_THE}(?=[^.;]{{2,60}}?,?\s(?:obtained|created|made|produced)\s+"
            r"(?:by|through|via)\s+(?:continued|further|fine-?tun|train|prun|merg|distill|depth))",
            " of ",
        ),
        (
            "finetuned_from",
            "dpo sft rlhf orpo kto abliterated uncensored decensored instruction-tuned chat-tuned",
            r"(?:\bis\s+(?:the|an?)\s+|^\W*(?:an?\s+)?)"
            r"(?:dpo|sft|rlhf|orpo|kto|abliterated|uncensored|decensored|instruction-tuned|chat-tuned)\s+"
            rf"(?:version|variant|edition)\s+of\s+{_THE}",
            " of ",
        ),
        (
            "finetuned_from",
            "further",
            r"^\W*(?=(?-i:[A-Z])\S*-\d\S*,?\s+further\s+(?:fine-?tuned|aligned|tuned|trained)\s+"
            r"(?:on|with|using|via)\b(?![^.;]*\b(?:outperform|beat|surpass|better)))",
            "further",
        ),
        (
            "initialized_from",
            "leverag",
            rf"\bleverag(?:es?|ing)\s+{_THE}(?=(?-i:[A-Z])\S*\d(?:\.\d+)?b\b)",
        ),
        ("derived_from", "upscaled upcycled", rf"\b(?:upscaled|upcycled)\s+from\s+{_THE}"),
    )
)
"""Relation, the cues of which one stands in all it can match, words that stand there too, and what stands
before the name."""


def _places_by_cue() -> dict[Cues, list[int]]:
    """The places of those that can match where a cue stands, for each cue."""
    out: dict[Cues, list[int]] = {}
    for place, (_, wanted, _, _) in enumerate(_PATTERNS):
        while wanted:
            out.setdefault(wanted & -wanted, []).append(place)
            wanted &= wanted - 1
    return out


_BY_CUE = _places_by_cue()
_ANY = reduce(operator.or_, (wanted for _, wanted, _, _ in _PATTERNS))
_PRETRAINED_CUES = cues(
    *(
        article + word
        for article in ("", "the", "a", "an", "two", "three")
        for word in ("fixed", "frozen", "pretrained", "pre-trained")
    )
)
_SERVES = re.compile(
    r"\b(?:serve[sd]?|acts?|(?:is|was)\s+used)\s+as\s+(?:(?:the|its|our|an?)\s+)?"
    r"(?:(?:base|foundation)\s+(?:model|checkpoint)|starting point|initiali[sz]ation)\b",
    re.I,
)
_SERVES_CUES = cues("base", "foundation", "starting", "initiali")
_USES = re.compile(
    rf"\b(?:we|i|it|which|that|model)\s+(?:then\s+)?us(?:ed|es|e)\s+(?:as\s+\w+\s+)?(?:the|a|an|two"
    rf"|three)?\s*{_PRETRAINED}+",
    re.I,
)
_COMPONENT = re.compile(
    rf"\bus(?:es|ing|ed)\s+(?:the\s+|an?\s+|two\s+|three\s+)?{_PRETRAINED}+(?:(?:text|image|vision|visual"
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
    r"^(?P<parent>(?:parent|base|foundation|backbone) (?:language )?(?:model|llm|checkpoint)|backbone"
    r"|base$|parent$)s?\b"
    r"|^(?P<tuned>fine-?tuned from(?: model)?)"
    r"|^(?P<part>(?:text|image|vision|visual|speech|audio) (?:encoder|decoder|tower|backbone)|vae)$"
    r"|^(?P<start>initiali[sz](?:ation|ed from)|initial (?:weights|checkpoint)|student(?: model)?)$"
    r"|^(?P<original>original model|source model|quanti[sz]ed from|original)\b|^(?P<teacher>teacher(?: "
    r"model)?)\b",
    re.I,
)
_COLUMN = re.compile(r"^(?:base|parent|foundation)[ _-]?model$", re.I)
_PARENT_CELL = re.compile(r"^\W*(?:base|parent|foundation)", re.I)
_SIDE = re.compile(
    r"\b(?:not|never|cannot|can|could|may|might|should|would|you|your|if|inspired|similar|unlike|compared"
    r"|others?|when|how"
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
_LABEL_CUES = cues(
    *("parent", "base", "foundation", "backbone", "finetuned", "fine-tuned", "initial", "original"),
    *("source model", "quanti", "teacher", "student", "encoder", "decoder", "tower", "vae"),
)
_CUES = _ANY | _PRETRAINED_CUES
_OF_THE_MODEL = re.compile(r"base |\W*built with|(?:model|it|checkpoint)\s+(?:is|was)\s", re.I)
# A pronoun in front of a name opens another clause.
_NO_MODELS = words_of("this these we i it they")
_CARD = re.compile(r"\s+(?:model\s+)?cards?\b")
_CONVERTED = re.compile(r"convert|export|mirror|copy|re-?upload", re.I)
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
    labelled = passage.label and passage.cues & _LABEL_CUES
    if not (passage.cues & _CUES or labelled or (passage.lead and kinds_of(passage.lead) & _LIST_OF_PARENTS)):
        return ()
    if passage.under & _NO_SECTION or _speaks_of_another(passage, repo):
        return ()
    return _read(passage, repo)


def _read(passage: Passage, repo: str) -> Iterator[Found]:
    seen = passage.seen
    if passage.label and (passage.first or passage.kind == "sentence"):
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
    """The cell under *Base model* in a row that opens with the name of *repo*, or behind it in one of two."""
    column = _of_parents(passage.columns)
    row = cells(passage) if column or _PARENT_CELL.search(passage.raw) else []
    if column:
        own = same_name(shown(repo).rpartition("/")[2])
        if column >= len(row) or same_name(visible(row[0]).words) != own:
            return
    elif len(row) == 2 and _COLUMN.search(visible(row[0]).words.strip(" :")):
        column = 1
    else:
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
    start = len(visible(passage.raw[: passage.body]).words)
    for one in named(seen, start) if not is_placeholder(seen.words[start:]) else ():
        if _is_model(one):
            yield found(one, relation, is_model=True)


def _stated(passage: Passage, seen: Visible, repo: str) -> Iterator[Found]:
    words = seen.words
    for relation, also, pattern in _patterns(passage.cues & _ANY) if passage.cues & _ANY else ():
        for verb in few(pattern.finditer(words)) if also in passage.lower else ():
            if _set_aside(words, verb.start()):
                continue
            for one in _models(seen, verb.end()):
                stated = relation
                if relation == "derived_from":
                    if not _clearly_a_model(one, verb.group()):
                        continue
                    stated = "finetuned_from" if re.search(r"\bfine-?tuned\b", words, re.I) else relation
                yield found(one, stated, is_model=True)
    for serves in few(_SERVES.finditer(words)) if passage.cues & _SERVES_CUES and " as " in words else ():
        for one in named(seen, max(words.rfind(mark, 0, serves.start()) + 1 for mark in (". ", "; ", ": "))):
            if _is_model(one) and not _set_aside(words, serves.start()):
                yield found(one, "derived_from", is_model=True)
    became = passage.cues & _BECAME_CUES and _BECAME.search(words)
    if became and not _set_aside(words, became.start()):
        opening = named(seen, max(words.rfind(mark, 0, became.start()) + 1 for mark in (". ", "; ", ": ")))
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


def _patterns(given: Cues) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Relation, words that stand there too, and expression of what can match where cues *given* stand."""
    places: set[int] = set()
    while given:
        places.update(_BY_CUE[given & -given])
        given &= given - 1
    for place in sorted(places):
        relation, _, also, pattern = _PATTERNS[place]
        yield relation, also, pattern


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
    if one.name.lower().endswith(("-based", "-style", "-like")):
        return False
    if find_dataset(one.name) is not None or _NO_MODELS & set(one.before.split()):
        return False
    if not one.strong and not _SIZED.search(one.name):
        return False
    repo = hub_id(one.target) if one.target else None
    if repo is None:
        return not (one.target and one.target.startswith("#"))
    return repo.startswith("models/")


def _clearly_a_model(one: Named, verb: str) -> bool:
    if _OF_THE_MODEL.match(verb) or re.search(r"pre-?trained", verb, re.I):
        return True
    if verb.lower().startswith("weights ") and (one.apart or is_lower_id(one.name)):
        return True
    if is_lower_id(one.name) and _CONVERTED.match(verb):
        return True
    if is_lower_id(one.name) and _SIZED.search(one.name) and one.noun in ("", "and"):
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
