"""The law as a case about a dataset reads it: the same entries under the same ids, worded for data."""

from dataclasses import replace

from duediligence.knowledge.law import Dispute, Law, MatrixRow, Question, Rule
from duediligence.knowledge.vocabulary import ACT_WORDS_OF_DATASET


def of_dataset(law: Law) -> Law:
    """*law* for a case about a dataset; ids, conditions and sources stay."""
    return replace(
        law,
        questions=tuple(map(_question, law.questions)),
        rules=tuple(map(_rule, law.rules)),
        letters={id: replace(one, **one.of_dataset) for id, one in law.letters.items()},
        disputes=tuple(map(_dispute, law.disputes)),
        matrix=tuple(_row(row) for row in law.matrix if not row.of_models),
        acts={**law.acts, **ACT_WORDS_OF_DATASET},
    )


def _question(one: Question) -> Question:
    said = dict(one.of_dataset)
    if "choices" in said:
        said["choices"] = {**one.choices, **said["choices"]}
    return replace(one, **said) if said else one


def _rule(one: Rule) -> Rule:
    return replace(one, **one.of_dataset) if one.of_dataset else one


def _dispute(one: Dispute) -> Dispute:
    said = dict(one.of_dataset)
    if "follows" in said:
        said["follows"] = {**one.follows, **said["follows"]}
    return replace(one, **said) if said else one


def _row(row: MatrixRow) -> MatrixRow:
    """What the case publishes is the dataset: claims about the act *publish* stand in that row."""
    return replace(row, actor="releaser", act="publish") if row.act == "publish_dataset" else row
