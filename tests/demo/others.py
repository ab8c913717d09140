"""Servers that others wrote, on loopback, with what the exhibits of the zoo present: openssl, nginx and GnuTLS."""

import contextlib
import ctypes
import ctypes.util
import errno
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.peers import Peer, peer
from tlsglass.demo.exhibits import ZONE
from tlsglass.demo.presentations import Presentation
from tlsglass.net.model import Endpoint

_LOOPBACK = "127.0.0.1"


def chain_pem(presented: Presentation) -> bytes:
    """All that is sent, in its order."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in presented.chain)


def key_pem(presented: Presentation) -> bytes:
    """The key to the first of it."""
    return presented.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def written(folder: Path, id_: str, presented: Presentation) -> dict[str, Path]:
    """What a server reads, written to files by what they hold."""
    first, *others = (each.public_bytes(Encoding.PEM) for each in presented.chain)
    contents = {
        "leaf": first,
        "others": b"".join(others),
        "chain": chain_pem(presented),
        "key": key_pem(presented),
        "staple": presented.staples[0] if presented.staples else b"",
    }
    paths = {name: folder / f"{id_}-{name}" for name, content in contents.items() if content}
    for name, path in paths.items():
        path.write_bytes(contents[name])
    return paths


@contextmanager
def openssl(folder: Path, id_: str, presented: Presentation) -> Iterator[Endpoint]:
    """The system's `openssl s_server`, for one exhibit."""
    files = written(folder, id_, presented)
    options = ["-cert", files["leaf"], "-key", files["key"], "-cipher", "ALL:@SECLEVEL=0", "-www"]
    if "others" in files:
        options += ["-cert_chain", files["others"]]
    if "staple" in files:
        options += ["-status_file", files["staple"]]
    command = ["openssl", "s_server", "-accept", f"{_LOOPBACK}:0", *map(str, options)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            assert process.stdout is not None
            accepting = next(line for line in process.stdout if line.startswith(b"ACCEPT"))
            yield Endpoint(address=_LOOPBACK, port=int(accepting.rsplit(b":", 1)[1]))
        finally:
            process.kill()


_NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{
    access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder}; server_names_hash_bucket_size 128;
    ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0;
    {servers}
}}
"""
_NGINX_SERVER = """
    server {{
        listen {address} ssl; server_name {host}; ssl_certificate {chain}; ssl_certificate_key {key}; {staple}
        return 200 "nginx";
    }}
"""


@contextmanager
def nginx(folder: Path, all_presented: Mapping[str, Presentation]) -> Iterator[Endpoint]:
    """One nginx for many exhibits, which it tells apart by the name that is asked for. RFC 6066 §3."""
    with socket.create_server((_LOOPBACK, 0)) as listener:
        port = listener.getsockname()[1]
        servers = []
        for id_, presented in all_presented.items():
            files = written(folder, id_, presented)
            staple = f"ssl_stapling on; ssl_stapling_file {files['staple']};" if "staple" in files else ""
            host, address = f"{id_}.{ZONE}", f"{_LOOPBACK}:{port}"
            servers.append(
                _NGINX_SERVER.format(address=address, host=host, chain=files["chain"], key=files["key"], staple=staple)
            )
        configuration = folder / "nginx.conf"
        configuration.write_text(_NGINX.format(folder=folder, servers="".join(servers)))
        # It takes a socket that listens already, as from one nginx to the next, so no port is guessed.
        environment = {**os.environ, "NGINX": f"{listener.fileno()};"}
        with subprocess.Popen(
            ["nginx", "-p", str(folder), "-c", str(configuration), "-e", str(folder / "errors")],
            env=environment,
            pass_fds=[listener.fileno()],
        ) as process:
            try:
                yield Endpoint(address=_LOOPBACK, port=port)
            finally:
                process.terminate()


class _Datum(ctypes.Structure):
    """gnutls_datum_t."""

    _fields_ = [("data", ctypes.c_char_p), ("size", ctypes.c_uint)]


def _datum(content: bytes) -> _Datum:
    return _Datum(content or None, len(content))


class _Certificate(ctypes.Structure):
    """gnutls_pcert_st."""

    _fields_ = [("key", ctypes.c_void_p), ("certificate", _Datum), ("type", ctypes.c_int)]


class _Staple(ctypes.Structure):
    """gnutls_ocsp_data_st. A time of expiry of zero is none."""

    _fields_ = [
        ("version", ctypes.c_uint),
        ("response", _Datum),
        ("expires", ctypes.c_long),
        ("padding", ctypes.c_ubyte * 32),
    ]


class _Out(Protocol):
    """A pointer to where a result is to be put."""

    def __setitem__(self, place: int, result: object, /) -> None: ...


_CHOOSING = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.POINTER(ctypes.POINTER(_Certificate)),
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.POINTER(_Staple)),
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.POINTER(ctypes.c_uint),
)
"""gnutls_certificate_retrieve_function3."""

_DER, _PEM, _SERVER, _CERTIFICATE = 0, 1, 1, 1
"""GNUTLS_X509_FMT_DER, GNUTLS_X509_FMT_PEM, GNUTLS_SERVER and GNUTLS_CRD_CERTIFICATE."""


def _gnutls() -> ctypes.CDLL:
    try:
        return ctypes.CDLL(ctypes.util.find_library("gnutls") or "libgnutls.so.30")
    except OSError as error:
        raise FileNotFoundError(errno.ENOENT, str(error), "libgnutls") from error


@contextmanager
def gnutls(presented: Presentation) -> Iterator[Endpoint]:
    """GnuTLS for one exhibit and one client. `gnutls-serv` itself can't be kept to loopback.

    It is told what to send in each handshake, which it then takes as it is: loaded before, it would sort the chain and
    refuse a staple that is old or says that something was revoked. In TLS 1.3 all staples are sent, else the first.
    """
    library = _gnutls()
    certificates = (_Certificate * len(presented.chain))()
    for place, each in enumerate(presented.chain):
        der = _datum(each.public_bytes(Encoding.DER))
        where = ctypes.byref(certificates[place])
        _call(library, "gnutls_pcert_import_x509_raw", where, ctypes.byref(der), _DER, 0)
    key, pem = ctypes.c_void_p(), _datum(key_pem(presented))
    _call(library, "gnutls_privkey_init", ctypes.byref(key))
    _call(library, "gnutls_privkey_import_x509_raw", key, ctypes.byref(pem), _PEM, None, 0)
    responses = (_Staple * len(presented.staples))(*(_Staple(response=_datum(each)) for each in presented.staples))

    def choose(*asked: _Out) -> int:
        _, _, chain, chain_length, ocsp, ocsp_length, private, flags = asked
        chain[0], chain_length[0] = certificates, len(certificates)
        ocsp[0], ocsp_length[0] = responses, len(responses)
        private[0], flags[0] = key, 0
        return 0

    chooser = _CHOOSING(choose)
    credentials = ctypes.c_void_p()
    _call(library, "gnutls_certificate_allocate_credentials", ctypes.byref(credentials))
    library.gnutls_certificate_set_retrieve_function3(credentials, chooser)

    def serve(_: Peer, connection: socket.socket) -> None:
        connection.settimeout(None)  # the library waits by itself, until the client leaves
        session = ctypes.c_void_p()
        _call(library, "gnutls_init", ctypes.byref(session), _SERVER)
        _call(library, "gnutls_set_default_priority", session)
        _call(library, "gnutls_credentials_set", session, _CERTIFICATE, credentials)
        library.gnutls_transport_set_int2(session, connection.fileno(), connection.fileno())
        with contextlib.suppress(OSError):
            _call(library, "gnutls_handshake", session)
            received = ctypes.create_string_buffer(4096)
            _call(library, "gnutls_record_recv", session, received, ctypes.c_size_t(len(received)))
            answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nGnuTLS"
            _call(library, "gnutls_record_send", session, answer, ctypes.c_size_t(len(answer)))
            _call(library, "gnutls_bye", session, 1)
        library.gnutls_deinit(session)

    with peer(serve) as made:
        yield made.endpoint
    library.gnutls_certificate_free_credentials(credentials)
    library.gnutls_privkey_deinit(key)
    for certificate in certificates:
        library.gnutls_pcert_deinit(ctypes.byref(certificate))


def _call(library: ctypes.CDLL, name: str, *arguments: object) -> None:
    """Call a function of which a negative result is an error."""
    result = getattr(library, name)(*arguments)
    if result < 0:
        message = f"{name} says {result}"
        raise OSError(message)
