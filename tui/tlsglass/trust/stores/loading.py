"""Stores by the names that are typed: each loaded from where it is, and several as one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tlsglass.errors import InputError
from tlsglass.frozen import dataclass
from tlsglass.trust.model import StoreLabel
from tlsglass.trust.stores import anchors
from tlsglass.trust.stores.store import Store, StoreKind


def load_store(
    stores: str | Sequence[str],
    ca_files: Path | Sequence[Path] | None = None,
    ct_log_list: Path | None = None,
    *,
    added: Mapping[str, Sequence[bytes]] | None = None,
) -> Store:
    """Load a store, or several as one.

    Args:
        stores: one or more of `mozilla` (certifi's copy of its list), `system`, `none`, and paths of files or folders
            with certificates in PEM or DER. A file that is called as one of these words is given as `./system`.
        ca_files: files whose certificates are added as anchors.
        ct_log_list: a file in the format of Chrome's log_list.json that says which logs count.
        added: certificates in DER that are at hand and added as well, by what they are called.

    Raises:
        InputError: a store, a CA file or the list of logs isn't one.
    """
    loaded = [_load(store) for store in dict.fromkeys([stores] if isinstance(stores, str) else stores)]
    chosen = [part for part in loaded if part is not _NOTHING]
    files = dict.fromkeys([ca_files] if isinstance(ca_files, Path) else ca_files or ())
    more = [
        _Part(label=StoreLabel(name=name, date=None), ders=tuple(ders))
        for name, ders in (*((file.name, anchors.in_file(file)) for file in files), *(added or {}).items())
    ]
    first, *others = chosen or [_NOTHING]
    label = replace(
        first.label,
        also=tuple(part.label for part in others),
        added=", ".join(dict.fromkeys(part.label.name for part in more)) or None,
        count=len(chosen) + len(more),
    )
    sources: dict[bytes, tuple[str, ...]] = {}
    for part in (*chosen, *more):
        for der in part.ders:
            sources[der] = (*sources.get(der, ()), part.label.name)
    logs = None
    if ct_log_list is not None:
        from tlsglass.trust.transparency.log_list import read_log_list  # noqa: PLC0415 - few bring a list of their own

        logs = read_log_list(ct_log_list)
    return Store(label, sources, origins=_origins(chosen), sources=sources, log_list=logs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One of the stores that make up one."""

    label: StoreLabel
    ders: tuple[bytes, ...]
    is_system: bool = False


_NOTHING = _Part(label=StoreLabel(name="none", date=None), ders=())


def _load(store: str) -> _Part:
    match store:
        case "mozilla":
            day, ders = anchors.mozilla()
            return _Part(label=StoreLabel(name="Mozilla", date=day), ders=ders)
        case "system":
            return _Part(label=StoreLabel(name="system", date=None), ders=anchors.system(), is_system=True)
        case "none":
            return _NOTHING
    path = Path(store)
    try:
        ders = anchors.in_path(path)
    except InputError as error:
        hint = f"{error.hint} Or name a store: mozilla, system or none."
        raise InputError(error.fault, error.message, hint) from error
    return _Part(label=StoreLabel(name=path.name or store, date=None), ders=ders)


def _origins(chosen: Sequence[_Part]) -> dict[bytes, StoreKind]:
    """Whose list the anchors of the chosen stores are from; those of files that Mozilla lacks are from none."""
    public = frozenset(anchors.mozilla()[1]) if chosen else frozenset()
    origins: dict[bytes, StoreKind] = {}
    for part in chosen:
        for der in part.ders:
            if der in public:
                origins[der] = "mozilla"
            elif part.is_system:
                origins[der] = "system"
    return origins
