"""Two roots, and a folder that has both among other things."""

import os
from pathlib import Path

from tests.trust.authority import Authority, ec_key

ROOT = Authority.root()
OTHER = Authority.root("Other", key=ec_key(3))


def folder_of_certificates(tmp_path: Path) -> Path:
    """A folder as systems have it: files, hashed links to them, and what is no certificate."""
    folder = tmp_path / "certs"
    folder.mkdir()
    (folder / "root.pem").write_bytes(ROOT.pem)
    (folder / "12345678.0").symlink_to("root.pem")
    (folder / "other.der").write_bytes(OTHER.der)
    (folder / "README").write_text("Certificates.")
    (folder / "key.pem").write_bytes(ROOT.key_pem)
    (folder / "nowhere.pem").symlink_to("gone.pem")
    (folder / "loop.pem").symlink_to("loop.pem")
    (folder / "below").mkdir()
    (folder / "below" / "hidden.pem").write_bytes(Authority.root("Hidden", key=ec_key(4)).pem)
    os.mkfifo(folder / "pipe.pem")
    return folder
