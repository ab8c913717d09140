"""The trust anchors that a chain is judged by: Mozilla's list, the system's store, files, folders, several, or none."""

from tlsglass.trust.stores.loading import load_store
from tlsglass.trust.stores.store import Store, StoreKind

__all__ = ("Store", "StoreKind", "load_store")
