"""What others made and tests talk to: a machine that lacks it skips these tests; CI has it all and skips none."""

import os

import pytest

PROGRAMS = frozenset({"openssl", "nginx", "gnutls-cli", "gnutls-serv", "certtool", "unshare", "libgnutls"})
"""By the name under which they are looked for."""

ALL = bool(os.environ.get("TLSGLASS_ALL_SERVERS"))
"""Whether all is said to be there, so that what is missing is a failure."""


def skip_or_fail(missing: FileNotFoundError) -> None:
    """Skip the test where it is such a program that is missing; else the error goes on."""
    if missing.filename in PROGRAMS and not ALL:
        pytest.skip(f"{missing.filename} is not installed")
    raise missing
