"""The command lines that ask for a certificate. Names come from strangers, and only plain ones get into a command."""

import ipaddress
import re
import shlex
from collections.abc import Sequence

from tlsglass.trust.names.public_suffixes import public_suffix
from tlsglass.x509.model import Certificate

MOST_NAMES = 100
"""Names of one certificate that Let's Encrypt takes, and about as many as a command line is read with."""

_NAME = re.compile(r"(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_NAME = 253
_LONGEST_COMMON_NAME = 64
"""RFC 5280 appendix A, ub-common-name."""


def requested_names(certificate: Certificate, *more: str) -> tuple[str, ...]:
    """The names that a certificate to take another's place should have.

    Args:
        certificate: the one that it takes the place of.
        more: names that it should have as well.

    Returns:
        Host names and addresses in their order, each once; of a certificate without any its common name.
    """
    names = [name.value for name in certificate.san if name.kind in {"DNS", "IP"}]
    if not names and certificate.subject.common_name:
        names = [certificate.subject.common_name]
    return tuple(dict.fromkeys((*names, *more)))


def request_command(names: Sequence[str]) -> str:
    """The line that makes a key and a request for a certificate. Empty where a name can't be in one.

    Args:
        names: host names and addresses; the first is what the files are called.
    """
    kinds = [_kind(name) for name in names]
    if not names or len(names) > MOST_NAMES or None in kinds:
        return ""
    stem = names[0].replace("*", "wildcard").replace(":", "-")
    subject = f"/CN={names[0]}" if len(names[0]) <= _LONGEST_COMMON_NAME else "/"
    alternatives = ",".join(f"{kind}:{name}" for kind, name in zip(kinds, names, strict=True))
    words = ["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    words += ["-keyout", f"{stem}.key", "-out", f"{stem}.csr", "-subj", subject]
    return shlex.join([*words, "-addext", f"subjectAltName={alternatives}"])


def issuable(names: Sequence[str]) -> bool:
    """Whether a public authority may issue for names: all stand below a suffix that a registry runs.

    Args:
        names: host names and addresses.
    """
    return bool(names) and all(_kind(name) == "DNS" and _is_registered(name) for name in names)


def certbot_command(names: Sequence[str]) -> str:
    """The line by which certbot has a certificate issued for names. Empty where a name can't be in it.

    Args:
        names: host names.
    """
    if not names or len(names) > MOST_NAMES or any(_kind(name) != "DNS" for name in names):
        return ""
    # Names with a wildcard are proved by DNS alone. https://letsencrypt.org/docs/challenge-types/
    how = ["--manual", "--preferred-challenges", "dns"] if any("*" in name for name in names) else []
    return shlex.join(["certbot", "certonly", *how, *(word for name in names for word in ("-d", name))])


def _is_registered(name: str) -> bool:
    plain = name.removeprefix("*.")
    suffix = public_suffix(plain)
    return suffix is not None and suffix != plain.lower()


def _kind(name: str) -> str | None:
    """What a name is in a request; None where it is nothing that belongs there."""
    if "%" in name:
        return None  # an address with a zone, which may hold anything and belongs in no certificate
    try:
        ipaddress.ip_address(name)
    except ValueError:
        plain = len(name) <= _LONGEST_NAME and _NAME.fullmatch(name.lower()) is not None
        return "DNS" if plain and not name.rpartition(".")[2].isdigit() else None
    return "IP"
