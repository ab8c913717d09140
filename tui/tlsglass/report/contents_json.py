"""What a file holds, as it stands in the JSON report. Certificates stand in a list of their own, as a site's do."""

from typing import assert_never

from tlsglass.report.json_parts import Json, algorithm_json, extension_json, key_json, moment_json, problem_json
from tlsglass.x509.containers.model import FileContents, Item, document
from tlsglass.x509.documents.model import (
    BareKey,
    CertificateRequest,
    Document,
    OcspResponse,
    RevocationList,
    TimestampList,
)
from tlsglass.x509.pem import to_pem


def contents_json(contents: FileContents) -> Json:
    """The form of a file and each thing in it.

    Args:
        contents: what the file holds.
    """
    return {
        "form": contents.form,
        "size": contents.size,
        "items": [_item(found) for found in contents.items],
        "notes": list(contents.notes),
    }


def _item(found: Item) -> Json:
    read = document(found)
    label = found.kind.pem_label
    return {
        "kind": str(found.kind),
        "place": found.place,
        "name": found.name,
        "sha256": found.sha256 or None,
        "facts": _facts(read) if read else None,
        "problems": [problem_json(problem) for problem in read.problems] if read else [],
        "pem": to_pem(found.der, label) if read and label else None,
        "der": found.der.hex() if read and not label else None,
    }


def _facts(read: Document) -> Json:
    match read:
        case CertificateRequest():
            return {
                "version": read.version,
                "subject": read.subject.rfc4514,
                "san": [str(name) for name in read.san],
                "public_key": key_json(read.public_key),
                "spki_sha256": read.spki_sha256,
                "signature_algorithm": algorithm_json(read.signature_algorithm),
                "extensions": [extension_json(extension) for extension in read.extensions],
            }
        case RevocationList():
            return {
                "version": read.version,
                "issuer": read.issuer.rfc4514,
                "this_update": moment_json(read.this_update),
                "next_update": moment_json(read.next_update),
                "number": read.number,
                "count": read.count,
                "revoked": [
                    {"serial": entry.serial_hex, "revoked_at": moment_json(entry.revoked_at), "reason": entry.reason}
                    for entry in read.first
                ],
                "signature_algorithm": algorithm_json(read.signature_algorithm),
                "extensions": [extension_json(extension) for extension in read.extensions],
            }
        case OcspResponse():
            return {
                "status": read.status,
                "responder": read.responder,
                "produced_at": moment_json(read.produced_at),
                "responses": [
                    {
                        "serial": single.serial_hex,
                        "status": single.status,
                        "this_update": moment_json(single.this_update),
                        "next_update": moment_json(single.next_update),
                        "revoked_at": moment_json(single.revoked_at),
                        "reason": single.reason,
                    }
                    for single in read.responses
                ],
                "signature_algorithm": algorithm_json(read.signature_algorithm),
                "extensions": [extension_json(extension) for extension in read.extensions],
            }
        case BareKey():
            return {"public_key": key_json(read.public_key), "spki_sha256": read.spki_sha256}
        case TimestampList():
            return {
                "timestamps": [
                    {
                        "version": timestamp.version,
                        "log_id": timestamp.log_id.hex(),
                        "log": timestamp.log,
                        "operator": timestamp.operator,
                        "milliseconds": timestamp.milliseconds,
                        "algorithm": timestamp.algorithm,
                        "signature": timestamp.signature.hex(),
                    }
                    for timestamp in read.timestamps
                ]
            }
        case _:
            assert_never(read)
