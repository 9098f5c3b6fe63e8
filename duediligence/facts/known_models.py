"""Families of models that people call by one name alone."""

import re

from duediligence.facts.common_words import words_of

_FAMILIES = words_of(
    """
    pegasus camembert albert electra falcon bloom alpaca longformer bart roberta bert flan donut pythia
    starcoder zephyr reformer marian tacotron
    """
)
# Each is what its maker calls it, with whatever version stands behind it.
_WRITERS = re.compile(
    r"(?:chat-?gpt|gpt-?[2-5]|text-davinci|davinci|instructgpt|codex|copilot|claude|gemini|bard|palm|gemma"
    r"|(?:code-?)?llama|mi[sx]tral|qwen|deepseek-?(?:chat|coder|llm|v\d|r\d)|command-?r|nllb|whisper"
    r"|blip|deepl|google translate|nemotron|wizardlm|vicuna)"
    r"(?:[-\s.]?(?:v?\d[\w.]*|o|turbo|instruct|chat|it|base|tiny|small|medium|large|mini|pro|flash|ultra|opus"
    r"|sonnet|haiku|preview))*",
    re.I,
)


def is_known_model(name: str) -> bool:
    """Whether *name* is that of a model everybody knows by it: *ChatGPT*, *GPT-4*, *Claude 3*."""
    return _WRITERS.fullmatch(name) is not None


def is_family(name: str) -> bool:
    """Whether *name* is one of pretrained models written as a plain word with a capital: *Pegasus*."""
    return name.lower() in _FAMILIES or is_known_model(name)
