"""Every certificate of cryptography-vectors, damaged ones and any bytes, through the loader, outline and JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.report.looking import FILE, look
from tests.report.schema import errors
from tests.x509.certificate_vectors import by_name, unpacked
from tests.x509.damage import damaged, nested
from tests.x509.vectors import vector
from tlsglass.observation import Observation
from tlsglass.report.forms import forms
from tlsglass.report.json_report import to_json, to_line
from tlsglass.report.lines import Node
from tlsglass.report.outline import outline
from tlsglass.report.text_report import to_text
from tlsglass.trust.stores import Store
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.pem import to_pem

_FOLDERS = sorted({name.rpartition("/")[0] for name in unpacked()})
_BOUNDED = settings(
    derandomize=True, max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


def _certificates(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if node.certificate is not None and node.field is None]


def _written(observation: Observation) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(to_line(to_json(observation)))
    return document


def _check_tree(observation: Observation) -> None:
    """No line hides what the certificate says, and each has a key of its own."""
    top = outline(observation)
    keys = [node.key for node in _flat(top)]
    assert len(keys) == len(set(keys))
    shown = _certificates(top)
    assert [node.certificate for node in shown] == list(observation.certificates)
    for node in shown:
        assert node.certificate is not None
        lines = {line.key: line for line in _flat(node.children)}
        told = lines[f"{node.key}/extensions"].children
        assert [line.label != "" for line in told] == [True] * len(node.certificate.extensions)
        for line, extension in zip(told, node.certificate.extensions, strict=True):
            assert line.field is not None
            assert (line.field.value, line.field.span) == (extension.value, extension.span)
        problems = lines.get(f"{node.key}/problems")
        assert (problems.field.problems if problems and problems.field else ()) == node.certificate.problems


@pytest.mark.parametrize("folder", _FOLDERS)
def test_each_file_opens(folder: str) -> None:
    """Without a failure, with all its certificates in the tree and in the JSON."""
    for name, ders in unpacked().items():
        if name.rpartition("/")[0] == folder:
            observation = look(vector(name))
            assert observation.failure is None, name
            _check_tree(observation)
            written = _written(observation)["certificates"]
            assert [found["pem"] for found in written] == [to_pem(der) for der in ders], name
            for found, der in zip(written, ders, strict=True):
                certificate = parse_certificate(der)
                assert [extension["oid"] for extension in found["extensions"]] == [
                    extension.oid for extension in certificate.extensions
                ]


def test_the_documents_fit_the_schema() -> None:
    """One of all certificates at once, as a bundle."""
    observation = look("".join(to_pem(der) for der in by_name().values()).encode())
    document = _written(observation)
    assert errors(document) == []
    assert len(document["certificates"]) == len(by_name())
    assert all(node.label for node in _flat(outline(observation)))


@_BOUNDED
@given(st.binary(max_size=200) | nested | damaged(), st.booleans())
def test_any_file_has_an_outline_and_a_document(data: bytes, framed: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    """Or a failure with a sentence; all forms of all lines can be made."""
    observation = look(to_pem(data).encode() if framed else data)
    assert errors(_written(observation)) == []
    to_text(observation, color=False, width=80)
    if observation.contents is None:
        assert observation.failure is not None
        assert observation.failure.message.endswith(".")
        return
    _check_tree(observation)
    for node in outline(observation):
        assert forms(observation, node)


def test_a_judgement_with_timestamps_has_an_outline() -> None:
    """Certificates of public sites have timestamps of logs, and what is known of these is part of the judgement."""
    store = Store.from_der("none", ())
    seen = look(vector("x509/cryptography-scts.pem"), replace(FILE, hostname="cryptography.io"), store)
    assert seen.trust is not None
    assert seen.trust.transparency is not None
    assert seen.trust.transparency.log_list is not None
    assert [node.label for node in _flat(outline(seen))].count("cryptography.io") >= 1
