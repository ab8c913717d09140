"""The zoo's chains served by `gnutls-serv`, which is told them as files and puts them in order, are judged alike."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.demo import others
from tests.demo.findings import FINDINGS, STILL_TRUSTED
from tests.demo.isolated import PORT, Isolated, looked_at
from tests.demo.test_other_servers import REFUSED_BY_GNUTLS, SERVED, STAPLED_TO_ISSUERS
from tlsglass.demo.authority import Authority
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.presentations import Authorities, Presentation, servers

_SORTED = {"wrong-order", "sent-twice", "wrong-key-id", "cross-signed-late", "cross-expired"}
"""What these are about is the chain as it was sent: it sends what it finds to be a chain."""

CHOSEN = [id_ for id_ in SERVED if id_ not in REFUSED_BY_GNUTLS | STAPLED_TO_ISSUERS | _SORTED]


def serving(folder: Path, id_: str, presented: Presentation) -> list[str]:
    """What an exhibit presents, as options."""
    files = others.written(folder, id_, presented)
    staple = ["--ocsp-response", str(files["staple"])] if "staple" in files else []
    return ["--x509certfile", str(files["chain"]), "--x509keyfile", str(files["key"]), *staple]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What `tlsglass show --json` says of each."""
    folder = tmp_path_factory.mktemp("served")
    root = Authority.root("Demo Root CA", at=datetime.now(UTC).replace(microsecond=0))
    ca_file = folder / "root.pem"
    ca_file.write_bytes(root.certificate.public_bytes(Encoding.PEM))
    presented = servers(Authorities.below(root))
    words = ["show", "--json", "--ca-store", "none", "--ca-file", str(ca_file), f"127.0.0.1:{PORT}"]
    cases = [
        Isolated(
            serve=serving(folder, id_, presented[id_]),
            words=[*words, "--hostname", f"{id_}.{ZONE}", "--sni", f"{id_}.{ZONE}"],
        )
        for id_ in CHOSEN
    ]
    return dict(zip(CHOSEN, looked_at(cases), strict=True))


@pytest.mark.parametrize("id_", CHOSEN)
def test_gnutls_serv(id_: str, reports: dict[str, dict[str, Any]]) -> None:
    """What is found is what the zoo's own server gives."""
    report = reports[id_]
    assert report["error"] is None
    findings = FINDINGS.get(id_, set())
    assert {found["code"] for found in report["trust"]["findings"]} == findings
    assert (report["trust"]["verdict"] == "trusted") is (not findings or id_ in STILL_TRUSTED)
