import gc

import pytest

from training.feedback.loading import uncollected


def test_the_collector_rests_while_tables_are_read_and_goes_on_afterwards() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_fault_and_stays_off_where_it_was_off() -> None:
    with pytest.raises(ValueError, match="a bad table"), uncollected():
        raise ValueError("a bad table")
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
