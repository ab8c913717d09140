"""What is drawn of a look: every line that the app makes of whatever a server or a file says."""

from collections.abc import Iterator

from textual.content import Content

from tests.fuzz import checks
from tests.fuzz.parser import Form, Parser
from tests.fuzz.signed_parsers import leaf, leaves
from tests.fuzz.tls_parsers import flights
from tests.fuzz.whole_parsers import bundles, flat, judged_file, probed
from tests.trust.authority import NOW
from tlsglass.observation import Observation
from tlsglass.report.outline import outline
from tlsglass.ui.demo.exhibits import outcome
from tlsglass.ui.widgets.checks.lines import heading, line
from tlsglass.ui.widgets.checks.rows import groups
from tlsglass.ui.widgets.detail.text import detail
from tlsglass.ui.widgets.handshake import facts, messages
from tlsglass.ui.widgets.headline import headline
from tlsglass.ui.widgets.status_line import status

_WIDTHS = (16, 38, 100)
_MOST_LINES = 400
"""Lines of a tree that are drawn."""


def _drawn(seen: Observation, width: int) -> Iterator[Content]:
    yield headline(seen, 1.0, width)
    yield status(seen, width)
    yield facts(seen, width)
    yield messages(seen.messages)
    yield from outcome(seen)
    if seen.trust is not None:
        labels = {certificate.sha256: certificate.label for certificate in seen.certificates}
        for group in groups(seen.trust):
            yield heading(group, width, is_open=True)
            for row in group.rows:
                yield line(row, labels, width)
    for number, node in enumerate(flat(outline(seen))):
        if number == _MOST_LINES:
            break
        yield detail(node, NOW, width)


def _check_drawn(_data: bytes, seen: Observation) -> None:
    """Nothing that a terminal obeys or hides, at any width."""
    for width in _WIDTHS:
        for content in _drawn(seen, width):
            checks.drawable(content.plain)


_WIDGETS = ("ui.widgets.headline", "ui.widgets.status_line", "ui.widgets.checks.lines", "ui.widgets.detail.text")

PARSERS: tuple[Parser, ...] = (
    Parser(
        name="screen-file",
        covers=_WIDGETS,
        read=judged_file,
        seeds=bundles,
        check=_check_drawn,
        inputs=60,
        calls=(400_000, 1_500),
    ),
    Parser(
        name="screen-leaf",
        covers=_WIDGETS,
        read=leaf,
        seeds=lambda: leaves()[:30],
        check=_check_drawn,
        inputs=40,
        calls=(400_000, 1_500),
    ),
    Parser(
        name="screen-probe",
        covers=("ui.widgets.headline", "ui.widgets.handshake"),
        read=probed,
        seeds=flights,
        check=_check_drawn,
        form=Form.RECORDS,
        inputs=80,
        calls=(100_000, 1_000),
    ),
)
