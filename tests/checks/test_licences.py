"""What comes along may be used by anybody, and the README says under which licence."""

from pathlib import Path

import pytest

from tests.checks import licences

_README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize(("library", "licence"), licences.libraries().items())
def test_a_library_may_be_used_and_is_listed(library: str, licence: str) -> None:
    """Of several licences one is enough where we may choose; `python -m tests.checks.licences` writes the table."""
    chosen = licences.parts(licence)
    enough = any if " OR " in licence else all
    assert chosen, f"{library} does not tell its licence"
    assert enough(part in licences.ALLOWED for part in chosen), f"{library}: {licence}"
    assert f"| {library} | {licence} |" in _README.read_text().splitlines()


def test_those_that_are_named_are_among_them() -> None:
    """What tlsglass itself asks for, and what that brings along."""
    found = licences.libraries()
    assert {"textual", "cryptography", "pyopenssl", "idna", "h11", "click"} <= set(found)
    assert "rich" in found
    assert "pytest" not in found


def test_expressions_are_taken_apart() -> None:
    """By SPDX's words."""
    assert licences.parts("(MIT OR Apache-2.0) AND BSD-3-Clause") == ["MIT", "Apache-2.0", "BSD-3-Clause"]
    assert licences.parts("") == []
