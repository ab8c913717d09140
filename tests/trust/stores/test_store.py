"""Stores: which anchors they hold, whose these are, and what they would be with others."""

import subprocess
import sys

from tests.trust.authority import Authority, ec_key
from tests.trust.cases import check_named, judged
from tests.trust.stores.folders import OTHER, ROOT
from tlsglass.trust.model import StoreLabel
from tlsglass.trust.programs.data import Bounds
from tlsglass.trust.programs.standing import standing_in
from tlsglass.trust.stores import Store, load_store
from tlsglass.trust.transparency.log_list import known_logs
from tlsglass.x509.certificate import parse_certificate


def test_every_anchor_is_found_by_its_subject() -> None:
    """The index that is made without parsing agrees with the parsed names."""
    store = load_store("mozilla")
    for anchor in list(store._ders)[:20]:
        certificate = parse_certificate(anchor)
        assert store.contains(certificate)
        assert certificate in store.named(certificate.subject.der)


def test_anchors_are_loaded_once_and_all() -> None:
    """OpenSSL gets every certificate, and the same objects at each probe."""
    store = load_store("mozilla")
    assert len(store.anchors()) == store.size
    assert store.anchors() is store.anchors()


def test_a_store_can_be_supposed_to_have_more_or_fewer_anchors() -> None:
    """What it is derived from stays as it is, and its label says that it is supposed; no change is no supposition."""
    other = Authority.root("Other Root", key=ec_key(7))
    store = Store.from_der("own", [ROOT.der])
    more = store.with_anchors([other.der, ROOT.der])
    assert [more.contains(each.parsed) for each in (ROOT, other)] == [True, True]
    assert str(more.label) == "own as supposed"
    fewer = more.without([ROOT.der])
    assert [fewer.contains(each.parsed) for each in (ROOT, other)] == [False, True]
    assert fewer.named(ROOT.parsed.subject.der) == ()
    assert (store.size, str(store.label)) == (1, "own")
    assert store.with_anchors([ROOT.der]) is store
    assert store.without([other.der]) is store


def test_where_an_anchor_is_from_is_known_of_a_supposed_store_too() -> None:
    """Rules ask whether a root is Mozilla's."""
    store = load_store("mozilla")
    first, second = list(store._ders)[:2]
    assert store.without([first]).origin(parse_certificate(second)) == "mozilla"


def test_what_is_no_certificate_is_left_out() -> None:
    """A store of hand-picked bytes is used as far as it can be."""
    store = Store.from_der("odd", [b"\x30\x00", ROOT.der, ROOT.der])
    assert store.size == 2
    assert len(store.anchors()) == 1
    assert store.issuers_of(ROOT.issues("a.test").parsed) == (ROOT.parsed,)


def test_a_store_may_bring_its_own_label() -> None:
    """A text is as good as a label."""
    label = StoreLabel(name="zoo", date=None)
    assert Store.from_der(label, []).label is label
    assert str(Store.from_der("zoo", []).label) == "zoo"


def test_a_store_of_certificates_at_hand_has_its_own_name() -> None:
    """Unless an anchor is only supposed, which no store has."""
    store = Store.from_der("zoo", [ROOT.der])
    assert store.stores_of(ROOT.parsed) == ("zoo",)
    assert store.stores_of(OTHER.parsed) == ()
    assert store.with_anchors([OTHER.der]).stores_of(OTHER.parsed) == ()
    assert load_store("mozilla").with_anchors([OTHER.der]).stores_of(OTHER.parsed) == ()


def test_an_anchor_can_stand_in_for_a_public_one() -> None:
    """It is judged alike, and said to stand in; the store stays what it is otherwise."""
    store = ROOT.store()
    assert not store.is_public(ROOT.parsed)
    logs = known_logs().with_more("more", {b"id": next(iter(known_logs().logs.values()))})
    standing = standing_in(ROOT.parsed, {"Mozilla": Bounds()})
    public = store.standing_in({ROOT.der: standing}, logs)
    assert (public.origin(ROOT.parsed), public.is_public(ROOT.parsed)) == ("stand-in", True)
    assert (public.label, public.size, public.log_list) == (store.label, store.size, logs)
    assert public.standing_in({}).log_list is logs
    assert (public.stand_in(ROOT.parsed), store.stand_in(ROOT.parsed)) == (standing, None)
    assert public.with_anchors([OTHER.der]).stand_in(ROOT.parsed) is standing
    assert str(logs).startswith("cryptodatahub with more, ")
    assert b"id" in logs.logs
    assert b"id" not in known_logs().logs
    report = judged([ROOT.issues("a.test")], store=public)
    assert report.programs is standing
    path = check_named(report.checks, "path")
    assert path.detail.endswith("It stands in for a root of a public list here.")


def test_stores_load_neither_openssl_nor_cryptography_before_they_need_them() -> None:
    """The app paints before these are imported."""
    code = "import sys; from tlsglass.trust import judge, stores; stores.load_store('mozilla').named(b''); "
    code += "sys.exit(int(bool({'OpenSSL', 'cryptography'} & {*sys.modules})))"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
