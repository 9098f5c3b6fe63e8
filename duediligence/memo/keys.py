"""The keys of facts as the memo names and groups them."""

from duediligence.facts.fact import Fact
from duediligence.memo.words import plain
from duediligence.repo import kind_of

GROUPS = {
    "License": "license license_name license_link license.disagree license.changed "
    "chain.more_permissive chain.names_asked chain.terms_conflict",
    "Model tree and training data": "base_model base_model_relation datasets source_datasets training_data "
    "evaluation_data undisclosed_data generated_by memorization compute compute.share",
    "Legal basis and people's data": "legal_basis personal_data reservation.before_crawl discussion",
    "Uses and limits": "intended_use out_of_scope_use excluded_places pipeline_tag task_categories "
    "task_ids language",
    "People and contact": "provider contact",
    "Access": "gated extra_gated_prompt extra_gated_eu_disallowed files",
}
"""Heading to the keys under it, in order, as the Hub groups them."""

KEYS = {
    "license": "license",
    "license_name": "name of the license",
    "license_link": "address of the license",
    "license.disagree": "places differ on the license",
    "license.changed": "license changed",
    "chain.names_asked": "licenses upstream that ask for a name or words of their own",
    "chain.terms_conflict": "licenses of the chain that exclude each other",
    "chain.more_permissive": "fewer terms than a repository it is made from",
    "base_model": "base model",
    "base_model_relation": "relation to the base model",
    "datasets": "datasets declared",
    "source_datasets": "source datasets",
    "training_data": "training data",
    "evaluation_data": "evaluation data",
    "undisclosed_data": "data that is not named",
    "generated_by": "models that made data",
    "memorization": "memorization and duplicates",
    "legal_basis": "legal basis",
    "personal_data": "personal data",
    "provider": "provider",
    "contact": "contact",
    "intended_use": "intended use",
    "out_of_scope_use": "use out of scope",
    "excluded_places": "places left out",
    "pipeline_tag": "task",
    "task_categories": "task",
    "task_ids": "kind of task",
    "language": "language",
    "gated": "access terms",
    "extra_gated_prompt": "text of the access terms",
    "extra_gated_eu_disallowed": "exclusion of the European Union in the access terms",
    "files": "license or notice files",
    "compute": "training compute",
    "discussion": "discussions",
    "deadline.passed": "a deadline has passed",
    "compute.share": "share of the base model's compute",
}

TERM = "license."
"""Prefix of the keys that hold the terms of a license."""


def is_term(key: str) -> bool:
    """Whether *key* holds one term of a license, such as ``license.commercial_use``."""
    return key.startswith(TERM) and key not in KEYS


def key_words(key: str) -> str:
    """A key in words."""
    return KEYS.get(key) or plain(key.removeprefix(TERM))


def fact_words(fact: Fact) -> str:
    """The key of *fact* in words; no pipeline tag of a data set is no missing task: it never has one."""
    of_data = fact.key == "pipeline_tag" and kind_of(fact.repo) == "datasets"
    return "pipeline tag" if of_data else key_words(fact.key)
