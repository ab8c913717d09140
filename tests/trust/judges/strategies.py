"""Chains as hypothesis makes them up: some changes to certificates, ways that cross, and bytes that are anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import strategies as st

from tests.fuzz.edits import Edit, edited, edits
from tests.fuzz.parser import Form
from tests.trust.authority import ec_key
from tests.trust.judges.chains import CA, CHANGES, LEAF, Chain, Crossing, Plan
from tlsglass.x509 import encoding
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.model import Certificate

_ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_SHORT_FORM = 0x80


def good_chain(intermediates: int) -> list[Plan]:
    """A chain with which nothing is wrong, leaf first and root last."""
    middles = [replace(CA, subject=f"CA {place}") for place in range(intermediates)]
    return [LEAF, *middles, replace(CA, subject="root")]


@st.composite
def changed(draw: st.DrawFn, plan: Plan, least: int = 0, most: int = 2) -> Plan:
    """A plan with some parts changed."""
    for _ in range(draw(st.integers(least, most))):
        part = draw(st.sampled_from(sorted(CHANGES)))
        value = draw(st.sampled_from(CHANGES[part]))
        plan = replace(plan, **{part: value})  # type: ignore[arg-type]  # of the part's kind
    return plan if plan.begins < plan.ends else replace(plan, ends=plan.begins + LEAF.ends)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """A chain of up to five, with up to four changes."""
    plans = good_chain(draw(st.integers(0, 3)))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(plans) - 1))
        plans[place] = draw(changed(plans[place], 1, 1))
    return Chain(plans=tuple(plans))


@st.composite
def crossing_chains(draw: st.DrawFn) -> Chain:
    """A chain with further certificates for its authorities, by each other or by another root, sent in any order."""
    plans = good_chain(draw(st.integers(1, 3)))
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(plans) - 1))
        plans[place] = draw(changed(plans[place], 1, 1))
    top = len(plans) - 1
    crossings = draw(
        st.lists(
            st.builds(
                Crossing,
                holder=st.integers(1, top),
                issuer=st.one_of(st.none(), st.integers(1, top)),
                plan=changed(CA),
            ),
            min_size=1,
            max_size=4,
        )
    )
    order = draw(st.permutations(range(top - 1 + len(crossings))))
    return Chain(plans=tuple(plans), crossings=tuple(crossings), order=tuple(order), also_trusted=draw(st.booleans()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is done to the signed part of a certificate."""

    place: int
    """Which one is damaged: the leaf, or its issuer."""

    edits: Sequence[Edit]


def damage() -> st.SearchStrategy[Damage]:
    """Any changes to bytes and elements."""
    return st.builds(Damage, place=st.integers(0, 1), edits=edits(Form.ELEMENTS))


def damaged(sent: Sequence[Certificate], done: Damage) -> tuple[Certificate, ...]:
    """A chain of one intermediate with a certificate whose signed part was changed, and which was signed anew.

    Args:
        sent: leaf first; all keys are those of their places.
        done: what is done to which.
    """
    place = done.place
    others = [each.der for each in sent]
    body = edited(encoding.signed_part(sent[place].der), done.edits, Form.ELEMENTS, others)
    signature = ec_key(place + 1).sign(body, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    der = _element(0x30, body + _ECDSA_WITH_SHA256 + _element(0x03, b"\0" + signature))
    return (*sent[:place], parse_certificate(der), *sent[place + 1 :])


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < _SHORT_FORM:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _SHORT_FORM | len(length))) + length + content
