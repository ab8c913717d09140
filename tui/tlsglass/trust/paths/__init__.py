"""All ways from the leaf to a trust anchor: found within bounds, best first. RFC 4158."""

from tlsglass.trust.paths.path import Path
from tlsglass.trust.paths.search import build_path, find_paths

__all__ = ("Path", "build_path", "find_paths")
