"""The error that a user may see: one line that says what is wrong, where, and what to do."""


class BylostaloError(Exception):
    """Bad input or a missing part; the command line prints its text and exits with code 2."""
