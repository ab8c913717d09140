"""The names that the registries give to the protocol's numbers.

Cipher suites come from cryptodatahub's list, which is read as data when the first suite is asked for: importing that
package's classes takes seconds. The other tables are short and are written out here. A number that has no name here
is shown as the registry writes numbers, `0x1a2b`.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tlsglass.frozen import dataclass

# https://www.iana.org/assignments/tls-parameters: TLS Supported Groups. RFC 8446 §4.2.7, RFC 8422, RFC 7919.
GROUPS = {
    0x0001: "sect163k1",
    0x0002: "sect163r1",
    0x0003: "sect163r2",
    0x0004: "sect193r1",
    0x0005: "sect193r2",
    0x0006: "sect233k1",
    0x0007: "sect233r1",
    0x0008: "sect239k1",
    0x0009: "sect283k1",
    0x000A: "sect283r1",
    0x000B: "sect409k1",
    0x000C: "sect409r1",
    0x000D: "sect571k1",
    0x000E: "sect571r1",
    0x000F: "secp160k1",
    0x0010: "secp160r1",
    0x0011: "secp160r2",
    0x0012: "secp192k1",
    0x0013: "secp192r1",
    0x0014: "secp224k1",
    0x0015: "secp224r1",
    0x0016: "secp256k1",
    0x0017: "secp256r1",
    0x0018: "secp384r1",
    0x0019: "secp521r1",
    0x001A: "brainpoolP256r1",
    0x001B: "brainpoolP384r1",
    0x001C: "brainpoolP512r1",
    0x001D: "x25519",
    0x001E: "x448",
    0x001F: "brainpoolP256r1tls13",
    0x0020: "brainpoolP384r1tls13",
    0x0021: "brainpoolP512r1tls13",
    0x0022: "GC256A",
    0x0023: "GC256B",
    0x0024: "GC256C",
    0x0025: "GC256D",
    0x0026: "GC512A",
    0x0027: "GC512B",
    0x0028: "GC512C",
    0x0029: "curveSM2",
    0x0100: "ffdhe2048",
    0x0101: "ffdhe3072",
    0x0102: "ffdhe4096",
    0x0103: "ffdhe6144",
    0x0104: "ffdhe8192",
    0x0200: "MLKEM512",
    0x0201: "MLKEM768",
    0x0202: "MLKEM1024",
    0x11EB: "SecP256r1MLKEM768",
    0x11EC: "X25519MLKEM768",
    0x11ED: "SecP384r1MLKEM1024",
    0x11EE: "curveSM2MLKEM768",
    0x6399: "X25519Kyber768Draft00",
    0x639A: "SecP256r1Kyber768Draft00",
}

# TLS SignatureScheme. RFC 8446 §4.2.3, RFC 8734; the pairs of DSA, MD5 and SHA-224 are those of RFC 5246 §7.4.1.4.1.
SIGNATURE_SCHEMES = {
    0x0101: "rsa_pkcs1_md5",
    0x0201: "rsa_pkcs1_sha1",
    0x0202: "dsa_sha1",
    0x0203: "ecdsa_sha1",
    0x0301: "rsa_pkcs1_sha224",
    0x0302: "dsa_sha224",
    0x0303: "ecdsa_sha224",
    0x0401: "rsa_pkcs1_sha256",
    0x0402: "dsa_sha256",
    0x0403: "ecdsa_secp256r1_sha256",
    0x0501: "rsa_pkcs1_sha384",
    0x0502: "dsa_sha384",
    0x0503: "ecdsa_secp384r1_sha384",
    0x0601: "rsa_pkcs1_sha512",
    0x0602: "dsa_sha512",
    0x0603: "ecdsa_secp521r1_sha512",
    0x0708: "sm2sig_sm3",
    0x0709: "gostr34102012_256a",
    0x070A: "gostr34102012_256b",
    0x070B: "gostr34102012_256c",
    0x070C: "gostr34102012_256d",
    0x070D: "gostr34102012_512a",
    0x070E: "gostr34102012_512b",
    0x070F: "gostr34102012_512c",
    0x0804: "rsa_pss_rsae_sha256",
    0x0805: "rsa_pss_rsae_sha384",
    0x0806: "rsa_pss_rsae_sha512",
    0x0807: "ed25519",
    0x0808: "ed448",
    0x0809: "rsa_pss_pss_sha256",
    0x080A: "rsa_pss_pss_sha384",
    0x080B: "rsa_pss_pss_sha512",
    0x081A: "ecdsa_brainpoolP256r1tls13_sha256",
    0x081B: "ecdsa_brainpoolP384r1tls13_sha384",
    0x081C: "ecdsa_brainpoolP512r1tls13_sha512",
    0x0904: "mldsa44",
    0x0905: "mldsa65",
    0x0906: "mldsa87",
}

# TLS HandshakeType. RFC 8446 §4, RFC 5246 §7.4.
HANDSHAKE_TYPES = {
    0: "hello_request",
    1: "client_hello",
    2: "server_hello",
    4: "new_session_ticket",
    5: "end_of_early_data",
    8: "encrypted_extensions",
    11: "certificate",
    12: "server_key_exchange",
    13: "certificate_request",
    14: "server_hello_done",
    15: "certificate_verify",
    16: "client_key_exchange",
    20: "finished",
    21: "certificate_url",
    22: "certificate_status",
    23: "supplemental_data",
    24: "key_update",
    25: "compressed_certificate",
    254: "message_hash",
}

VERSIONS = {0x0300: "SSLv3", 0x0301: "TLSv1", 0x0302: "TLSv1.1", 0x0303: "TLSv1.2", 0x0304: "TLSv1.3"}

_GROUPS_BY_OPENSSL_NAME = {name.lower(): name for name in GROUPS.values()} | {
    "prime192v1": "secp192r1",
    "prime256v1": "secp256r1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CipherSuite:
    """What the registry says about a cipher suite."""

    code: int
    name: str
    """The IANA name, else OpenSSL's, else the number."""

    openssl_name: str | None
    key_exchange: str | None
    """'ECDHE', 'DHE', 'RSA' …; None where the suite leaves it open, as those of TLS 1.3 do."""

    authentication: str | None
    """'RSA', 'ECDSA', 'DSS' …; None as above."""


def cipher_suite(code: int) -> CipherSuite:
    """What is known about the cipher suite of a code; little where the registry does not have it."""
    known = _cipher_suites().get(code)
    if known is None:
        return CipherSuite(code=code, name=_number(code), openssl_name=None, key_exchange=None, authentication=None)
    return known


def cipher_suite_name(openssl_name: str) -> str:
    """The IANA name of the cipher suite that OpenSSL calls so; the same name where there is none."""
    return _cipher_suites_by_openssl_name().get(openssl_name, openssl_name)


def group_name(code: int) -> str:
    """The IANA name of a key exchange group."""
    return GROUPS.get(code) or _number(code)


def group_name_from_openssl(openssl_name: str) -> str:
    """The IANA name of the group that OpenSSL calls so; the same name where there is none."""
    return _GROUPS_BY_OPENSSL_NAME.get(openssl_name.lower(), openssl_name)


def signature_scheme_name(code: int) -> str:
    """The name of a SignatureScheme."""
    return SIGNATURE_SCHEMES.get(code) or _number(code)


def handshake_type_name(code: int) -> str:
    """The name of a handshake message by its type."""
    return HANDSHAKE_TYPES.get(code) or f"handshake_type_{code}"


def version_name(code: int) -> str:
    """The name of a protocol version as OpenSSL writes it: 'TLSv1.2'."""
    return VERSIONS.get(code) or _number(code)


def _number(code: int) -> str:
    return f"0x{code:04x}"


@cache
def _cipher_suites() -> dict[int, CipherSuite]:
    # `importlib.resources` costs 20 ms to import and `find_spec` nearly nothing; neither loads cryptodatahub's classes.
    spec = find_spec("cryptodatahub")
    if spec is None or spec.origin is None:
        message = "cryptodatahub is not installed, and the names of cipher suites are its data."
        raise ModuleNotFoundError(message, name="cryptodatahub")
    rows = json.loads(Path(spec.origin).with_name("tls").joinpath("cipher-suite.json").read_bytes())
    return {
        row["code"]: CipherSuite(
            code=row["code"],
            name=row["iana_name"] or row["openssl_name"] or _number(row["code"]),
            openssl_name=row["openssl_name"],
            key_exchange=row["key_exchange"],
            authentication=row["authentication"],
        )
        for row in rows.values()
    }


@cache
def _cipher_suites_by_openssl_name() -> dict[str, str]:
    suites = _cipher_suites().values()
    # Where two codes share OpenSSL's name the higher one is the standard's and the other a draft's.
    return {
        suite.openssl_name: suite.name for suite in sorted(suites, key=lambda suite: suite.code) if suite.openssl_name
    }
