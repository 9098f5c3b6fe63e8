"""What a card says the training was run on, for how long and where, by label: *Hours used: 150000*."""

from duediligence.facts.passage import Passage
from duediligence.facts.statement import Statement, is_placeholder, statement
from duediligence.facts.titles import titles

LABEL = titles(
    r"^(?:hardware(?: type)?|hours used|training (?:time|hardware|hours|compute|duration)|gpu hours"
    r"|cloud provider|compute region|compute(?: infrastructure)?|(?:total )?flops|number of gpus)$",
    "hardware hours training gpu cloud compute total flops number",
)


def compute(passage: Passage) -> Statement | None:
    """One line on machines, time or place of the training, under a label that says so."""
    if not passage.labelled & LABEL:
        return None
    said = passage.told
    return statement("compute", passage) if said and not is_placeholder(said) else None
