"""The memo as one HTML page: no script, nothing loaded, every text of others arriving as text."""

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, Template

from duediligence.memo.dress import Dress
from duediligence.memo.environment import INDEX, KEY, TEMPLATES, equipped

if TYPE_CHECKING:
    from duediligence.memo.view import Memo


def to_html(memo: "Memo", dress: Dress | None = None) -> str:
    """The page of *memo*, in a firm's own *dress* if it has one; equal memos and dresses give the same text.

    Raises:
        BadInputError: the firm's template cannot be used; says why.
    """
    dress = dress or Dress()
    if dress.template is not None:
        # Slow to load, and only a firm's own template can rest on what nbconvert offers to one.
        from duediligence.memo.exporter import in_template

        return in_template(memo, dress.template, dress.resources)
    return _template().render(nb={"metadata": {KEY: memo}}, resources=dress.resources)


@cache
def _template() -> Template:
    # Compiled once; nothing of a memo stays in it.
    loader = FileSystemLoader([TEMPLATES / KEY, TEMPLATES])
    return equipped(Environment(loader=loader, autoescape=True)).get_template(INDEX)
