"""All parsers, and the modules that take bytes and are none."""

from tests.fuzz import (
    exchange_parsers,
    file_parsers,
    session_parsers,
    text_parsers,
    tls_parsers,
    trust_parsers,
    view_parsers,
    whole_parsers,
    x509_parsers,
)
from tests.fuzz.parser import Parser

PARSERS: tuple[Parser, ...] = (
    *x509_parsers.PARSERS,
    *file_parsers.PARSERS,
    *tls_parsers.PARSERS,
    *session_parsers.PARSERS,
    *trust_parsers.PARSERS,
    *exchange_parsers.PARSERS,
    *text_parsers.PARSERS,
    *view_parsers.PARSERS,
    *whole_parsers.PARSERS,
)
