"""The closed lists of the law files: what a field may hold, and the words a person reads for a fact's key."""

ACTS = (
    "collect",
    "store",
    "publish_dataset",
    "train",
    "memorize",
    "publish",
    "host",
    "fine_tune",
    "deploy",
    "output",
)
ACT_WORDS = {
    "collect": "collecting",
    "store": "storing",
    "publish_dataset": "publishing the dataset",
    "train": "training",
    "memorize": "keeping works in the weights",
    "publish": "publishing the weights",
    "host": "hosting",
    "fine_tune": "fine-tuning",
    "deploy": "deploying",
    "output": "output",
}
ACT_WORDS_OF_DATASET = {
    "train": "training a model on it",
    "memorize": "keeping works in the weights of a model trained on it",
    "publish": "publishing the dataset",
    "output": "output of a model trained on it",
}
"""Those that are named otherwise in a case about a dataset."""

ACTOR_WORDS = {
    "compiler": "compiler",
    "trainer": "trainer",
    "releaser": "releaser",
    "host": "host",
    "fine_tuner": "fine-tuner",
    "deployer": "deployer",
}
ACTORS = tuple(ACTOR_WORDS)
REGIMES = ("copyright", "database", "personality", "data_protection", "ai_act", "contract", "trade_secret")
JURISDICTIONS = ("eu", "de", "uk", "us", "jp", "sg", "ch", "at", "any")
POLARITIES = ("permission", "duty", "constraint", "risk", "right", "fact")
STATUSES = ("established", "supported", "contested", "gap", "not_applicable")
LAW_AXIS = ("settled", "non_final", "disputed", "untested")
OWNERS = ("you", "provider", "counsel")
EACH = ("dataset", "parent", "licensed", "act", "letter")
TOPICS = (
    "use",
    "provider",
    "training",
    "data_protection",
    "copyright",
    "license",
    "ai_act",
    "output",
    "correspondence",
    "matter",
)
TYPES = ("yes_no", "choice", "choices", "text", "date", "number", "place", "places", "file")
WHO = ("you", "engineer", "counsel", "provider", "colleague", "rightsholder", "data_subject")
EFFORTS = ("head", "look_up", "colleague", "write")
"""Cheapest first: known by heart, looked up, asked of a colleague, written for."""

NOBODY = frozenset(
    ("none", "nobody", "no one", "no lawyer", "no", "n/a", "-", "niemand", "kein", "keiner", "keine")
)
"""What people write where a question asks for a person and there is none; the hints name the first two."""

ROLES = ("user", "rightsholder", "data_subject", "counsel", "releaser")
LETTER_BLANKS = ("{repo}", "{link}", "{read}", "{questions}", "{dates}")
"""What the program fills in in a letter."""

SIDES = {"yes": "yes", "no": "no", "open": "left open", "rule": "general rule", "text": "some license texts"}
"""What a court, an author or a text says on a disputed question, in words."""

MATRIX_PLACES = ("eu", "uk", "us")
MATRIX_REGIMES = {
    "copyright": ("copyright", "database"),
    "data_protection": ("data_protection", "personality"),
    "ai_act": ("ai_act",),
    "contract": ("contract", "trade_secret"),
}
"""Columns of the legal-basis matrix, each with the regimes of the findings that stand in it."""

COUNTED = ("years_from_year_end", "years", "months", "days")
"""How the end of a period is found from its beginning."""

YES_NO = ("yes", "no")
UNKNOWN = "unknown"
"""The answer *I do not know*: a value of every type."""

SOURCE_TYPES = (
    "statute",
    "decision",
    "guidance",
    "license_text",
    "contract",
    "paper",
    "record",
    "practice",
)
SOURCE_STATES = ("settled", "contested", "pending")
CONFIRMED = {
    "P": "read in the original",
    "S": "read in a secondary source",
    "R": "only cited",
    "K": "not checked",
}
LETTERS = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "L0", "L00")
"""References of the letters while the folder ``letters/`` holds none."""

REPO_KINDS = ("models", "datasets")

OPERATORS = ("is", "is_not", "includes", "in", "stated", "read", "before", "after", "at_least", "at_most")

OPERATORS_FOR = {
    "yes_no": ("is", "is_not", "in", "stated"),
    "choice": ("is", "is_not", "in", "includes", "stated"),
    "choices": ("is", "is_not", "in", "includes", "stated"),
    "text": ("stated",),
    "file": ("stated",),
    "date": ("is", "is_not", "before", "after", "at_least", "at_most", "stated"),
    "number": ("is", "is_not", "at_least", "at_most", "stated"),
    "place": ("is", "is_not", "in", "includes", "stated"),
    "places": ("is", "is_not", "in", "includes", "stated"),
}
"""Which comparisons make sense for which type of question."""

FACT_WORDS = {
    "license": "a license",
    "license_name": "a name for its license",
    "license_link": "a link to its license",
    "datasets": "datasets",
    "source_datasets": "source datasets",
    "base_model": "a base model",
    "base_model_relation": "how it was made from its base model",
    "language": "a language",
    "pipeline_tag": "what it is for",
    "task_categories": "what the dataset is for",
    "task_ids": "what exactly the dataset is for",
    "extra_gated_prompt": "terms of access",
    "extra_gated_eu_disallowed": "whether people in the EU are refused",
    "gated": "whether access is restricted",
    "files": "a license or notice file among its files",
    "training_data": "its training data",
    "evaluation_data": "its evaluation data",
    "undisclosed_data": "that its training data is not disclosed",
    "generated_by": "which models made the data",
    "memorization": "whether works are memorized or doubled",
    "legal_basis": "a legal basis",
    "personal_data": "anything about personal data",
    "provider": "who provides it",
    "contact": "a contact",
    "intended_use": "an intended use",
    "out_of_scope_use": "uses that are out of scope",
    "excluded_places": "that places are left out",
    "compute": "training compute",
    "compute.share": "what share of the base model's compute was used",
    "chain.more_permissive": "whether its license promises more than a parent's",
    "chain.names_asked": "how many licenses upstream ask for a name or words of their own",
    "chain.terms_conflict": "whether licenses of the chain exclude each other",
    "license.disagree": "whether its sources disagree about the license",
    "license.changed": "whether the license changed",
    "reservation.before_crawl": "whether rights were reserved before the crawl",
    "deadline.passed": "whether a deadline has passed",
    "reply.late": "whether an answer came late",
    "known.years": "how many whole years ago the use was first known",
    "discussion": "anything in its discussions",
}
"""Every key of a fact a condition may name, and its words after *states*; ``license.TERM`` comes on top."""

COMPUTED_WORDS = {
    "chain.more_permissive": (
        "the license of {repo} leaves out a term of a license upstream",
        "the license of {repo} leaves out no term of a license upstream",
    ),
    "chain.terms_conflict": (
        "one license of the chain of {repo} forbids what another demands",
        "no license of the chain of {repo} forbids what another demands",
    ),
    "license.disagree": (
        "the sources of {repo} name different licenses",
        "the sources of {repo} do not contradict each other on the license",
    ),
    "license.changed": ("the license of {repo} has changed", "the license of {repo} has not changed"),
    "reservation.before_crawl": (
        "rights were reserved before {repo} was collected",
        "rights were not reserved before {repo} was collected",
    ),
    "deadline.passed": ("a deadline has passed", "no deadline has passed"),
    "reply.late": ("the answer came after its period was over", "the answer came in time"),
}
"""Keys of comparisons that are true or false, each with a clause for true and one for false."""

TRUE_OR_FALSE = (*COMPUTED_WORDS, "extra_gated_eu_disallowed")
"""Keys whose facts say ``true`` or ``false``."""

WORLD_KEYS = (
    "datasets",
    "source_datasets",
    "base_model",
    "base_model_relation",
    "language",
    "training_data",
    "evaluation_data",
    "undisclosed_data",
    "generated_by",
    "memorization",
    "legal_basis",
    "personal_data",
    "provider",
    "contact",
    "compute",
)
"""Keys under which somebody declares something about the world. Terms that are offered (license, gating,
files) are not among them: what is offered is as the text says."""
