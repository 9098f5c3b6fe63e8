"""The words of the screens that the memo does not have."""

TOPICS = {
    "use": "Your plans",
    "provider": "The provider",
    "training": "Training data",
    "data_protection": "People's data",
    "copyright": "Copyright",
    "license": "License",
    "ai_act": "AI Act",
    "output": "Output",
    "correspondence": "Letters and replies",
    "matter": "This matter",
}
SOURCES = {
    "api": "the Hub's own data",
    "front_matter": "the card's metadata",
    "license_file": "a license file",
    "prose": "the card's text",
    "discussion": "a discussion",
    "page": "a page outside the Hub",
    "computed": "worked out from other facts",
}
EFFORT = {
    "head": "from your head",
    "look_up": "look it up",
    "colleague": "ask a colleague",
    "write": "needs writing",
}
OWNERS = {
    "you": "For you",
    "provider": "For the provider",
    "counsel": "For counsel",
}


def capitalized(text: str) -> str:
    """*text* with its first letter as a capital."""
    return text[:1].upper() + text[1:]
