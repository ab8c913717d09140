"""Bundles of certificates and revocation lists: PKCS #7 and CMS SignedData. RFC 2315 §9, RFC 5652 §5.

Signatures over content are no matter here. Only the levels above the certificates are walked, so that ten thousand of
them take no longer than their headers.
"""

from collections.abc import Iterator

from tlsglass.x509.containers.model import Item, Kind, item
from tlsglass.x509.model import Problem
from tlsglass.x509.walk import Header, children, header

_CERTIFICATES, _LISTS = "[0]", "[1]"


def unpack_pkcs7(der: bytes, place: str, problems: list[Problem]) -> Iterator[Item]:
    """The certificates and revocation lists of a bundle, in their order.

    Args:
        der: the ContentInfo, as recognised.
        place: where in the file it stands.
        problems: what is wrong with the bundle itself is added here, with offsets in it.
    """
    top = header(der, 0, len(der), clip=True)
    content = _child(der, top, "[0]", problems)
    held = _child(der, content, "SEQUENCE", problems) if content else None
    if held is None:
        problems.append(Problem(text="The bundle has no content.", offset=0))
        return
    parts = list(children(der, held, problems))
    number = 0
    if parts and parts[0].tag == "SEQUENCE":  # Netscape's certificate sequence is nothing but certificates
        for found in parts:
            number += 1
            yield _item(der, found, Kind.CERTIFICATE, number, place)
        return
    for part in parts:
        kind = {_CERTIFICATES: Kind.CERTIFICATE, _LISTS: Kind.REVOCATION_LIST}.get(part.tag)
        for found in children(der, part, problems) if kind else ():
            number += 1
            if kind is not None and found.tag == "SEQUENCE":
                yield _item(der, found, kind, number, place)
            else:
                text = f"Number {number} in the bundle is a {found.tag}, which is neither a certificate nor a list."
                problems.append(Problem(text=text, offset=found.start))


def _item(der: bytes, found: Header, kind: Kind, number: int, place: str) -> Item:
    return item(kind, der[found.start : found.after], f"{place}number {number}")


def _child(der: bytes, holder: Header, tag: str, problems: list[Problem]) -> Header | None:
    return next((found for found in children(der, holder, problems) if found.tag == tag), None)
