"""Which stores have the anchor of a path, where several were chosen."""

from tlsglass.trust.model import PathStep, TrustReport


def which(trust: TrustReport, step: PathStep) -> str:
    """What follows 'from the store' of a step: ` (Mozilla, system)`; nothing where there is one store only.

    Not yet made printable: files have names that others may have given them.
    """
    return f" ({', '.join(step.stores)})" if trust.store.count > 1 and step.stores else ""
