"""Where rows go when they are dropped, swapped and repeated."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.inference.engine.cache import settled

WANTED = st.lists(st.integers(0, 11), min_size=1, max_size=12)


@given(WANTED, st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_every_row_has_a_place_and_those_that_can_stay(wanted, origins):
    places = settled(wanted, origins)
    assert sorted(places) == list(range(len(wanted)))
    assert {place for place in wanted if place < len(wanted)} <= {
        place for place, found in zip(wanted, places, strict=True) if place == found
    }


@given(st.permutations(range(8)))
def test_beams_move_within_their_own(order):
    origins = [0, 0, 0, 0, 1, 1, 1, 1]
    wanted = [order[0] % 4] * 4 + [4 + order[0] % 4] * 2 + [4 + order[1] % 4] * 2
    places = settled(wanted, origins)
    assert set(places[:4]) == {0, 1, 2, 3} and set(places[4:]) == {4, 5, 6, 7}


def test_nothing_to_keep():
    assert np.array_equal(settled([], [0, 0]), [])
