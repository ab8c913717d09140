"""What guests may ask a server for: what reads and changes nothing, of the very host that they may look at.

Bytes of any kind to a server that others run are no part of a demonstration. The methods are those that are defined as
safe; the headers are those that choose among representations of one thing. `Host` is not among them, as it would
choose another site, nor are those that log in or say where the request comes from.
"""

from tlsglass.errors import Fault, InputError
from tlsglass.exchange.http import default_request
from tlsglass.exchange.model import Request
from tlsglass.target import Target

METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""RFC 9110 §9.2.1, without TRACE, which has the request itself sent back."""

HEADERS = frozenset(
    {
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "connection",
        "if-modified-since",
        "if-none-match",
        "range",
        "user-agent",
    }
)
"""RFC 9110 §7.6.1, §10.1.5, §12.5, §13.1 and §14.2, RFC 9111 §5.2."""


def check_harmless(request: Request, target: Target) -> None:
    """Refuse what guests may not ask for.

    Args:
        request: what is asked, as it was edited.
        target: whom; the Host header may say so.

    Raises:
        InputError: with NOT_ALLOWED, and a sentence that names what is refused.
    """
    if request.method not in METHODS:
        message = f"Guests may not send the method {request.method[:40]!r}."
        raise InputError(Fault.NOT_ALLOWED, message, "Those that only read are open to guests: GET, HEAD and OPTIONS.")
    unasked = {(name.lower(), value) for name, value in default_request(target).headers}
    for name, value in request.headers:
        if name.lower() not in HEADERS and (name.lower(), value) not in unasked:
            message = f"Guests may not send the header {name[:40]!r} with that value."
            hint = "Accept, Accept-Encoding, Accept-Language, Range, If-None-Match and User-Agent are open to guests."
            raise InputError(Fault.NOT_ALLOWED, message, hint)
