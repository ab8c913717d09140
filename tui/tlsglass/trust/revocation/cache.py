"""Revocation lists that were fetched, kept until their next update: many certificates share one list."""

import threading
from datetime import datetime

from tlsglass.limits import LARGEST_CACHE
from tlsglass.trust.revocation.lists import ReadList


class ListCache:
    """Lists by address, for one session; any thread may use it."""

    def __init__(self, largest: int = LARGEST_CACHE) -> None:
        """Make an empty one.

        Args:
            largest: bytes of all lists that are kept together; the oldest go first.
        """
        self._largest = largest
        self._lock = threading.Lock()
        self._lists: dict[str, ReadList] = {}

    def get(self, url: str, at: datetime) -> ReadList | None:
        """The list that was had at an address; None where there is none or a newer one is due.

        Args:
            url: the address as asked.
            at: the moment, aware.
        """
        with self._lock:
            found = self._lists.get(url)
            if found is None or found.next_update is None or found.next_update <= at:
                self._lists.pop(url, None)
                return None
            return found

    def put(self, url: str, found: ReadList) -> None:
        """Keep a list; one that does not say when the next comes, or is too large for the cache, is not kept.

        Args:
            url: the address as asked.
            found: what was there, once its signature was found good.
        """
        if found.next_update is None or len(found.der) > self._largest:
            return
        with self._lock:
            self._lists.pop(url, None)
            self._lists[url] = found
            while sum(len(kept.der) for kept in self._lists.values()) > self._largest:
                del self._lists[next(iter(self._lists))]
