"""The report's JSON Schema as tests use it: stricter than it ships, so that a key that it does not describe fails."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker


def shipped_schema() -> Any:  # noqa: ANN401 - JSON is anything
    """The schema as it lies in the package."""
    return json.loads(files("tlsglass.report").joinpath("schema.json").read_text(encoding="utf-8"))


@cache
def _strict() -> Draft202012Validator:
    schema = shipped_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_closed(schema), format_checker=FormatChecker())


def _closed(schema: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """The same schema with every object closed to further keys."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if closed.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def errors(document: object) -> list[str]:
    """What the schema has against a document."""
    return [f"{error.json_path}: {error.message}" for error in _strict().iter_errors(document)]
