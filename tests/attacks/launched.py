"""`python -m tests.attacks.launched`: tlsglass as it is, in a process of its own whose names the attacks resolve.

With words it does what `tlsglass` does with them. With none it is `tlsglass show`, asked again and again by one
process, so that what one look leaves behind can be measured: each line on standard input holds the words of one call as
a JSON list, and each report is followed by a line with the exit status.
"""

import json
import socket
import sys

from tests.attacks.names import answer
from tlsglass.cli.front import main, run


def show_again_and_again() -> None:
    """Answer until standard input ends."""
    sys.stderr = sys.stdout
    for line in sys.stdin:
        status = run(json.loads(line))
        print(json.dumps({"exit_status": status}), flush=True)  # noqa: T201 - the answer to who started this


if __name__ == "__main__":
    socket.getaddrinfo = answer  # type: ignore[assignment]  # narrower, as only what tlsglass asks for is asked for
    if len(sys.argv) > 1:
        main()
    else:
        show_again_and_again()
