"""Tables as CSV files that a spreadsheet opens as they are meant.

csv_answer([("Team", "=1+1"), ("Nursing", "12")], name="bedside-teams")
 ──►  text/csv, UTF-8 with its mark, "'=1+1" instead of a formula
"""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from training.services.cells import defuse


def csv_answer(rows: Iterable[Sequence[str]], *, name: str) -> Response:
    """Return rows as a file to keep; `name` is the file's, without its ending."""
    text = io.StringIO()
    csv.writer(text).writerows([defuse(cell) for cell in row] for row in rows)
    answer = Response(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
