"""What the server should send instead of what it sent. RFC 5246 §7.4.2, RFC 8446 §4.4.2."""

from tlsglass.trust.model import PathStep, TrustReport
from tlsglass.trust.signatures import is_self_signed
from tlsglass.x509.model import Certificate


def repaired_chain(report: TrustReport) -> tuple[Certificate, ...] | None:
    """The chain as it should be sent, by the path in use.

    Args:
        report: the judgement.

    Returns:
        Leaf first, then the intermediates of the path, without the root; cross-certificates that were sent for other
        clients stay, at the end. None where that is what was sent, or where an issuer is not at hand.
    """
    steps = report.path
    if not steps or report.missing is not None:
        return None
    # An issuer that every client has to have is a root; an anchor that another one issued is none for all.
    chain = [step for place, step in enumerate(steps) if not place or not is_self_signed(step.certificate)]
    chain += _sent_beside(report)
    sent = {step.sent for step in steps if step.sent is not None} | report.unrelated
    if not report.out_of_order and {step.sent for step in chain} == sent:
        return None
    return tuple(step.certificate for step in chain)


def _sent_beside(report: TrustReport) -> list[PathStep]:
    """What was sent for other paths than the one in use, but for their roots, in the order sent."""
    beside = {
        step.sent: step
        for path in report.paths
        for step in path.steps
        if step.sent is not None and step.sent in report.unrelated and not is_self_signed(step.certificate)
    }
    return [beside[sent] for sent in sorted(beside)]
