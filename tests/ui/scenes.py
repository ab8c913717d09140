"""The states of the product that the snapshot tests hold and the pictures in `screenshots/` show.

`python -m tests.ui.scenes` draws the pictures anew. The servers are the demo's own and the handshakes real; what
differs from start to start (keys, serial numbers, ports, the clock, how long things take) is made the same, so that
two pictures differ only where the program does.
"""

import asyncio
import contextlib
import itertools
import sys
import tempfile
from collections.abc import Awaitable, Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric import ec
from textual.pilot import Pilot

import tlsglass.probe
from tlsglass import events
from tlsglass.demo.zoo import Zoo
from tlsglass.net.model import Endpoint
from tlsglass.probe import probe
from tlsglass.trust.stores import anchors
from tlsglass.ui.app import TlsglassApp
from tlsglass.ui.settings import Settings
from tlsglass.ui.site.screen import SiteScreen
from tlsglass.ui.themes import DARK, LIGHT

PICTURES = Path(__file__).resolve().parents[2] / "screenshots"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_PORT = 44301
_SETTLED_AFTER = 1_000
"""Rounds of the event loop within which a screen comes to rest."""

_STEPS = {
    events.PhaseStarted: 0.0,
    events.Resolved: 0.002,
    events.Connected: 0.012,
    events.HandshakeDone: 0.031,
    events.ResponseStarted: 0.017,
    events.Finished: 0.004,
}
"""How long each event is said to have taken, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A state of the product."""

    name: str
    host: str | None
    """The site that is looked at; None stays where the app begins."""

    press: tuple[str, ...] = ()
    """Keys pressed once the answer is there."""

    size: tuple[int, int] = (120, 40)
    theme: str = DARK.name
    """Which theme; the app's own choice depends on the terminal."""

    demo: bool = True
    """Whether the app is on the demo's servers."""


SCENES = (
    Scene(name="start", host=None, demo=False),
    Scene(name="demo", host=None, press=("down", "down", "down", "down", "down")),
    Scene(name="good", host="good.demo.test"),
    Scene(name="expired", host="expired.demo.test"),
    Scene(name="checks", host="missing-intermediate.demo.test", press=("2",)),
    Scene(name="fix", host="wrong-order.demo.test", press=("2", "f")),
    Scene(name="what-if", host="cross-signed.demo.test", press=("i",)),
    Scene(name="asn1", host="good.demo.test", press=("down", "a", "b", "down", "down")),
    Scene(name="copy-as", host="good.demo.test", press=("C",)),
    Scene(name="hostile", host="markup.demo.test"),
    Scene(name="narrow", host="expired.demo.test", size=(80, 24)),
    Scene(name="light", host="wrong-name.demo.test", theme=LIGHT.name),
)


@contextlib.contextmanager
def same_every_time() -> Iterator[None]:
    """Keys, serial numbers, ports, clocks and durations that are the same at each start."""
    numbers = itertools.count(0x5EED)

    def key(curve: ec.EllipticCurve, backend: object = None) -> ec.EllipticCurvePrivateKey:
        del backend
        return ec.derive_private_key(next(numbers) ** 9, curve)

    # Read once by whichever test came first: the date of the list must not be that of the one installed.
    anchors.mozilla.cache_clear()
    with (
        patch("cryptography.hazmat.primitives.asymmetric.ec.generate_private_key", key),
        patch("cryptography.x509.random_serial_number", lambda: next(numbers) ** 9),
        patch("tlsglass.demo.pages.formatdate", lambda **_: "Mon, 23 Nov 2026 12:00:00 GMT"),
        patch("certifi.__version__", "2026.10.18"),
        patch("tlsglass.probe.probe", _steady_probe),
    ):
        try:
            yield
        finally:
            anchors.mozilla.cache_clear()


def _steady_probe(*arguments: object, **options: object) -> Generator[events.Event, None, None]:
    at = 0.0
    for event in probe(*arguments, now=lambda: AT, **options):  # type: ignore[arg-type]  # handed on as they came
        at += _STEPS.get(type(event), 0.0)
        if isinstance(event, events.Connected):
            yield replace(event, at=at, endpoint=Endpoint(address="127.0.0.1", port=_PORT))
        elif isinstance(event, events.Resolved):
            yield replace(event, at=at, endpoints=(Endpoint(address="127.0.0.1", port=_PORT),))
        else:
            yield replace(event, at=at)


@contextlib.contextmanager
def app_of(scene: Scene, folder: Path) -> Iterator[TlsglassApp]:
    """The app as the scene has it, on servers of its own; it is not started.

    Args:
        scene: the scene.
        folder: where the app may keep its history.
    """
    settings = Settings(history_file=folder / "history")
    with same_every_time(), contextlib.ExitStack() as stack:
        zoo = stack.enter_context(Zoo(at=AT)) if scene.demo else None
        yield TlsglassApp(target_text=scene.host, settings=settings, zoo=zoo)


def director(scene: Scene) -> Callable[[Pilot[None]], Awaitable[None]]:
    """What brings a started app into the scene's state."""

    async def direct(pilot: Pilot[None]) -> None:
        pilot.app.theme = scene.theme
        await _until(pilot, lambda: not pilot.app.workers or all(w.is_finished for w in pilot.app.workers))
        screen = pilot.app.screen
        if isinstance(screen, SiteScreen) and scene.host:
            await _until(pilot, lambda: screen.observation is not None and screen.observation.finished)
        for key in scene.press:
            await pilot.press(key)
        await _rest(pilot)

    return direct


async def _until(pilot: Pilot[None], reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not reached():
            await pilot.pause()


async def _rest(pilot: Pilot[None]) -> None:
    """Wait until two pictures in a row are the same."""
    before = ""
    for _ in range(_SETTLED_AFTER):
        await pilot.pause()
        now = pilot.app.export_screenshot()
        if now == before:
            return
        before = now


async def draw(scene: Scene) -> str:
    """The scene as SVG."""
    with tempfile.TemporaryDirectory() as folder, app_of(scene, Path(folder)) as app:
        async with app.run_test(size=scene.size) as pilot:
            await director(scene)(pilot)
            return app.export_screenshot(title="tlsglass")


def main() -> None:
    """Draw every picture, or those that are named."""
    assert tlsglass.probe.probe is probe
    for scene in SCENES:
        if len(sys.argv) == 1 or scene.name in sys.argv:
            (PICTURES / f"{scene.name}.svg").write_text(asyncio.run(draw(scene)), encoding="utf-8")


if __name__ == "__main__":
    main()
