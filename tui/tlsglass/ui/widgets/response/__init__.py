"""The raw response panel."""

from tlsglass.ui.widgets.response.panel import ResponsePanel

__all__ = ["ResponsePanel"]
