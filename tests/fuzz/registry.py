"""All parsers, and the modules that take bytes and are none."""

from tests.fuzz import file_parsers, session_parsers, tls_parsers, x509_parsers
from tests.fuzz.parser import Parser

PARSERS: tuple[Parser, ...] = (
    *x509_parsers.PARSERS,
    *file_parsers.PARSERS,
    *tls_parsers.PARSERS,
    *session_parsers.PARSERS,
)
