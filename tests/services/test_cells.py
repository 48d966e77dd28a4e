"""Cells that a spreadsheet must not work out."""

import pytest

from training.services.cells import defuse


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        " =1",
        "\t=1",
        "\r=1",
        "\u3000=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "\tx",
    ],
)
def test_what_begins_like_a_formula_is_defused(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Grace Adeyemi", "2026-03-16", "a=b", "“=1”"])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert defuse(cell) == cell
