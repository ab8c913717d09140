"""The commands of other tools that show the same as an observation does, ready to be pasted into a shell."""

import shlex

from tlsglass.observation import Observation
from tlsglass.target import Target
from tlsglass.trust.model import Verdict

_OWN_HEADERS = frozenset({"host", "connection", "accept-encoding"})
"""Headers that curl sends of its own accord, or that decide how we read an answer rather than what is in it."""


def openssl_command(observation: Observation) -> str:
    """`openssl s_client` on the same server, asking for the same name and judging by the same one."""
    target = _site(observation)
    name = ["-servername", target.sni] if target.sni else ["-noservername"]
    judged = ["-verify_hostname", target.hostname]
    if target.hostname_is_address:
        judged = ["-verify_ip", target.hostname.partition("%")[0]]  # openssl takes none with a zone there
    words = ["openssl", "s_client", "-connect", _connect_to(observation), *name, *judged, "-showcerts"]
    return f"{shlex.join(words)} </dev/null"


def curl_command(observation: Observation) -> str:
    """`curl` for the same answer. curl has no word for the server name alone, so the URL carries it."""
    target, request = _site(observation), observation.request
    host = target.sni or target.host
    authority = f"{_bracketed(host)}:{target.port}"
    words = ["curl", "--include", "--http1.1"]
    if observation.trust is None or observation.trust.verdict is not Verdict.TRUSTED:
        words.append("--insecure")
    words += ["--connect-to", f"{authority}:{_connect_to(observation)}"]
    if host != target.host:
        words += ["--header", f"Host: {target.origin}"]
    if request is not None:
        if request.method == "HEAD":
            words.append("--head")
        elif request.method != "GET":
            words += ["--request", request.method]
        for name, value in request.headers:
            if name.lower() not in _OWN_HEADERS:
                words += ["--header", f"{name}: {value}"]
    path = request.path if request is not None else target.path
    return shlex.join([*words, f"https://{authority}{path}"])


def _site(observation: Observation) -> Target:
    """The site that was looked at; of a file nobody asks for these commands."""
    target = observation.target
    if isinstance(target, Target):
        return target
    message = f"{target.text} is a file, and no command connects to it."
    raise TypeError(message)


def _connect_to(observation: Observation) -> str:
    """The address that was connected to, which a name need not lead to from elsewhere, else what was typed."""
    if observation.endpoint is not None:
        return str(observation.endpoint)
    target = _site(observation)
    return f"{_bracketed(target.address)}:{target.port}" if target.address else target.origin


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
