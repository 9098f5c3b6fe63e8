"""The one door to the validator that the authors of CycloneDX wrote; it is an extra."""

from duediligence.errors import BadInputError, how_to_install

_MISSING = (
    "The validator of CycloneDX is not installed, so the bill of materials was not checked and NOT written. "
    f"{how_to_install('bom')}, or leave --check away."
)


def problem(text: str) -> str | None:
    """Why *text* is no valid bill of materials, in the validator's words; ``None`` when it is one.

    Raises:
        BadInputError: the validator is not installed.
    """
    try:
        from cyclonedx.exception import MissingOptionalDependencyException
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator
    except ImportError as error:
        raise BadInputError(_MISSING) from error
    try:
        found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    except MissingOptionalDependencyException as error:
        raise BadInputError(_MISSING) from error
    return None if found is None else str(found)
