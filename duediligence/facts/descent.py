"""The ways a card says what a model comes from: relation, expression, and what must stand there."""

import operator
import re
from collections.abc import Iterator
from functools import reduce

from duediligence.facts.cues import Cues, cues

_THE = r"(?:the\s+|a\s+|an\s+|our\s+|original\s+|official\s+|base\s+|public\s+|released\s+|existing\s+)*"
_WEIGHTS = r"(?:(?:pre-?trained\s+)?(?:weights|parameters|checkpoints?|instances?|copy)\s+(?:of|from)\s+)?"
SIZES = "base|large|small|mini|tiny|medium|xl|xxl|\\d+(?:\\.\\d+)?[bm]"
_OWN = r"(?:models?|checkpoints?|weights)\b"
_PART = (
    r"(?:(?:(?:text|image|vision|visual|speech|audio|language|frozen)[ -])*"
    r"(?:encoder|decoder|tower|backbone|autoencoder|vae|language model|llm)\b)"
)
_NAME = (
    r"(?!(?:an?|the|this|our|models?|(?:pre|fine)-?\s?(?:train|tun)\w*)\s)"
    rf"(?:(?-i:[A-Z])|[\w.-]+/\w|\w+-(?:\w+-)?(?:{SIZES})\b)\S*(?:\s(?:(?-i:[A-Z\d])\S*|base|large|small|v\d\S*)){{0,3}}"
)
_PARTS_OF_MODELS = "encoder decoder tower backbone autoencoder vae language_model llm"
PRETRAINED = r"(?:fixed,?\s+|frozen,?\s+|pre-?trained\s+)"

_WAYS = tuple(
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
            r"\binitiali[sz]ed\s+(?:(?:the\s+|its\s+)?(?:weights|parameters)\s+(?:of\s+(?:the|our)\s+model\s+)?)?"
            rf"(?:from|with|using|by)\s+{_THE}{_WEIGHTS}{_THE}",
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
            rf"|\S*(?:\d|-(?:{SIZES})\b)\S*\s+(?:on|with|using|for)\b)",
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
            rf"\b(?:adapted|trained|tuned|derived|aligned)\s+from\s+(?!scratch\b){_THE}{_WEIGHTS}",
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
            "weights original_model base_model",
            r"\b(?:weights\s+(?:come|came|are|were)(?:\s+taken)?|(?:original|base) model (?:is|was))\s+"
            rf"from\s+{_THE}{_WEIGHTS}",
            "from",
        ),
        (
            "derived_from",
            "base",
            rf"\bbase\s+(?:language\s+|pre-?trained\s+|tokenizer\s+and\s+)?model\s+"
            rf"(?:used\s+(?:for\s+(?:training|fine-?tuning)\s+)?)?(?:is|was)\s+{_THE}",
            "model",
        ),
        (
            "finetuned_from",
            "this_model",
            rf"\bthis\s+model\s+is\s+{_THE}(?={_NAME}\s(?:fine-?tuned|trained)\son\b)",
            "ned on",
        ),
        (
            "finetuned_from",
            "finetuned fine-tuned",
            rf"\bfine-?tuned\s+on\s+[^.;]{{2,80}}?\sversion\s+of\s+{_THE}",
            "version of",
        ),
        (
            "finetuned_from",
            "finetuned fine-tuned",
            r"\((?=[\w.-]+/[\w.-]+\)\s(?:[\w-]+\s)?model\sfine-?tuned\b)",
            "model fine",
        ),
        (
            "distilled_from",
            "distillation",
            rf"\bdistillation\s+(?:signal|loss|targets?)\s+from\s+{_THE}",
            "from",
        ),
        (
            "initialized_from",
            _PARTS_OF_MODELS,
            rf"\bfor\s+(?:(?:the|our)\s+)?(?:[\w-]+\s+and\s+)?{_PART}[^.;,]{{0,30}},\s+we\s+(?:choose|chose|use|adopt)\s+{_THE}",
            "we ",
        ),
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
            rf"\b(?:with|using|utili[sz]ing|(?:we|and) (?:chose|took|take|used?|adopt(?:ed)?))\s+{_THE}"
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
            r"\b(?:is|this)\s+an?\s+"
            r"(?=\S+\smodel,?\s(?:that\s(?:was|is|has been)\s)?(?:further\s)?fine-?tuned\b)",
            "is a",
        ),
        (
            "finetuned_from",
            "finetuned fine-tuned",
            rf"\bfine-?tuned\s+on\s+{_THE}(?=(?-i:[A-Z])\S*(?:\s\S+)?\smodel\b)",
            "model",
        ),
        (
            "finetuned_from",
            "adapt",
            rf"\badapt(?:ed|s|ing)?\s+{_THE}(?=[^,.;]{{2,60}}?\s(?:to|on)\s(?:[^.;]|\.\d){{2,200}}\b(?:pre-?)?training\b)",
            "training",
        ),
        (
            "finetuned_from",
            "using with",
            rf"\b(?:using|with)\s+{_THE}(?={_NAME}\s(?:model\s)?fine-?tuned\s(?:on|for)\b)",
            "tuned ",
        ),
        (
            "finetuned_from",
            "trained pretrained",
            rf"^\W*(?:an?\s+)?(?=\S+-(?:{SIZES})(?:-\w+)?\smodel,?\s(?:further\s)?(?:pre-?)?trained\son\b)",
            "model",
        ),
        (
            # "GPT-2 fine-tuned on X."
            "finetuned_from",
            "finetuned fine-tuned trained",
            r"(?:^\W*|\()(?:(?:this is|an?|the|adapted|modified|pre-?trained)\s+)*"
            rf"(?={_NAME}(?:\s(?:base|large|small))?(?:\s\([^()]{{1,40}}\))?(?:\smodel)?,?\s(?:further\s)?"
            r"(?:fine-?tuned(?:\sfurther)?|trained\sfurther)\s(?:on|for|to|with|using)\b)",
        ),
        (
            "finetuned_from",
            "finetuned fine-tuned",
            rf"(?<=\s)(?=\S+-(?:{SIZES})(?:-\w+)*\s(?:model\s)?fine-?tuned\s(?:on|for)\b)",
        ),
        (
            "finetuned_from",
            "finetuned fine-tuned",
            rf"\bfine-?tuned\s+(?:[\w-]+\s+){{0,3}}(?:on\s+top\s+of|based\s+on)\s+{_THE}",
            " on ",
        ),
        (
            "finetuned_from",
            "to_fine",
            rf"\b(?:we|i)\b[^.;]{{2,160}}\bto\s+fine-?tune\s+{_THE}(?={_NAME}(?:[.,;]|\s(?:on|for|with|to)\b|$))",
            "to fine",
        ),
        (
            "finetuned_from",
            "based",
            rf"\bmodel,?\s+based\s+on\s+{_THE}(?=[^,.;]{{2,60}},?\s(?:and\s+)?(?:(?:was|is|then|further)\s+)*"
            r"(?:fine-?tuned|trained)\b)",
            "tuned",
        ),
        (
            "initialized_from",
            "starting",
            r"\bstarting\s+point\s+(?:for|of)\s+[^.;:]{2,40}?\s(?:is|was)\s+"
            r"(?:(?:the|an?|already|pre-?trained|fine-?tuned|and)\s+)*",
            "starting point",
        ),
        (
            "initialized_from",
            _PARTS_OF_MODELS,
            rf"\b(?:the|its|our)\s+{_PART}\s+(?:is|was)\s+an?\s+(?=\S*[-/]\S*\s(?:model|checkpoint)\b)",
        ),
        (
            "finetuned_from",
            "trained pretrained prepre",
            rf"\bis\s+an?\s+(?=\S+-(?:{SIZES})(?:-\w+)?\smodel,?\s(?:that\s(?:was|is|has been)\s)?"
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
            rf"(?:the\s+|taken from\s+|from\s+)*{PRETRAINED}*(?=(?-i:[A-Z])\S*[\d-])"
            r"(?=\S+(?:\s(?-i:[A-Z\d])\S*){0,3}(?:\s*$|\s(?:and|which|that|with|from|by|as|of)\s|\s\())",
        ),
        (
            "initialized_from",
            _PARTS_OF_MODELS,
            rf"\b(?:with|us(?:es|ed|ing)|(?:we|i|they) use|and|utili[sz](?:es?|ing)|adopts?|employs?"
            rf"|takes?)\s+(?:the\s+)?{PRETRAINED}*"
            rf"(?=(?-i:[A-Z])\S*(?:\s(?!(?:an?|the|with|and)\s)[^\s,;]+){{0,3}}\s+as\s+(?:(?:an?|the|its|our)\s+)?{_PART})",
            " as ",
        ),
        (
            "initialized_from",
            "combin pair connect coupl bridg",
            rf"\b(?:combin|pair|connect|coupl|bridg)\w*\s+(?:the\s+|an?\s+(?={PRETRAINED}))?{PRETRAINED}*"
            rf"(?=(?-i:[A-Z])\S*(?:\s[\w-]+){{0,2}}?\s{_PART})",
        ),
        (
            "initialized_from",
            "combin pair connect coupl bridg",
            rf"\b(?:combin|pair|connect|coupl|bridg)\w*\s[^.;,]{{2,80}}?\s{_PART}[^.;,]{{0,20}}?\s(?:with|to|and)\s+"
            rf"(?:the\s+)?{PRETRAINED}*(?=(?-i:[A-Z])\S*\d)",
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
        ("merged_from", "merg", rf"\bmerg(?:e|es|ed|ing)\s(?:[^,.;]{{2,80}}?\s)?with\s+{_THE}", "with"),
        (
            "derived_from",
            "underlying",
            rf"\bunderlying\s+(?:base\s+|language\s+)?(?:model|checkpoint|llm)\s+(?:is|was)\s+{_THE}",
        ),
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
            _PARTS_OF_MODELS,
            rf"\b(?:the|an?)\s+{PRETRAINED}*{_PART}\s+(?:of|from)\s+{_THE}"
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
            r"\b(?:an?|the)\s+(?:frozen|pre-?trained)\s+"
            rf"(?=(?:\S+-(?:{SIZES})\S*|(?-i:[A-Z])\S*\d\S*)\s(?:\w+\s)?(?:encoder|decoder|backbone|tower))",
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
    for place, (_, wanted, _, _) in enumerate(_WAYS):
        while wanted:
            out.setdefault(wanted & -wanted, []).append(place)
            wanted &= wanted - 1
    return out


_BY_CUE = _places_by_cue()
ANY = reduce(operator.or_, (wanted for _, wanted, _, _ in _WAYS))
"""Every cue of one of them."""


def ways(given: Cues) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Relation, words that stand there too, and expression of what can match where cues *given* stand."""
    places: set[int] = set()
    while given:
        places.update(_BY_CUE[given & -given])
        given &= given - 1
    for place in sorted(places):
        relation, _, also, pattern = _WAYS[place]
        yield relation, also, pattern
