"""A look at the bytes of a file, without a file."""

from tests.trust.authority import NOW
from tests.x509.containers import files_of_others as others
from tlsglass.load import load
from tlsglass.net.stop import Stop
from tlsglass.observation import Observation
from tlsglass.target_file import FileTarget
from tlsglass.trust.stores import Store

FILE = FileTarget(text="certs/x.pem", path="certs/x.pem", hostname=None)


def look(data: bytes, target: FileTarget = FILE, store: Store | None = None) -> Observation:
    """All that is known after the look, at the moment at which the tests live."""
    observation = Observation(target=target, started=NOW)
    with Stop() as stop:
        events = load(
            target,
            store=store,
            stop=stop,
            password=lambda attempt: None if attempt else others.PASSWORD,
            source=lambda _target, _stop: data,
            now=lambda: NOW,
        )
        for event in events:
            observation = observation.after(event)
    return observation
