"""Cells that a spreadsheet must not take for formulas."""

TRIGGERS = tuple("=+-@\t\r")


def harmless(value: str, original: str = "") -> str:
    """With an apostrophe before a character that starts a formula, unless the original starts with the same one."""
    return f"'{value}" if value.startswith(TRIGGERS) and value[0] != original[:1] else value
