"""Text that a spreadsheet would take for a formula: kept, and harmless in what we hand out.

OWASP, "CSV injection": a cell that begins with = + - @, a tab or a carriage return is computed
when the file is opened. In a CSV an apostrophe before it makes it text; an .xlsx keeps strings as
strings. What we wrote is read back as it was.
"""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"


def guarded(text: str) -> str:
    """Return ``text`` as a CSV cell may hold it."""
    return GUARD + text if _is_guardable(text) else text


def unguarded(text: str) -> str:
    """Return what ``guarded`` was given."""
    return text[1:] if text.startswith(GUARD) and _is_guardable(text[1:]) else text


def _is_guardable(text: str) -> bool:
    """Say whether it is dangerous, or begins with apostrophes before something that is."""
    return text.lstrip(GUARD).startswith(DANGEROUS)
