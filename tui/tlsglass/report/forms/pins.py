"""What ties a name to a key: the record for DANE."""

import base64

from tlsglass.x509.model import Certificate


def tlsa_record(certificate: Certificate, host: str = "", port: int = 443) -> str:
    """The TLSA record that ties a service to a certificate's key: DANE-EE, SPKI, SHA-256. RFC 6698 §2, RFC 7671 §5.1.

    Args:
        certificate: the certificate whose key the service has.
        host: the A-labels of the service; without it only the record's data are given.
        port: its TCP port.
    """
    data = f"3 1 1 {base64.b64decode(certificate.spki_sha256).hex()}"
    return f"_{port}._tcp.{host}. IN TLSA {data}" if host else data
