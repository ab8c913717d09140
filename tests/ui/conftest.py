"""One zoo for the tests of the screen, and apps on it that keep their history in a folder of the test."""

import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tlsglass.demo.zoo import Zoo
from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.settings import Settings

AppMaker = Callable[..., TlsglassApp]
"""Makes an app for a target; `demo=False` leaves the zoo out, other words are settings."""


@pytest.fixture(scope="package")
def zoo() -> Iterator[Zoo]:
    """An open zoo."""
    with Zoo() as opened:
        yield opened


@pytest.fixture
def history_file(tmp_path: Path) -> Path:
    """Where the app under test keeps its history."""
    return tmp_path / "state" / "history"


@pytest.fixture
def make_app(zoo: Zoo, history_file: Path) -> AppMaker:
    """Makes apps for the test."""

    def make(
        target: str | None = None, *, demo: bool = True, also: Sequence[str] = (), **options: object
    ) -> TlsglassApp:
        settings = Settings(history_file=history_file, **options)  # type: ignore[arg-type]  # as the test names them
        return TlsglassApp(target, settings, zoo if demo else None, also)

    return make


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
