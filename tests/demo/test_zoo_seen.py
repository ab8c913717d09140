"""Every exhibit as the openssl command, made by others, sees it."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtensionOID, NameOID

from tests.demo.clients import openssl_s_client, secured, verifying
from tlsglass.demo import bites
from tlsglass.demo.zoo import Zoo

INTERMEDIATE = "Demo Intermediate CA"
RSA_INTERMEDIATE = "Demo RSA Intermediate CA"

SEEN = {
    # id: the first verification error at OpenSSL's security level 2, the version, who issued what was sent
    "good": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "good-rsa": (0, "TLSv1.3", [RSA_INTERMEDIATE, "Demo Root CA"]),
    "good-ed25519": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "tls12": (0, "TLSv1.2", [INTERMEDIATE, "Demo Root CA"]),
    "pq": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "expired": (10, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "not-yet-valid": (9, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "wrong-name": (62, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "self-signed": (18, "TLSv1.3", ["self-signed.demo.test"]),
    "unknown-root": (19, "TLSv1.3", ["Unlisted Intermediate CA", "Unlisted Root CA", "Unlisted Root CA"]),
    "missing-intermediate": (20, "TLSv1.3", [INTERMEDIATE]),
    "wrong-order": (0, "TLSv1.3", ["Demo Issuing CA", "Demo Root CA", "Unrelated Root CA", INTERMEDIATE]),
    "sha1": (68, "TLSv1.3", [RSA_INTERMEDIATE, "Demo Root CA"]),
    "rsa1024": (66, "TLSv1.3", [RSA_INTERMEDIATE, "Demo Root CA"]),
    "cn-only": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),  # OpenSSL still reads the common name
    "wildcard": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "idn": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "many-names": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "revoked": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "name-constraints": (47, "TLSv1.3", ["Demo Shop CA", "Demo Root CA"]),
    "too-complex": (0, "TLSv1.3", ["Demo Departments CA", "Demo Root CA"]),  # OpenSSL goes on four times as long
    "critical": (34, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "policy": (0, "TLSv1.3", ["Demo Strict CA", "Demo Root CA"]),  # OpenSSL looks at policies only when asked to
    "two-algorithms": (7, "TLSv1.3", [RSA_INTERMEDIATE, "Demo Root CA"]),
    "revoked-ocsp": (0, "TLSv1.3", ["Demo Status CA", "Demo Root CA"]),
    "revoked-crl": (0, "TLSv1.3", ["Demo Status CA", "Demo Root CA"]),
    "revoked-intermediate": (0, "TLSv1.3", ["Demo Revoked CA", "Demo Root CA"]),
    "client-cert": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "tls10": (0, "TLSv1.0", [RSA_INTERMEDIATE, "Demo Root CA"]),
    "long-lived": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "shared-key": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "no-purpose": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "ca-as-server": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "long-chain": (0, "TLSv1.3", [*(f"Demo Level {level} CA" for level in (5, 4, 3, 2, 1)), "Demo Root CA"]),
    "large": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "slow": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "no-http": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "expires-soon": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "expired-intermediate": (10, "TLSv1.3", ["Demo Former CA", "Demo Root CA"]),
    "sent-twice": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA", "Demo Root CA"]),
    "bad-signature": (7, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "wrong-key-id": (20, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "cross-signed": (0, "TLSv1.3", ["Demo Next CA", "Demo Root CA", "Demo Next Root CA"]),
    "cross-signed-late": (20, "TLSv1.3", ["Demo Next CA", "Demo Next Root CA", "Demo Root CA"]),
    "cross-expired": (0, "TLSv1.3", ["Demo Bridged CA", "Demo Root CA", "Demo Bridge CA", "Demo Root CA"]),
    "cross-both-expired": (10, "TLSv1.3", ["Demo Stranded CA", "Demo Root CA", INTERMEDIATE, "Demo Root CA"]),
    "renewed": (0, "TLSv1.3", ["Demo Renewed CA", "Demo Root CA", "Demo Root CA"]),
    "no-ca": (79, "TLSv1.3", ["some-other-site.demo.test", INTERMEDIATE, "Demo Root CA"]),
    "no-cert-sign": (79, "TLSv1.3", ["Demo Quiet CA", "Demo Root CA"]),
    "path-length": (25, "TLSv1.3", ["Demo Lower CA", "Demo Upper CA", "Demo Root CA"]),
    "self-issued": (0, "TLSv1.3", ["Demo Steady CA", "Demo Steady CA", "Demo Root CA"]),
    "self-issued-too-long": (
        25,
        "TLSv1.3",
        ["Demo Further CA", "Demo Steady CA", "Demo Steady CA", "Demo Root CA"],
    ),
    "wrong-usage": (26, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "wrong-key-usage": (26, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "intermediate-usage": (26, "TLSv1.3", ["Demo Mail CA", "Demo Root CA"]),
    "upper-usage": (26, "TLSv1.3", ["Demo Post Web CA", "Demo Post CA", "Demo Root CA"]),
    "twice": (20, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "revoked-issuer-ocsp": (0, "TLSv1.3", ["Demo Withdrawn CA", "Demo Root CA"]),
    "revoked-issuer-staple": (0, "TLSv1.3", ["Demo Disowned CA", "Demo Root CA"]),
    "no-answer": (0, "TLSv1.3", ["Demo Status CA", "Demo Root CA"]),
    "must-staple": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "stale-staple": (0, "TLSv1.3", [INTERMEDIATE, "Demo Root CA"]),
    "markup": (0, "TLSv1.3", [f"{bites.CLOSING_TAG} {bites.BOLD} CA", "Demo Root CA"]),
}


def leaf_of(zoo: Zoo, id_: str) -> x509.Certificate:
    """The certificate that an exhibit sends first, taken by the standard library without a question asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with secured(zoo, id_, context) as connection:
        der = connection.getpeercert(binary_form=True)
    assert der is not None
    return x509.load_der_x509_certificate(der)


def dns_names(certificate: x509.Certificate) -> list[str]:
    """The DNS names of a certificate, in their order."""
    extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return extension.value.get_values_for_type(x509.DNSName)


@pytest.mark.parametrize("id_", SEEN)
def test_openssl_sees_what_the_exhibit_shows(zoo: Zoo, id_: str) -> None:
    """Verdict, version and chain as sent are what each exhibit is about, and nothing else is wrong with it."""
    error, version, issuers = SEEN[id_]
    level = 0 if id_ == "tls10" else 2
    seen = openssl_s_client(zoo, id_, level=level)
    assert seen.verified == error
    assert seen.version == version
    chain = [x509.load_der_x509_certificate(der) for der in seen.chain]
    assert [c.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value for c in chain] == issuers


def test_table_has_every_exhibit_that_shows_a_certificate(zoo: Zoo) -> None:
    """The three others are those that never get so far."""
    assert {exhibit.id for exhibit in zoo.exhibits} - set(SEEN) == {"hangs-up", "alert", "silent"}


def test_wrong_name_is_right_under_another(zoo: Zoo) -> None:
    """The tour says: open www.wrong-name.demo.test, and all is well."""
    assert openssl_s_client(zoo, "wrong-name", level=2, host="www.wrong-name.demo.test").verified == 0
    assert zoo.exhibit("www.wrong-name.demo.test") == zoo.exhibit("wrong-name.demo.test")


def test_wildcard_stands_for_one_label(zoo: Zoo) -> None:
    """The tour says: not for a.wildcard.demo.test."""
    assert dns_names(leaf_of(zoo, "wildcard")) == ["*.demo.test"]
    assert openssl_s_client(zoo, "wildcard", host="a.wildcard.demo.test").verified == 62


def test_staples(zoo: Zoo) -> None:
    """One is good, one is revoked, the others have none."""
    assert "Cert Status: good" in openssl_s_client(zoo, "good").output
    revoked = openssl_s_client(zoo, "revoked").output
    assert "Cert Status: revoked" in revoked
    assert "keyCompromise" in revoked
    assert "OCSP response: no response sent" in openssl_s_client(zoo, "expired").output


def test_validity(zoo: Zoo) -> None:
    """Expired three days ago after 90 days, and valid from in three days."""
    now = datetime.now(UTC)
    tolerance = timedelta(hours=2)
    expired = leaf_of(zoo, "expired")
    assert expired.not_valid_after_utc - expired.not_valid_before_utc == timedelta(days=90)
    assert abs(now - expired.not_valid_after_utc - timedelta(days=3)) < tolerance
    assert abs(leaf_of(zoo, "not-yet-valid").not_valid_before_utc - now - timedelta(days=3)) < tolerance


def test_keys_and_signatures(zoo: Zoo) -> None:
    """The kinds of key and hash that the exhibits are about."""
    key = leaf_of(zoo, "rsa1024").public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 1024
    good = leaf_of(zoo, "good-rsa").public_key()
    assert isinstance(good, rsa.RSAPublicKey)
    assert good.key_size == 2048
    assert isinstance(leaf_of(zoo, "sha1").signature_hash_algorithm, hashes.SHA1)
    assert leaf_of(zoo, "good-ed25519").public_key_algorithm_oid.dotted_string == "1.3.101.112"


def test_extensions_are_those_of_a_public_ca(zoo: Zoo) -> None:
    """What a viewer has to show of an ordinary certificate, the addresses under the zoo's own domain."""
    extensions = leaf_of(zoo, "good").extensions
    assert {extension.oid for extension in extensions} == {
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.SUBJECT_KEY_IDENTIFIER,
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
        ExtensionOID.AUTHORITY_INFORMATION_ACCESS,
        ExtensionOID.CRL_DISTRIBUTION_POINTS,
        ExtensionOID.CERTIFICATE_POLICIES,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    }
    access = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert [description.access_location.value for description in access] == [
        "http://ocsp.demo.test",
        "http://ca.demo.test/demo-intermediate-ca.cer",
    ]


def test_names(zoo: Zoo) -> None:
    """500 names, none at all, and names in other scripts."""
    many = dns_names(leaf_of(zoo, "many-names"))
    assert len(many) == len(set(many)) == 500
    with pytest.raises(x509.ExtensionNotFound):
        dns_names(leaf_of(zoo, "cn-only"))
    shown = [name.encode().decode("idna") for name in dns_names(leaf_of(zoo, "idn"))]
    assert shown == ["idn.demo.test", "bücher.idn.demo.test", "例え.idn.demo.test", "аpple.idn.demo.test"]  # noqa: RUF001 - the Cyrillic letter is the point


def test_markup_certificate_bites(zoo: Zoo) -> None:
    """Subject, issuer and alternative names hold all that must not reach a terminal."""
    certificate = leaf_of(zoo, "markup")
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    assert [unit.value for unit in units] == list(bites.EVERYTHING)
    organization = str(certificate.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value)
    assert {"\x1b", "\x9b", "\u202e"} < set(organization)
    assert "[/x].demo.test" in dns_names(certificate)


def test_standard_library_trusts_the_good(zoo: Zoo) -> None:
    """With nothing but the CA file that is handed out."""
    for id_ in ("good", "good-rsa", "tls12", "wildcard", "idn", "wrong-order", "long-chain"):
        with secured(zoo, id_, verifying(zoo)) as connection:
            assert connection.version() == ("TLSv1.2" if id_ == "tls12" else "TLSv1.3")
