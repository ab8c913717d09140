"""What a path has to be found through: impostors of an issuer, and CAs that certify each other."""

from cryptography import x509

from tests.trust.authority import Authority, ec_key

ROOT = Authority.root()
UPPER = ROOT.intermediate("Upper CA", key=ec_key(1))
LOWER = UPPER.intermediate("Lower CA", key=ec_key(2))


def impostor(number: int) -> Authority:
    """A certificate with the name and the key identifier of the lower CA, and with another key for another number."""
    extensions: list[x509.ExtensionType] = [x509.BasicConstraints(ca=True, path_length=None)]
    made = UPPER.intermediate("Lower CA", key=ec_key(200 + number), extensions=extensions)
    own, wanted = made.parsed.subject_key_id, LOWER.parsed.subject_key_id
    assert own is not None
    assert wanted is not None
    der = made.der.replace(own, wanted, 1)
    return Authority(certificate=x509.load_der_x509_certificate(der), key=made.key)


def mesh(size: int) -> list[Authority]:
    """CAs that all certify each other: every way through them is one of its own."""
    holders = [(f"Mesh {place}", ec_key(300 + 10 * place)) for place in range(size)]
    return [
        Authority.root(issuer, key=signer).intermediate(name, key=key)
        for place, (name, key) in enumerate(holders)
        for issuer, signer in holders[place + 1 :] + holders[:place]
    ]
