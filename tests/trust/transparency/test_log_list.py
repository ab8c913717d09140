"""Lists of logs: the one that comes along, and files of others."""

import json
from base64 import b64encode
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.logs import log
from tlsglass.errors import Fault, InputError
from tlsglass.trust.stores import load_store
from tlsglass.trust.transparency import log_list
from tlsglass.trust.transparency.log_list import known_logs, read_log_list

LOG = log(1, "One")
ENTRY: dict[str, Any] = {
    "description": "Log 1",
    "log_id": b64encode(LOG.id).decode(),
    "key": b64encode(LOG.spki).decode(),
    "url": "https://log.test/",
    "mmd": 86400,
    "state": {"usable": {"timestamp": "2026-01-01T00:00:00Z"}},
    "temporal_interval": {"start_inclusive": "2026-01-01T00:00:00Z", "end_exclusive": "2027-01-01T02:00:00+02:00"},
}


def _file(folder: Path, document: object) -> Path:
    path = folder / "log_list.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def _document(**changes: object) -> dict[str, Any]:
    return {"operators": [{"name": "One", "logs": [ENTRY | changes]}]}


def test_the_one_that_comes_along() -> None:
    """It has the logs of Chrome and Apple, and the day of its newest change."""
    known = known_logs()
    assert len(known.logs) > 100
    assert known.programs >= {"Google", "Apple"}
    assert known.date is not None
    assert known.date >= date(2026, 1, 1)
    assert any(each.tiled for each in known.logs.values())


def test_a_file(tmp_path: Path) -> None:
    """In Chrome's format: logs of either interface, with state and interval."""
    tiled = log(2, "One")
    entry = {"description": "Log 2", "key": b64encode(tiled.spki).decode()}
    document = _document() | {"log_list_timestamp": "2026-11-01T12:55:00Z"}
    document["operators"][0]["tiled_logs"] = [entry]
    store = load_store("none", None, _file(tmp_path, document))
    assert store.log_list is not None
    assert str(store.log_list) == "log_list.json, 2026-11-01"
    assert store.log_list.programs == {"Google"}
    first, second = store.log_list.logs[LOG.id], store.log_list.logs[tiled.id]
    assert (first.name, first.operator, first.key) == ("Log 1", "One", LOG.spki)
    state = first.state_of("Google")
    assert state is not None
    assert (state.state, state.since) == ("usable", first.begins)
    assert first.state_of("Apple") is None
    assert first.ends is not None
    assert (first.ends.year, first.tiled, second.tiled, second.states) == (2027, False, True, ())
    undated = _document(temporal_interval={}, state={"retired": {"timestamp": "2026-01-01"}})
    assert str(read_log_list(_file(tmp_path, undated))) == "log_list.json"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "is no list of logs"),
        ("[]", "is no list of logs"),
        ("{}", "'operators' is missing"),
        ({"operators": []}, "lists no log"),
        ({"operators": 1}, "is no list of logs"),
        ({"operators": [{"name": 1}]}, "1 stands where a text should"),
        ({"operators": [{"name": "x", "logs": 1}]}, "1 stands where a list should"),
        ({"operators": [{"name": "x", "logs": [1]}]}, "1 stands where an object should"),
        (_document(key="AAAA"), "is not the SHA-256 of its key"),
        (_document(key="A"), "is no list of logs"),
        (_document(state={"usable": {}}), "'timestamp' is missing"),
        (_document(state={"usable": {"timestamp": "soon"}}), "is no list of logs"),
        (_document() | {"log_list_timestamp": 5}, "5 stands where a text should"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, document: object, words: str) -> None:
    """It is said why, and what would be one."""
    with pytest.raises(InputError, match=words) as caught:
        read_log_list(_file(tmp_path, document))
    failure = caught.value.failure()
    assert failure.fault is Fault.BAD_LOG_LIST
    assert "log_list.json" in failure.hint


def test_files_that_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Absent, a folder, too large, too many logs."""
    with pytest.raises(InputError, match="No such file"):
        read_log_list(tmp_path / "absent")
    with pytest.raises(InputError, match="null"):
        read_log_list(Path("a\0b"))
    with pytest.raises(InputError, match="not an ordinary file"):
        read_log_list(tmp_path)
    path = _file(tmp_path, _document())
    monkeypatch.setattr(log_list, "MOST_LOGS", 0)
    with pytest.raises(InputError, match="more than 0 logs"):
        read_log_list(path)
    monkeypatch.setattr(log_list, "LARGEST_LOG_LIST", 10)
    with pytest.raises(InputError, match="larger than"):
        read_log_list(path)


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ENTRY)), inner, max_size=3),
    max_leaves=8,
)


@given(_JSON)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_any_entry_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, entry: object) -> None:
    """Nothing but an InputError comes of it."""
    path = _file(tmp_path_factory.mktemp("lists"), {"operators": [{"name": "x", "logs": [entry]}]})
    with pytest.raises(InputError):
        read_log_list(path)
