"""What several statements of a license add up to."""

from datetime import date

import pytest

from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.facts.license_names import hub_license
from duediligence.facts.license_texts import recognize
from duediligence.facts.licenses import computed_facts
from duediligence.facts.lineage import read_lineage
from duediligence.knowledge.law import Law, License

REPO = "models/m/m"


def law():
    """A small law: terms in order from the freest value, five licenses."""
    terms = {
        "commercial_use": {"values": {"yes": "", "conditional": "", "no": "", "unknown": ""}},
        "share_alike": {"values": {"none": "", "adapted_material": "", "unknown": ""}},
    }
    texts = {
        "mit": ("yes", "none"),
        "cc-by-4.0": ("yes", "none"),
        "cc-by-nc-4.0": ("no", "none"),
        "cc-by-sa-4.0": ("yes", "adapted_material"),
        "apache-2.0": ("yes", "none"),
        "odbl": ("yes", "unknown"),
    }
    licenses = {
        name: License(
            id=name,
            names=(),
            title=name,
            spdx=None,
            family=name,
            ambiguous=False,
            terms=dict(zip(terms, values, strict=True)),
            address=None,
            confirmed="K",
        )
        for name, values in texts.items()
    }
    for name in ("cc", "unknown", "other"):
        licenses[name] = License(
            id=name,
            names=(),
            title=name,
            spdx=None,
            family=name,
            ambiguous=True,
            terms={},
            address=None,
            confirmed="K",
        )
    licenses["other:harbour"] = License(
        id="harbour",
        names=("harbour",),
        title="Harbour License",
        spdx=None,
        family="own",
        ambiguous=False,
        terms={"commercial_use": "conditional", "share_alike": "none"},
        address=None,
        confirmed="K",
    )
    return Law(
        digest="0" * 64,
        as_of=date(2026, 11, 22),
        authorities={},
        licenses=licenses,
        terms=terms,
        questions=(),
        rules=(),
        periods=(),
        letters={},
        disputes=(),
        matrix=(),
        groups={},
        places={},
    )


def license(value, source="front_matter", repo=REPO, key="license"):
    """One license fact."""
    file = {"api": "info", "license_file": "LICENSE"}.get(source, "README.md")
    quoted = source in ("prose", "license_file")
    return Fact(
        repo=repo,
        key=key,
        value=value,
        state="stated",
        source=source,
        file=file,
        quote=value if quoted else None,
        evidence="E2",
    )


def computed(*facts):
    """Key to values of what is computed for `REPO`; ``None`` for an absent one."""
    info = Entry(
        repo=REPO,
        resource="info",
        url="",
        state="present",
        revision=None,
        received_at="",
        sha256=None,
        length=None,
        evidence=None,
        record=None,
    )
    absent = Fact(repo=REPO, key="language", value=None, state="absent")
    everything = (absent, *facts)
    found = computed_facts(everything, read_lineage(REPO, [info], everything, {}), law())
    assert all(fact.source == "computed" for fact in found if fact.state == "stated")
    return {
        key: [fact.value for fact in found if fact.key == key and fact.repo == REPO]
        for key in {fact.key for fact in found}
    }


@pytest.mark.parametrize(
    ("facts", "values"),
    [
        ([license("cc-by-nc-4.0")], ["no"]),
        ([license("cc-by-nc-4.0"), license("CC BY-NC 4.0", "prose"), license("cc-by-nc-4.0", "api")], ["no"]),
        ([license("mit"), license("cc-by-nc-4.0", "license_file")], ["no", "yes"]),
        ([license("other"), license("Harbour", key="license_name")], ["conditional"]),
        ([license("MIT OR Apache-2.0")], ["yes"]),
        ([license("other")], [None]),
        ([license("unknown")], [None]),
        ([license("cc")], [None]),
        ([license("of our own")], [None]),
        ([license("MIT OR Of-Our-Own")], [None]),
        ([], [None]),
    ],
)
def test_terms_are_those_of_the_licenses_stated(facts, values):
    """Sources that agree give one value, others one each; a name without a text gives none."""
    assert computed(*facts)["license.commercial_use"] == values


def test_a_term_the_law_does_not_know_is_absent():
    """Nothing is assumed from a license nobody read."""
    assert computed(license("odbl"))["license.share_alike"] == [None]


def test_computed_facts_rest_on_the_facts_they_came_from():
    """So that a finding can show them."""
    one, other = license("mit"), license("MIT license", "prose")
    everything = (one, other)

    found = computed_facts(everything, read_lineage(REPO, [], everything, {}), law())

    (use,) = [fact for fact in found if fact.key == "license.commercial_use"]
    (agree,) = [fact for fact in found if fact.key == "license.disagree"]
    assert use.rests_on == agree.rests_on == (one.id, other.id)


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([license("mit"), license("MIT", "api"), license("The MIT License", "prose")], "false"),
        ([license("Apache-2.0"), license("Apache License, Version 2.0", "prose")], "false"),
        ([license("mit"), license("apache-2.0", "license_file")], "true"),
        ([license("mit"), license("Harbour License", "license_file")], "true"),
        (
            [
                license("other"),
                license("harbour", key="license_name"),
                license("Harbour License", "license_file"),
            ],
            "false",
        ),
        ([license("mit"), license("cc-by-4.0", "api")], "true"),
        ([license("cc"), license("CC BY 4.0", "prose")], "false"),
        ([license("mit"), license("our own terms", "prose")], "false"),
        (
            [license("cc-by-4.0"), license("odbl"), license("odbl", "api"), license("cc-by-4.0", "api")],
            "false",
        ),
        ([license("other"), license("MIT", "prose")], "false"),
        ([license("mit")], "false"),
        ([], None),
    ],
)
def test_sources_disagree_when_they_name_different_licenses(facts, value):
    """Spelling is no difference; neither is a family beside its member."""
    assert computed(*facts)["license.disagree"] == [value]


@pytest.mark.parametrize(
    ("own", "theirs", "value"),
    [
        ("mit", "mit", "false"),
        ("mit", "cc-by-nc-4.0", "true"),
        ("mit", "cc-by-sa-4.0", "true"),
        ("cc-by-nc-4.0", "mit", "false"),
        ("unknown", "mit", None),
        ("mit", "unknown", None),
        ("mit", None, None),
        (None, "mit", None),
    ],
)
def test_a_chain_is_more_permissive_when_a_term_is_dropped(own, theirs, value):
    """Open where a license is missing."""
    facts = [license("p/p", key="base_model")]
    facts += [license(own)] if own else []
    facts += [license(theirs, repo="models/p/p")] if theirs else []

    assert computed(*facts)["chain.more_permissive"] == [value]


def test_a_dropped_term_far_up_the_chain_counts():
    """The parent's parent binds too."""
    facts = [
        license("mit"),
        license("p/p", key="base_model"),
        license("mit", repo="models/p/p"),
        license("q/q", repo="models/p/p", key="base_model"),
        license("cc-by-nc-4.0", repo="models/q/q"),
    ]

    assert computed(*facts)["chain.more_permissive"] == ["true"]


def test_without_parents_nothing_is_more_permissive():
    """There is no chain to be shorter than."""
    assert computed(license("mit"))["chain.more_permissive"] == ["false"]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("MIT", "mit"),
        ("Apache License, Version 2.0", "apache-2.0"),
        ("apache-2.0", "apache-2.0"),
        ("GNU General Public License v3.0", "gpl-3.0"),
        ("AGPLv3", "agpl-3.0"),
        ("BSD 3-Clause", "bsd-3-clause"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International", "cc-by-nc-sa-4.0"),
        ("CC BY-ND 4.0", "cc-by-nd-4.0"),
        ("CC0 1.0", "cc0-1.0"),
        ("CreativeML Open RAIL++-M License", "openrail++"),
        ("The CreativeML OpenRAIL M license", "creativeml-openrail-m"),
        ("Llama 3.1 Community License", "llama3.1"),
        ("llama2", "llama2"),
        ("Gemma Terms of Use", "gemma"),
        ("CC BY", None),
        ("MIT University", None),
        ("our own license", None),
    ],
)
def test_names_of_licenses_become_hub_ids(name, id):
    """Only what names one text."""
    assert hub_license(name) == id


@pytest.mark.parametrize(
    ("text", "value", "line"),
    [
        (
            "Apache License\nVersion 2.0, January 2004\n… 2. Grant of Copyright License. …",
            "apache-2.0",
            "Apache License",
        ),
        (
            "Copyright 2026 Harbour\n\nRedistribution and use in source and binary forms, with or without\n"
            "modification … must retain the above copyright … Neither the name of … PROVIDED AS IS …",
            "bsd-3-clause",
            "Redistribution and use in source and binary forms, with or without",
        ),
        (
            "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n… “Llama Materials” … 700 million monthly active users …",
            "llama3.1",
            "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT",
        ),
        (
            "Not the Apache License.\nAll rights reserved.",
            "Not the Apache License.",
            "Not the Apache License.",
        ),
        ("\n\n## Harbour License 2 ##\nYou may sail.", "Harbour License 2", "Harbour License 2"),
    ],
)
def test_license_texts_are_told_by_their_own_words(text, value, line):
    """Title and phrases; what is not known keeps its first line and is never guessed."""
    found = recognize(text)

    assert (found.value, text[found.start : found.end]) == (value, line)


def test_a_text_with_additions_is_another_license():
    """MIT with a ban on business use is not MIT."""
    text = (
        "Permission is hereby granted, free of charge, to any person obtaining a copy …\n"
        "substantial portions … AS IS\n" + "You may not use it in business. " * 40
    )

    assert recognize(text).value == "mit (changed text)"
    assert recognize(" \n\t") is None


@pytest.mark.parametrize(
    ("added", "changed"),
    [
        ("", False),
        ("The Software shall not be used for military ends.\n", True),
        ("Use is granted for non-commercial purposes.\n", True),
        ("This license does not extend to people who live in the European Union.\n", True),
        ("You may not offer the Software to the public.\n", True),
        ("The name of Harbour may not be used to endorse what is made from it.\n", False),
        ('"Commons Clause" License Condition v1.0: the Software may not be sold.\n', True),
        ("Copyright (c) 2024 Harbour; copyright (c) 2025 Quay\n", False),
    ],
)
def test_one_added_condition_makes_another_license(added, changed):
    """A short ban in a short text is seen; a second line of copyright is none."""
    text = (
        "MIT License\n\nCopyright (c) 2026 Harbour\n\n"
        "Permission is hereby granted, free of charge, to any person obtaining a copy …\n"
        f"substantial portions …\n{added}THE SOFTWARE IS PROVIDED AS IS …\n"
    )
    assert (recognize(text).value == "mit (changed text)") is changed


def test_a_changed_text_disagrees_with_the_tag_and_has_no_terms():
    """The tag says MIT, the file is MIT with a ban: two licenses, and the second has no known terms."""
    facts = computed(license("mit"), license("mit (changed text)", source="license_file"))

    assert facts["license.disagree"] == ["true"]
    only = computed(license("mit (changed text)", source="license_file"))
    assert only["license.commercial_use"] == [None]


def test_what_is_free_for_all_purposes_is_no_changed_text():
    """The Unlicense says *commercial or non-commercial* itself."""
    text = "This is free and unencumbered software released into the public domain.\n" + (
        "Anyone may use it, for any purpose, commercial or non-commercial, and by any means.\n"
    )
    assert recognize(text).value == "unlicense"
