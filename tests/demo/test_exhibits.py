"""The list of the zoo, as issue and tour have it."""

import subprocess
import sys

from tlsglass.demo.exhibits import EXHIBITS

# fmt: off
IDS = [
    "good", "good-rsa", "good-ed25519", "tls12", "pq", "expired", "not-yet-valid", "wrong-name", "self-signed",
    "unknown-root", "missing-intermediate", "wrong-order", "sha1", "rsa1024", "cn-only", "wildcard", "idn",
    "many-names", "revoked", "revoked-ocsp", "revoked-crl", "revoked-intermediate",
    "name-constraints", "too-complex", "critical", "policy", "two-algorithms", "client-cert",
    "tls10", "long-chain", "large", "slow", "no-http", "hangs-up", "alert", "silent", "markup",
]
# fmt: on


def test_ids_are_those_that_others_rely_on() -> None:
    """The ids are stable, and the first label of each name."""
    assert [exhibit.id for exhibit in EXHIBITS] == IDS
    assert [exhibit.host for exhibit in EXHIBITS] == [f"{id_}.demo.test" for id_ in IDS]


def test_texts_fit_their_places() -> None:
    """A title and what it shows take a line each, and are text that can be drawn as it is."""
    for exhibit in EXHIBITS:
        assert 5 <= len(exhibit.title) <= 40
        assert 30 <= len(exhibit.shows) <= 120
        assert 80 <= len(exhibit.look_at) <= 400
        for text in (exhibit.title, exhibit.shows, exhibit.look_at):
            assert text.isprintable()
        assert exhibit.shows.endswith(".")
        assert exhibit.look_at.endswith(".")


def test_closed_exhibits_have_no_port() -> None:
    """The list can be shown before the zoo is open."""
    assert {exhibit.endpoint for exhibit in EXHIBITS} == {None}
    assert {exhibit.port for exhibit in EXHIBITS} == {None}


def test_list_costs_no_cryptography() -> None:
    """The list is on the screen before OpenSSL is loaded."""
    code = "import sys, tlsglass.demo.exhibits; print({'OpenSSL', 'cryptography', 'h11'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "set()\n"
