"""An observation as others read it: outline, text, JSON, PEM, and the forms in which a part of it is copied."""
