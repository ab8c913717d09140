"""The licences of all libraries that come along, read from their installed metadata.

`python -m tests.checks.licences` writes the table for the README.
"""

import re
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement

ALLOWED = frozenset(
    {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Unicode-3.0", "Zlib"}
)
"""What may be used by anybody in anything; of these, MPL-2.0 wants changes to its own files to be published."""

_OPERATORS = re.compile(r"\s+(?:AND|OR)\s+|[()]")
_CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
_NAMES = {"Apache Software License 2.0": "Apache-2.0", "MIT License": "MIT", "BSD 3-Clause": "BSD-3-Clause"}


def libraries() -> dict[str, str]:
    """Every library that comes with tlsglass, with its licence as an SPDX expression; empty where none is told."""
    found: dict[str, str] = {}
    waiting = ["tlsglass"]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = licence(name)
        waiting += _required(name)
    del found["tlsglass"]
    return dict(sorted(found.items()))


def licence(name: str) -> str:
    """One library's licence, by the newest of the ways in which metadata tell it."""
    told = metadata.metadata(name)
    for expression in told.get_all("License-Expression") or ():
        return str(expression)
    by_classifier = [_CLASSIFIERS[each] for each in told.get_all("Classifier") or () if each in _CLASSIFIERS]
    if by_classifier:
        return " OR ".join(by_classifier)
    text = "".join(map(str, told.get_all("License") or ())).strip()
    return _NAMES.get(text, text)


def parts(expression: str) -> list[str]:
    """The licences that an expression is made of."""
    return [part for part in _OPERATORS.split(expression) if part]


def table() -> str:
    """The table as the README has it."""
    rows = [f"| {name} | {licence} |" for name, licence in libraries().items()]
    return "\n".join(("| library | licence |", "|---|---|", *rows))


def _required(name: str) -> Iterator[str]:
    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield re.sub(r"[-_.]+", "-", requirement.name).lower()


if __name__ == "__main__":
    print(table())  # noqa: T201 - to be pasted
