"""The list of the zoo, as issue and tour have it."""

import subprocess
import sys

from tlsglass.demo.exhibits import BUNDLES, ENTRIES, EXHIBITS, GROUPS

# fmt: off
IDS = [
    "good", "good-rsa", "good-ed25519", "tls12", "pq", "wildcard", "idn", "many-names", "long-chain",
    "expired", "not-yet-valid", "expires-soon", "expired-intermediate",
    "wrong-name", "cn-only",
    "self-signed", "unknown-root", "missing-intermediate", "wrong-order", "sent-twice", "bad-signature", "wrong-key-id",
    "cross-signed", "cross-signed-late", "cross-expired", "cross-both-expired", "renewed",
    "sha1", "rsa1024", "two-algorithms",
    "policy", "critical", "no-ca", "no-cert-sign", "path-length", "self-issued", "self-issued-too-long",
    "wrong-usage", "wrong-key-usage", "intermediate-usage", "upper-usage",
    "name-constraints", "too-complex",
    "long-lived", "ca-as-server", "no-purpose", "shared-key",
    "twice",
    "revoked", "revoked-ocsp", "revoked-crl", "revoked-intermediate", "revoked-issuer-ocsp",
    "revoked-issuer-staple", "no-answer", "must-staple", "stale-staple",
    "tls10", "client-cert", "hangs-up", "alert", "silent",
    "large", "slow", "no-http", "markup",
]
FILES = [
    "loop", "thicket",
    "guessable-key",
    "constraints-kept", "excluded-name", "outside-address", "excluded-address", "outside-mail", "excluded-mail",
    "outside-directory", "excluded-directory", "outside-uri", "excluded-uri",
    "long-exponent", "wide-wildcard",
    "logged", "not-logged", "wrong-timestamp", "reserved-name", "other-common-name", "short-serial", "no-policy",
    "unvalidated-holder", "distrusted-root", "limited-root", "not-in-java",
    "thirteenth-month", "negative-serial", "no-key-ids",
]
# fmt: on


def test_ids_are_those_that_others_rely_on() -> None:
    """The ids are stable, and the first label of each name."""
    assert [exhibit.id for exhibit in EXHIBITS] == IDS
    assert [exhibit.host for exhibit in EXHIBITS] == [f"{id_}.demo.test" for id_ in IDS]
    assert [bundle.id for bundle in BUNDLES] == FILES
    assert [bundle.text for bundle in BUNDLES] == [f"{id_}.pem" for id_ in FILES]
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


def test_groups_have_all_in_the_order_of_the_tour() -> None:
    """Each has a title of its own, and something in it."""
    assert [entry for group in GROUPS for entry in group.entries] == list(ENTRIES)
    assert all(group.entries for group in GROUPS)
    assert len({group.title for group in GROUPS}) == len(GROUPS)


def test_texts_fit_their_places() -> None:
    """A title and what it shows take a line each, and are text that can be drawn as it is."""
    for exhibit in ENTRIES:
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
    assert {bundle.data for bundle in BUNDLES} == {None}


def test_list_costs_no_cryptography() -> None:
    """The list is on the screen before OpenSSL is loaded."""
    code = "import sys, tlsglass.demo.exhibits; print({'OpenSSL', 'cryptography', 'h11'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "set()\n"
