"""The extensions of a certificate as a set of which each can be replaced, left out or added."""

from collections.abc import Iterable, Sequence

from cryptography import x509

from tlsglass.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An extension that a certificate has otherwise than usual."""

    oid: x509.ObjectIdentifier
    value: x509.ExtensionType | None
    """What it has; None leaves the extension out."""

    critical: bool = False


def having(value: x509.ExtensionType, *, critical: bool = False) -> Change:
    """Have an extension, in the place of one of its kind or after all others."""
    return Change(oid=value.oid, value=value, critical=critical)


def lacking(kind: type[x509.ExtensionType]) -> Change:
    """Leave an extension out."""
    return Change(oid=kind.oid, value=None)


def extended(
    builder: x509.CertificateBuilder,
    usual: Iterable[tuple[x509.ExtensionType, bool]],
    changes: Sequence[Change],
) -> x509.CertificateBuilder:
    """The builder with extensions.

    Args:
        builder: has none yet.
        usual: what a certificate of its kind has, each with whether it is critical.
        changes: what this one has otherwise.
    """
    wanted: dict[x509.ObjectIdentifier, tuple[x509.ExtensionType | None, bool]] = {
        value.oid: (value, critical) for value, critical in usual
    }
    wanted |= {change.oid: (change.value, change.critical) for change in changes}
    for value, critical in wanted.values():
        if value is not None:
            builder = builder.add_extension(value, critical=critical)
    return builder
