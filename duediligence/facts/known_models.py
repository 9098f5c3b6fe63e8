"""Families of models that people call by one name alone, and that write, translate or transcribe."""

import re

from duediligence.facts.common_words import words_of

FAMILIES = words_of(
    """
    pegasus camembert albert electra llama mistral mixtral qwen gemma falcon bloom vicuna alpaca whisper
    longformer bart roberta bert flan donut pythia starcoder zephyr reformer marian tacotron
    """
)
"""Pretrained models that people write as plain words with a capital: *Pegasus model*."""

# Each is what its maker calls it, with whatever version stands behind it.
_FAMILIES = re.compile(
    r"(?:chat-?gpt|gpt-?[2-5]|text-davinci|davinci|instructgpt|codex|copilot|claude|gemini|bard|palm|gemma"
    r"|(?:code-?)?llama|mi[sx]tral|qwen|deepseek-?(?:chat|coder|llm|v\d|r\d)|command-?r|nllb|whisper"
    r"|blip|deepl|google translate|nemotron|wizardlm|vicuna)"
    r"(?:[-\s.]?(?:v?\d[\w.]*|o|turbo|instruct|chat|it|base|tiny|small|medium|large|mini|pro|flash|ultra|opus"
    r"|sonnet|haiku|preview))*",
    re.I,
)


def is_known_model(name: str) -> bool:
    """Whether *name* is that of a model everybody knows by it: *ChatGPT*, *GPT-4*, *Claude 3*."""
    return _FAMILIES.fullmatch(name) is not None
