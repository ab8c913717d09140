"""Files that openssl and certtool write, made once for all tests."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

PASSWORD = "opensesame"  # noqa: S105 - it opens nothing but test files

_COMMANDS = (
    (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key "
        "-out ca.pem -subj /CN=CA -days 9"
    ),
    "openssl req -new -newkey rsa:2048 -nodes -keyout a.key -out a.csr -subj /CN=a.example",
    "openssl x509 -req -in a.csr -CA ca.pem -CAkey ca.key -set_serial 7 -out a.pem -days 9 -extfile a.ext",
    "openssl x509 -in a.pem -outform DER -out a.der",
    "openssl x509 -in a.pem -trustout -addtrust serverAuth -out trusted.pem",
    "openssl x509 -in a.pem -text -out text.pem",
    "openssl req -in a.csr -outform DER -out csr.der",
    "openssl pkey -in a.key -pubout -out pub.pem",
    "openssl pkey -in a.key -pubout -outform DER -out pub.der",
    "openssl rsa -in a.key -RSAPublicKey_out -out rsapub.pem",
    "openssl rsa -in a.key -traditional -out pkcs1.key",
    "openssl rsa -in a.key -traditional -outform DER -out pkcs1.key.der",
    "openssl pkcs8 -topk8 -in a.key -outform DER -nocrypt -out pkcs8.key.der",
    f"openssl pkcs8 -topk8 -in a.key -outform DER -passout pass:{PASSWORD} -out encrypted.key.der",
    f"openssl pkcs8 -topk8 -in a.key -passout pass:{PASSWORD} -out encrypted.key",
    "openssl ec -in ca.key -outform DER -out ec.key.der",
    "openssl ec -in ca.key -out ec.key",
    "openssl crl2pkcs7 -nocrl -certfile a.pem -certfile ca.pem -out a.p7.pem",
    "openssl crl2pkcs7 -nocrl -certfile a.pem -certfile ca.pem -outform DER -out a.p7b",
    "openssl ca -gencrl -config ca.cnf -out crl.pem",
    "openssl crl -in crl.pem -outform DER -out crl.der",
    "openssl crl2pkcs7 -in crl.pem -certfile ca.pem -outform DER -out withcrl.p7b",
    "openssl ocsp -issuer ca.pem -cert a.pem -reqout ocsp.req",
    "openssl ocsp -index index.txt -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin ocsp.req -respout ocsp.resp -ndays 1",
    f"openssl pkcs12 -export -inkey a.key -in a.pem -certfile ca.pem -name mine -passout pass:{PASSWORD} -out a.p12",
    f"openssl pkcs12 -export -legacy -inkey a.key -in a.pem -certfile ca.pem -passout pass:{PASSWORD} -out legacy.p12",
    f"openssl pkcs12 -export -legacy -descert -inkey a.key -in a.pem -passout pass:{PASSWORD} -out des.p12",
    "openssl pkcs12 -export -inkey a.key -in a.pem -passout pass: -out empty.p12",
    f"openssl pkcs12 -export -nokeys -in ca.pem -passout pass:{PASSWORD} -out nokeys.p12",
    (
        "openssl pkcs12 -export -certpbe NONE -keypbe NONE -nomac -inkey a.key -in a.pem "
        f"-passout pass:{PASSWORD} -out plain.p12"
    ),
    f"openssl pkcs12 -export -certpbe NONE -inkey a.key -in a.pem -passout pass:{PASSWORD} -out plaincerts.p12",
    "openssl smime -sign -in a.ext -signer a.pem -inkey a.key -outform DER -out signed.p7 -nodetach",
    "openssl cms -sign -stream -in a.ext -signer a.pem -inkey a.key -outform DER -out stream.p7 -nodetach",
    "openssl cms -encrypt -in a.ext -outform DER -out encrypted.p7 a.pem",
    "openssl ts -query -data a.ext -out query.tsq",
    "openssl dsaparam -out dsa.params 1024",
    "openssl gendsa -out dsa.key dsa.params",
    "certtool --generate-privkey --key-type ed25519 --outfile g.key",
    "certtool --generate-request --load-privkey g.key --template g.cfg --outfile g.csr",
    "certtool --generate-self-signed --load-privkey g.key --template g.cfg --outfile g.pem",
    "certtool --generate-crl --load-ca-privkey g.key --load-ca-certificate g.pem --template g.cfg --outfile g.crl",
    "certtool --load-pubkey pub.pem --pubkey-info --outder --outfile g.pub.der",
    (
        "certtool --to-p12 --load-privkey g.key --load-certificate g.pem --p12-name gnu "
        f"--password {PASSWORD} --outder --outfile g.p12"
    ),
    (
        "certtool --p7-sign --p7-include-cert --load-privkey g.key --load-certificate g.pem "
        "--infile a.ext --outfile g.p7.pem"
    ),
)


@cache
def _kept() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="tlsglass-files-")


@cache
def folder() -> Path:
    """Where the files lie until the tests end. Made by the commands above, at the first call."""
    made = Path(_kept().name)
    made.joinpath("a.ext").write_text("subjectAltName=DNS:a.example\n")
    made.joinpath("index.txt").write_text("R\t270101000000Z\t260101000000Z,keyCompromise\t07\tunknown\t/CN=a.example\n")
    made.joinpath("number").write_text("01")
    made.joinpath("ca.cnf").write_text(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=1\n"
        "certificate=ca.pem\nprivate_key=ca.key\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n"
    )
    made.joinpath("g.cfg").write_text("cn=g.example\nexpiration_days=9\nca\ncrl_next_update=1\ncrl_number=1\n")
    for command in _COMMANDS:
        subprocess.run(command.split(), cwd=made, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return made


def read(name: str) -> bytes:
    """The bytes of one of them."""
    return folder().joinpath(name).read_bytes()
