"""The engine asks all the while whether others go first."""

import threading

import pytest

from tests.trust.authority import Authority
from tlsglass.turns import give_way, giving_way
from tlsglass.x509.certificate import parse_certificate
from tlsglass.x509.fields import certificate_fields


def test_it_is_asked_in_the_thread_that_gives_way() -> None:
    """Within only, and in no other thread; what held before holds again after."""
    asked: list[str] = []
    with giving_way(lambda: asked.append("outer")):
        with giving_way(lambda: asked.append("inner")):
            give_way()
            other = threading.Thread(target=give_way)
            other.start()
            other.join()
        give_way()
    give_way()
    assert asked == ["inner", "outer"]


def test_what_fails_gives_way_no_more() -> None:
    """Nor does what comes after it in the same thread."""
    asked: list[None] = []
    with pytest.raises(ZeroDivisionError), giving_way(lambda: asked.append(None)):
        divmod(len(asked), 0)
    give_way()
    assert asked == []


def test_each_name_of_a_huge_certificate_gives_way() -> None:
    """Where it is read, and where its lines are made."""
    names = [f"{number}.example" for number in range(100)]
    der = Authority.root().issues(*names).der
    asked: list[None] = []
    with giving_way(lambda: asked.append(None)):
        certificate = parse_certificate(der)
        read = len(asked)
        certificate_fields(certificate)
    assert read >= len(names)
    assert len(asked) - read >= len(names)
