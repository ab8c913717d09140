"""What each entrance loads. Contracts over the static graph miss imports inside functions; a fresh process doesn't."""

import subprocess
import sys

import pytest

_REPORT = "import sys; print(' '.join(sorted(sys.modules)))"


def _all_modules_after(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", f"{code}\n{_REPORT}"], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def _modules_after(code: str) -> set[str]:
    return {name.partition(".")[0] for name in _all_modules_after(code)}


def test_the_engine_loads_no_terminal() -> None:
    """A probe runs in a service, a test or a report without a screen: neither textual nor rich is loaded."""
    assert _modules_after("import tlsglass.probe").isdisjoint({"textual", "rich"})


@pytest.mark.parametrize("words", [["--help"], ["show", "--help"], ["demo", "--help"], ["--version"]])
def test_help_is_quick(words: list[str]) -> None:
    """Help loads neither the screen nor the cryptography, so that it is there at once."""
    code = f"from tlsglass.cli.front import run; run({words!r})"
    assert _modules_after(code).isdisjoint({"textual", "rich", "cryptography", "OpenSSL"})


def test_the_app_paints_before_the_cryptography_loads() -> None:
    """The app's modules import neither OpenSSL nor cryptography: those follow after the first paint."""
    assert _modules_after("import tlsglass.ui.app").isdisjoint({"OpenSSL", "cryptography", "idna", "h11"})


def test_show_never_loads_the_screen() -> None:
    """`show` prints a report and needs no terminal."""
    code = "from tlsglass.cli.front import run; run(['show', '127.0.0.1:1'])"
    assert _modules_after(code).isdisjoint({"textual", "rich"})


def test_a_site_loads_nothing_that_only_others_need() -> None:
    """Neither what opens files nor what asks others than the server, nor the second OpenSSL of the `ssl` module."""
    code = "from tlsglass.cli.front import run; run(['show', '--json', '127.0.0.1:1'])"
    loaded = _all_modules_after(code)
    others = {"load", "inquiry", "exchange.download", "x509.containers.unpack", "x509.documents.requests", "trust.aia"}
    assert "tlsglass.probe" in loaded
    assert loaded.isdisjoint({"ssl", *(f"tlsglass.{name}" for name in others)})
