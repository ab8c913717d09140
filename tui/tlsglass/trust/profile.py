"""The sets of rules that a chain can be judged by. The command line knows them before anything else is loaded."""

from enum import StrEnum


class Profile(StrEnum):
    """By whose rules a chain is judged."""

    WEBPKI = "webpki"
    """What browsers hold a public site to: RFC 5280 and the CA/Browser Forum Baseline Requirements."""

    RFC5280 = "rfc5280"
    """What a private authority may do: RFC 5280, RFC 9525 and what every TLS client asks for."""
