"""The detail pane: one line of the outline in full, and its bytes where they lie in all others."""

from tlsglass.ui.widgets.detail.hex_view import HexView
from tlsglass.ui.widgets.detail.pane import Detail
from tlsglass.ui.widgets.detail.text import detail, title

__all__ = ["Detail", "HexView", "detail", "title"]
