"""The forms in which what is selected can be copied, a module a family."""

from tlsglass.report.forms.model import Form, size_text
from tlsglass.report.forms.offered import finding_text, forms, with_colons

__all__ = ["Form", "finding_text", "forms", "size_text", "with_colons"]
