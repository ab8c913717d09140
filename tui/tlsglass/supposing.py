"""What was seen, judged again for something that is supposed: another time, name, chain or store. Nobody is asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from tlsglass.errors import Fault, InputError
from tlsglass.limits import DEFAULTS, MOST_ADDED, Limits
from tlsglass.load import read_source
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.target import is_address
from tlsglass.target_file import FileTarget
from tlsglass.trust.aia import with_notes_of
from tlsglass.trust.judge import judge
from tlsglass.trust.model import TrustReport
from tlsglass.trust.profile import Profile
from tlsglass.trust.revocation.model import RevocationAnswer, Source
from tlsglass.trust.stores import Store
from tlsglass.trust.supposition.model import Supposed, Supposition
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.containers.model import Kind
from tlsglass.x509.containers.unpack import unpack
from tlsglass.x509.model import Certificate


def judge_again(
    observation: Observation,
    store: Store,
    supposition: Supposition,
    *,
    profile: Profile = Profile.WEBPKI,
    limits: Limits = DEFAULTS,
) -> TrustReport:
    """The judgement of what was seen, as it would be if something was otherwise.

    Args:
        observation: what was seen; it was judged, or nobody named a site. Its judgement supposes nothing of the chain.
        store: the anchors as they are in truth.
        supposition: what to suppose; where that is nothing, the judgement is that of what was seen.
        profile: by whose rules to judge, where no others are supposed.
        limits: how many certificates take part.
    """
    trust = observation.trust
    moment = observation.started if trust is None else trust.seen_at or trust.at
    hostname = supposition.hostname or observation.target.hostname or ""
    at = supposition.at or moment
    supposed, supposed_store = supposed_chain(observation.certificates, store, supposition, most=limits.judged)
    left_out = 0
    if supposed is not None:
        left_out = len(observation.certificates) + len(supposed.added) - len(supposed.dropped) - limits.judged
    as_it_is = at == moment and hostname == observation.target.hostname and supposed is None
    rules = supposition.profile or profile
    report = judge(
        observation.certificates if supposed is None else supposed.certificates,
        hostname=hostname,
        is_address=is_address(hostname),
        store=supposed_store,
        handshake=observation.handshake,
        at=at,
        profile=rules,
        from_file=isinstance(observation.target, FileTarget),
        seen_at=moment,
        fetched=trust.fetched if trust is not None else (),
        revocation=_asked(trust),
        supposed=supposed,
        left_out=max(0, left_out),
        limits=limits,
    )
    report = replace(report if trust is None else with_notes_of(report, trust), profile_supposed=rules is not profile)
    return replace(report, seen_at=None) if as_it_is and rules is profile else report


def supposed_chain(
    certificates: Sequence[Certificate], store: Store, supposition: Supposition, *, most: int
) -> tuple[Supposed | None, Store]:
    """Apply what is supposed.

    Args:
        certificates: in the order sent. No more of them are looked at than need be.
        store: the anchors as they are in truth.
        supposition: what to suppose; indexes of nothing that was sent are passed over.
        most: how many certificates take part in a judgement; what is added always does.

    Returns:
        What is supposed to have been sent, None where that is what was sent and the store is as it is; and the store.
    """
    places = frozenset(place for place in supposition.dropped if 0 <= place < len(certificates))
    kept = tuple(islice(_kept(certificates, places), max(0, most - len(supposition.added))))
    trusted = tuple(each for each in supposition.trusted if not store.contains(each))
    distrusted = tuple(each for each in supposition.distrusted if store.contains(each))
    if not (places or supposition.added or trusted or distrusted):
        return None, store
    supposed = Supposed(
        certificates=(*kept, *supposition.added),
        dropped=tuple(certificates[place] for place in sorted(places)),
        dropped_places=places,
        added=supposition.added,
        trusted=trusted,
        distrusted=distrusted,
    )
    return supposed, store.without(each.der for each in distrusted).with_anchors(each.der for each in trusted)


def _kept(certificates: Iterable[Certificate], dropped: frozenset[int]) -> Iterator[Certificate]:
    return (certificate for place, certificate in enumerate(certificates) if place not in dropped)


def _asked(trust: TrustReport | None) -> tuple[RevocationAnswer, ...] | None:
    """What responders and lists have said, if they were asked: they are not asked again."""
    said = trust.revocation if trust is not None else ()
    return tuple(answer for answer in said if answer.source is not Source.STAPLE) or None


def certificates_of(source: FileTarget, stop: Stop) -> tuple[Certificate, ...]:
    """The certificates to be supposed that a file holds, or what was pasted.

    Args:
        source: where they are.
        stop: ends waiting for a pipe.

    Returns:
        At least one, and at most `MOST_ADDED`.

    Raises:
        InputError: with a sentence: it can't be read, or holds no certificate or too many.
    """
    items = unpack(read_source(source, stop)).items
    held = tuple(dict.fromkeys(item.der for item in items if item.kind is Kind.CERTIFICATE))
    if not held:
        raise InputError(Fault.BAD_FILE, f"There is no certificate in {source.origin}.", "Name a file that has one.")
    if len(held) > MOST_ADDED:
        many = f"There are {len(held):,} certificates in {source.origin}; up to {MOST_ADDED} can be supposed."
        raise InputError(Fault.TOO_LARGE, many, "Name a file that has only those.")
    return tuple(map(parse_certificate, held))
