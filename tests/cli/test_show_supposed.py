"""`tlsglass show` with something supposed, and the certificates themselves instead of a report."""

import io
import json
from pathlib import Path

import pytest

from tests.report.schema import errors
from tests.trust.authority import NOW, Authority, Issued, ec_key
from tlsglass.cli import front
from tlsglass.cli.show import Look, write_reports
from tlsglass.x509.containers.unpack import unpack

ROOT = Authority.root()
MIDDLE = ROOT.intermediate()
LEAF = MIDDLE.issues("a.test")
OTHER = Authority.root("Other Root", key=ec_key(9))


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    """The store's file."""
    file = tmp_path / "ca.pem"
    file.write_bytes(ROOT.pem + OTHER.pem)
    return file


def _file(folder: Path, *held: Issued) -> Path:
    file = folder / "chain.pem"
    file.write_bytes(b"".join(each.pem for each in held))
    return file


def _show(
    file: Path, ca: Path, *, as_json: bool = True, hostname: str | None = "a.test", **what: object
) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    look = Look(hostname=hostname, ca_store=("none",), ca_file=(ca,), at=NOW, **what)  # type: ignore[arg-type]  # as the test names them
    status = write_reports([str(file)], look, as_json=as_json, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "wish",
    ["1", "#1", MIDDLE.parsed.sha256, MIDDLE.parsed.sha256[:8].upper()],
    ids=["place", "number", "fingerprint", "its beginning"],
)
def test_a_certificate_is_left_out(tmp_path: Path, ca: Path, wish: str) -> None:
    """By its number or its fingerprint; the status is that of the judgement that supposes it."""
    chain = _file(tmp_path, LEAF, MIDDLE)
    assert _show(chain, ca)[0] == 0
    status, out, _ = _show(chain, ca, drop=(wish,))
    assert status == 1
    document = json.loads(out)
    assert errors(document) == []
    assert document["trust"]["supposed"]["dropped"] == [MIDDLE.parsed.sha256]
    assert document["trust"]["findings"][0]["code"] == "missing-intermediate"


def test_certificates_are_added_and_anchors_left_out(tmp_path: Path, ca: Path) -> None:
    """Colons in a fingerprint are as openssl writes them."""
    more = tmp_path / "more.pem"
    more.write_bytes(MIDDLE.pem)
    chain = _file(tmp_path, LEAF)
    assert _show(chain, ca)[0] == 1
    status, out, _ = _show(chain, ca, add=(more, more))
    assert status == 0
    assert len(json.loads(out)["trust"]["supposed"]["added"]) == 1
    digits = ROOT.parsed.sha256
    colons = ":".join(digits[at : at + 2] for at in range(0, 64, 2)).upper()
    status, out, _ = _show(chain, ca, add=(more,), distrust=(colons,))
    assert status == 1
    assert json.loads(out)["trust"]["findings"][0]["code"] == "unknown-issuer"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"drop": ("2",)}, "There is no certificate #2 to be left out: 2 were sent."),
        ({"drop": ("00000000",)}, "No certificate was sent whose SHA-256 begins with 00000000."),
        ({"drop": ("x",)}, "'x' names no certificate."),
        ({"distrust": ("00000000",)}, "has no certificate whose SHA-256 begins with 00000000."),
        ({"add": (Path("no-such-file.pem"),)}, "can't be read"),
    ],
)
def test_what_can_not_be_supposed_is_an_error(tmp_path: Path, ca: Path, what: dict[str, object], said: str) -> None:
    """Nobody takes the judgement of the truth for the one that was asked for."""
    status, out, err = _show(_file(tmp_path, LEAF, MIDDLE), ca, **what)  # type: ignore[arg-type]  # as they are above
    assert status == 3
    assert said in err
    document = json.loads(out)
    assert errors(document) == []
    assert document["error"]["code"] in {"bad-supposition", "bad-file"}


def test_what_was_not_judged_can_not_be_supposed(tmp_path: Path, ca: Path) -> None:
    """It is said how to have it judged."""
    status, _, err = _show(_file(tmp_path, LEAF), ca, hostname=None, drop=("0",))
    assert status == 3
    assert "--hostname" in err


def _pem(file: Path, ca: Path, **what: object) -> tuple[int, list[bytes], str]:
    status, out, err = _show(file, ca, as_json=False, **what)  # type: ignore[arg-type]  # as the test names them
    return status, [item.der for item in unpack(out.encode()).items] if out else [], err


def test_the_chain_as_sent_and_as_it_should_be(tmp_path: Path, ca: Path) -> None:
    """In PEM and nothing else; where nothing is to be repaired both are the same."""
    lower = MIDDLE.intermediate("Lower CA", key=ec_key(5))
    leaf = lower.issues("a.test")
    wrong = _file(tmp_path, leaf, MIDDLE, lower, ROOT)
    assert _pem(wrong, ca, pem="sent") == (0, [leaf.der, MIDDLE.der, lower.der, ROOT.der], "")
    assert _pem(wrong, ca, pem="repaired") == (0, [leaf.der, lower.der, MIDDLE.der], "")
    right = _file(tmp_path, LEAF, MIDDLE)
    assert _pem(right, ca, pem="repaired") == (0, [LEAF.der, MIDDLE.der], "")


def test_what_is_not_at_hand_is_not_written(tmp_path: Path, ca: Path) -> None:
    """Half a bundle in a server's file would be worse than none."""
    status, held, err = _pem(_file(tmp_path, LEAF), ca, pem="repaired")
    assert (status, held) == (1, [])
    assert "there is no certificate of CN=Test Intermediate CA. --aia fetches" in err
    status, held, err = _pem(_file(tmp_path, LEAF), ca, pem="repaired", hostname=None)
    assert (status, held) == (1, [])
    assert "--hostname" in err
    status, held, err = _pem(tmp_path / "no.pem", ca, pem="sent")
    assert (status, held) == (3, [])
    assert "No certificate was seen." in err


def test_one_form_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    """A report or certificates."""
    assert front.run(["show", "--json", "--pem", "sent", "a.test"]) == front.USAGE_ERROR
    assert "choose one" in capsys.readouterr().err
