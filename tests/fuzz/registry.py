"""All parsers, and the modules that take bytes and are none."""

from tests.fuzz import (
    command_parsers,
    exchange_parsers,
    file_parsers,
    screen_parsers,
    session_parsers,
    signed_parsers,
    text_parsers,
    tls_parsers,
    trust_parsers,
    view_parsers,
    whole_parsers,
    x509_parsers,
)
from tests.fuzz.parser import Parser

NO_PARSERS: dict[str, str] = {
    "net.channel": "it sends what we say",
    "report.files": "it writes them",
    "tls.model": "it compares certificates byte by byte",
    "trust.revocation.questions": "it writes what we ask, of certificates that were read before",
    "trust.transparency.model": "it holds lists of logs that were read before",
    "ui.dialogs.save": "it holds bytes and hands them to a file",
    "ui.widgets.detail.hex_view": "it draws each byte by its number",
}
"""Modules that take bytes and don't look into them, and why not."""

TEXT: tuple[str, ...] = (
    "cli.passwords",
    "cli.suppositions",
    "exchange.harmless",
    "exchange.http",
    "limits",
    "net.admission",
    "report.commands",
    "report.search",
    "target",
    "target_file",
    "text",
    "trust.names.public_suffixes",
    "trust.remedies.certificate_requests",
    "trust.rules.identity",
    "trust.stores.anchors",
    "trust.supposition.moment",
    "trust.transparency.log_list",
    "ui.content",
    "ui.dialogs.request",
    "ui.history",
    "ui.widgets.response.charset",
    "ui.widgets.response.search",
)
"""Modules that read text which is typed or which strangers wrote; no annotation tells them from others."""

PARSERS: tuple[Parser, ...] = (
    *x509_parsers.PARSERS,
    *x509_parsers.OF_EXTENSIONS,
    *file_parsers.PARSERS,
    *tls_parsers.PARSERS,
    *session_parsers.PARSERS,
    *trust_parsers.PARSERS,
    *exchange_parsers.PARSERS,
    *text_parsers.PARSERS,
    *command_parsers.PARSERS,
    *view_parsers.PARSERS,
    *whole_parsers.PARSERS,
    *signed_parsers.PARSERS,
    *screen_parsers.PARSERS,
)
