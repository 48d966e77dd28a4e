"""Cells of a table that people will open in a spreadsheet.

=HYPERLINK("http://…")   ──►   '=HYPERLINK("http://…")      shown as text, not worked out
Grace Adeyemi            ──►   Grace Adeyemi
"""

_FORMULA = tuple("=+-@＝＋－＠")
_SKIPPED = ("\t", "\r", "\n")


def defuse(cell: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula.

    A quotation mark is put before what begins like one, whatever blank signs stand in front.
    Numbers need not come this way.
    """
    risky = cell.lstrip().startswith(_FORMULA) or cell.startswith(_SKIPPED)
    return f"'{cell}" if risky else cell
