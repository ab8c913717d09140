"""The terminal that the tests look at."""

from tests.terminal import Terminal


def test_of_a_wide_character_written_over_by_half_the_other_half_is_blank() -> None:
    """As terminals have it; what is read of a picture may end there."""
    with Terminal(["printf", "\u4e2d\u4e2d\rx"]) as terminal:
        terminal.until("x \u4e2d ")
