"""What work costs, whatever the machine: how many functions of Python are called for it."""

import sys
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def counted(work: Callable[[], Result]) -> tuple[Result, int]:
    """Do some work.

    Returns:
        What comes of it, and how many functions it called.
    """
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        result = work()
    finally:
        sys.setprofile(before)
    return result, count
