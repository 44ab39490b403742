"""Libraries of reply templates: read from a file or a folder, written back annotated or rewritten."""

from .library import Library
from .opening import open_library

__all__ = ["Library", "open_library"]
