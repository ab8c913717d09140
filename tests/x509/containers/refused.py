"""What is not opened at all."""

import pytest

from tlsglass.errors import InputError
from tlsglass.x509.containers.unpack import unpack


def refused(data: bytes) -> InputError:
    """Why a file is refused."""
    with pytest.raises(InputError) as raised:
        unpack(data)
    return raised.value
