"""Orders: what should be done, said to the practice ("Answer the phone", "Listen more").

asked what could be better    "Answer the phone."      a gap: −1.4
asked what went well          "Listen to people."      no gap
"""

from training.feedback.language_files import Tables
from training.feedback.page import Page
from training.feedback.remarks import Piece
from training.feedback.sentiment import Feeling

_GAP = -1.4  # as much as a suggestion ("could do with …")


def with_orders(
    page: Page, piece: Piece, own: list[Feeling], known: Tables, question: str
) -> list[Feeling]:
    """Return the feelings of a piece, with that of an order at its head, if one stands there."""
    orders = known.orders if question == "could_be_better" else known.demands
    opening = piece.first
    if question == "went_well" or page.word(opening) not in orders:
        return own
    if any(one.first == opening and (one.last > opening or one.weight < 0) for one in own):
        return own
    return [Feeling(_GAP, opening, opening), *(one for one in own if one.weight < 0)]
