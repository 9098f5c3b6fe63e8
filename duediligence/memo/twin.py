"""The memo's machine-readable twin: the same inputs as JSON, in the forms of the contract."""

import json
from pathlib import Path
from typing import Any

from duediligence.history import Answer
from duediligence.memo.exhibits import Exhibits, order
from duediligence.memo.inputs import MemoInputs

_SCHEMA = Path(__file__).parent / "schema" / "memo.schema.json"


def to_json(inputs: MemoInputs) -> str:
    """*inputs* as ASCII JSON with a newline at the end, lists sorted; same inputs, same bytes."""
    return json.dumps(twin(inputs), ensure_ascii=True, indent=1, allow_nan=False) + "\n"


def schema_text() -> str:
    """The JSON Schema of the twin, as it is published."""
    return _SCHEMA.read_text("utf-8")


def twin(inputs: MemoInputs) -> dict[str, Any]:
    """The object of the twin: ``schema``, what the memo was made from, then each list."""
    ex = Exhibits(inputs)
    lineage = inputs.lineage
    return {
        "schema": 1,
        "repo": inputs.repo,
        "made_from": sorted(inputs.made_from),
        "as_of": inputs.as_of.isoformat(),
        "law_digest": inputs.law.digest,
        "program": inputs.program,
        "draft": inputs.draft,
        "sample": inputs.sample,
        "time_zone": inputs.time_zone,
        "facts": [
            fact.to_json()
            for fact in sorted(inputs.facts, key=lambda f: (f.repo, f.key, f.source or "", f.id))
        ],
        "lineage": {
            "repos": [node.to_json() for node in sorted(lineage.repos, key=lambda node: node.id)],
            "edges": [edge.to_json() for edge in sorted(lineage.edges, key=lambda edge: edge.id)],
            "complete": lineage.complete,
            "limits": list(lineage.limits),
        },
        "questions": [
            one.to_json() for one in sorted(inputs.asked, key=lambda a: (a.question.id, a.about or ""))
        ],
        "answers": [_answer(answer) for answer in sorted(ex.answers, key=_address)],
        **{key: part for key, part in inputs.findings.to_json().items() if key in ("findings", "waiting")},
        "numbers": [
            {"id": id, "about": about, "number": number}
            for (id, about), number in sorted(
                ex.numbers.items(), key=lambda one: (one[0][0], one[0][1] or "")
            )
        ],
        **({"since": inputs.since.to_json()} if inputs.since else {}),
        "dates": [one.to_json() for one in inputs.findings.dates],
        "matrix": {key: part for key, part in ex.matrix.to_json().items() if key != "schema"},
        "derivative": {key: part for key, part in ex.derivative.to_json().items() if key != "schema"},
        "evidence": [
            entry.to_json() for _, entry in sorted(ex.evidence.items(), key=lambda item: order(item[0]))
        ],
        "without_body": [entry.to_json() for entry in inputs.entries if entry.evidence is None],
        "limits": list(inputs.limits),
    }


def _address(answer: Answer) -> tuple[str, str, str]:
    return answer.question, answer.about or "", answer.event


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "about": answer.about,
        "value": answer.value if isinstance(answer.value, str) else list(answer.value),
        "reason": answer.reason,
        "says": answer.says,
        "by": answer.by,
        "at": answer.at,
        "event": answer.event,
        "ask": answer.ask,
        "files": list(answer.files),
        "kept_by": answer.kept_by,
    }
