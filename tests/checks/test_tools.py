"""Format, lint, types and import contracts: `pytest` alone shows that the house is in order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "format", "--check", "--quiet", "."], id="format"),
        pytest.param(["ruff", "check", "--quiet", "."], id="lint"),
        pytest.param(["mypy", "--no-error-summary"], id="types"),
        pytest.param(["lint-imports", "--no-logo"], id="import-contracts"),
    ],
)
def test_the_tools_have_nothing_to_say(command: list[str]) -> None:
    """Each tool ends with status 0; what it says otherwise is the failure's message."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
