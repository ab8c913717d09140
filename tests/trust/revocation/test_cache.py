"""Lists that were had are not fetched again, as long as they are current."""

from dataclasses import replace

from tests.trust.authority import DAY, NOW, Authority
from tests.trust.revocation.lists_of import read_by
from tlsglass.trust.revocation.cache import ListCache

LIST = read_by(Authority.root())


def test_a_list_is_kept_until_its_next_update() -> None:
    """Then it is gone."""
    cache = ListCache()
    cache.put("http://a.test", LIST)
    assert cache.get("http://a.test", NOW) is LIST
    assert cache.get("http://b.test", NOW) is None
    assert cache.get("http://a.test", NOW + DAY) is None
    assert cache.get("http://a.test", NOW) is None


def test_a_list_without_an_end_is_not_kept() -> None:
    """Nobody knows until when."""
    cache = ListCache()
    cache.put("http://a.test", replace(LIST, next_update=None))
    assert cache.get("http://a.test", NOW) is None


def test_the_cache_has_a_size() -> None:
    """What came first goes first, and what is too large does not come in."""
    cache = ListCache(2 * len(LIST.der))
    for host in "abc":
        cache.put(f"http://{host}.test", LIST)
    cache.put("http://b.test", LIST)
    assert [cache.get(f"http://{host}.test", NOW) is LIST for host in "abc"] == [False, True, True]
    cache.put("http://d.test", LIST)
    assert cache.get("http://b.test", NOW) is LIST
    assert cache.get("http://c.test", NOW) is None
    small = ListCache(len(LIST.der) - 1)
    small.put("http://a.test", LIST)
    assert small.get("http://a.test", NOW) is None
