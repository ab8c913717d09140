"""A parser under hypothesis, as pytest runs it: always the same inputs, a stated number of them."""

from base64 import b64encode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.edits import Edit, edited, edits
from tests.fuzz.parser import FoundError, Parser, examine


def run(parser: Parser) -> None:
    """Read every seed as it is, and `Parser.inputs` inputs that were made of them.

    Raises:
        FoundError: one of them failed; the message has it in base64.
    """
    seeds = parser.seeds()
    assert seeds, parser.name
    for seed in seeds:
        _examine(parser, seed)

    @settings(
        derandomize=True,
        max_examples=parser.inputs,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(seeds) | st.binary(max_size=40), edits(parser.form))
    def damaged(seed: bytes, changes: list[Edit]) -> None:
        _examine(parser, edited(seed, changes, parser.form, seeds))

    damaged()


def _examine(parser: Parser, data: bytes) -> None:
    try:
        examine(parser, data)
    except FoundError as error:
        message = f"{error}\n{b64encode(data[:2_000]).decode()}"
        raise FoundError(message) from error.__cause__
