"""The checks panel: every reason of the verdict, what was not checked and why, what passed, and who is affected."""

from tlsglass.ui.widgets.checks.chips import FilterChip
from tlsglass.ui.widgets.checks.lines import heading, line
from tlsglass.ui.widgets.checks.panel import Checks
from tlsglass.ui.widgets.checks.rows import Group, Kind, Row, groups

__all__ = ["Checks", "FilterChip", "Group", "Kind", "Row", "groups", "heading", "line"]
