"""The protocol's names: those of the registries, and numbers where they have none."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OpenSSL import SSL

from tlsglass.tls import alerts, names, verification
from tlsglass.tls.context import CIPHER_LIST, TLS13_SUITES


@pytest.fixture
def fresh_suites() -> Iterator[None]:
    """The list of suites is read anew, before and after."""
    names._cipher_suites.cache_clear()
    yield
    names._cipher_suites.cache_clear()


def test_cipher_suites_by_code() -> None:
    """RFC 8446 §B.4, RFC 5289."""
    assert names.cipher_suite(0x1301).name == "TLS_AES_128_GCM_SHA256"
    suite = names.cipher_suite(0xC02B)
    assert suite.name == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    assert (suite.openssl_name, suite.key_exchange, suite.authentication) == (
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE",
        "ECDSA",
    )


def test_an_unknown_suite_is_its_number() -> None:
    """The registry leaves room."""
    suite = names.cipher_suite(0xFAFA)
    assert (suite.name, suite.openssl_name, suite.key_exchange, suite.authentication) == ("0xfafa", None, None, None)


def test_every_suite_that_is_offered_has_an_iana_name() -> None:
    """A report says IANA names, so none that can be agreed on may lack one."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_cipher_list(CIPHER_LIST)
    context.set_tls13_ciphersuites(TLS13_SUITES)
    offered = SSL.Connection(context, None).get_cipher_list()
    assert len(offered) > 50
    assert [name for name in offered if not names.cipher_suite_name(name).startswith("TLS_")] == []


def test_of_two_suites_with_one_openssl_name_the_standard_is_meant() -> None:
    """RFC 7905 and its draft share it."""
    assert names.cipher_suite_name("ECDHE-RSA-CHACHA20-POLY1305") == "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    assert names.cipher_suite_name("NEW-SUITE") == "NEW-SUITE"


@pytest.mark.usefixtures("fresh_suites")
@pytest.mark.parametrize("spec", [None, ModuleSpec("cryptodatahub", None)])
def test_a_missing_list_is_said(spec: ModuleSpec | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is told by its name."""
    monkeypatch.setattr(names, "find_spec", lambda _name: spec)
    with pytest.raises(ModuleNotFoundError, match="cryptodatahub is not installed"):
        names.cipher_suite(0x1301)


@pytest.mark.parametrize(
    ("function", "code", "name"),
    [
        (names.group_name, 0x11EC, "X25519MLKEM768"),
        (names.group_name, 0x001D, "x25519"),
        (names.group_name, 0x0005, "sect193r2"),
        (names.group_name, 0x7777, "0x7777"),
        (names.signature_scheme_name, 0x0403, "ecdsa_secp256r1_sha256"),
        (names.signature_scheme_name, 0x0905, "mldsa65"),
        (names.signature_scheme_name, 0x0000, "0x0000"),
        (names.handshake_type_name, 8, "encrypted_extensions"),
        (names.handshake_type_name, 99, "handshake_type_99"),
        (names.version_name, 0x0303, "TLSv1.2"),
        (names.version_name, 0x7F1C, "0x7f1c"),
        (alerts.level_name, 2, "fatal"),
        (alerts.level_name, 7, "level 7"),
        (verification.verification_error_name, 10, "CERT_HAS_EXPIRED"),
        (verification.verification_error_name, 79, "INVALID_CA"),
        (verification.verification_error_name, 95, "RPK_UNTRUSTED"),
        (verification.verification_error_name, 4711, "4711"),
        (verification.verification_error_name, -1, "-1"),
    ],
)
def test_names_by_code(function: object, code: int, name: str) -> None:
    """The registries' names, else the number."""
    assert callable(function)
    assert function(code) == name


def test_groups_by_openssl_name() -> None:
    """OpenSSL has names of its own for the NIST curves."""
    assert names.group_name_from_openssl("prime256v1") == "secp256r1"
    assert names.group_name_from_openssl("X25519") == "x25519"
    assert names.group_name_from_openssl("x25519mlkem768") == "X25519MLKEM768"
    assert names.group_name_from_openssl("newgroup") == "newgroup"


def test_verification_errors_agree_with_pyopenssl() -> None:
    """What pyOpenSSL names has that name here, too."""
    codes = SSL.X509VerificationCodes
    known = {name.removeprefix("ERR_"): getattr(codes, name) for name in dir(codes) if name.startswith(("ERR_", "OK"))}
    assert len(known) > 50
    for name, code in known.items():
        assert verification.verification_error_name(code) == name


def test_alerts() -> None:
    """RFC 8446 §6.2."""
    assert alerts.alert(116).name == "certificate_required"
    assert alerts.alert_named("certificate_required") is alerts.alert(116)
    assert alerts.alert_named("nonsense") is None
    assert alerts.alert(200).name == "alert_200"


@settings(derandomize=True, max_examples=50, deadline=None)
@given(code=st.integers(min_value=0, max_value=255))
def test_every_alert_makes_a_sentence(code: int) -> None:
    """Meanings end a sentence that others begin; hints are sentences."""
    alert = alerts.alert(code)
    assert alert.meaning
    assert not alert.meaning.endswith(".")
    assert not alert.hint or alert.hint.endswith(".")


def test_names_load_no_library() -> None:
    """The classes of cryptodatahub take seconds to import; only its data is read."""
    program = (
        "import sys; from tlsglass.tls import names; names.cipher_suite(1);"
        "print([m for m in sys.modules if m.split('.')[0] in {'cryptodatahub', 'OpenSSL', 'cryptography'}])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
