"""What a certificate may be used for: key usages and extended key usages. RFC 5280 §4.2.1.3, §4.2.1.12."""

KEY_USAGES = (
    ("digitalSignature", "The key may sign data, such as a TLS handshake."),
    (
        "nonRepudiation",
        "The key may sign what its holder shall not be able to deny later; also called contentCommitment.",
    ),
    ("keyEncipherment", "The key may encrypt other keys, as the RSA key exchange of old TLS does."),
    ("dataEncipherment", "The key may encrypt data itself, which TLS never does."),
    ("keyAgreement", "The key may take part in a key agreement such as static Diffie-Hellman."),
    ("keyCertSign", "The key may sign certificates."),
    ("cRLSign", "The key may sign revocation lists."),
    ("encipherOnly", "In a key agreement the key may only encrypt."),
    ("decipherOnly", "In a key agreement the key may only decrypt."),
)
"""The name and meaning of each bit, from bit 0 on."""

_PKIX = "1.3.6.1.5.5.7.3"
_MICROSOFT = "1.3.6.1.4.1.311"

EXTENDED_KEY_USAGES = {
    "2.5.29.37.0": ("anyExtendedKeyUsage", "any purpose"),
    f"{_PKIX}.1": ("serverAuth", "identifying a TLS server"),
    f"{_PKIX}.2": ("clientAuth", "identifying a TLS client"),
    f"{_PKIX}.3": ("codeSigning", "signing programs"),
    f"{_PKIX}.4": ("emailProtection", "signing and encrypting mail"),
    f"{_PKIX}.5": ("ipsecEndSystem", "IPsec at an end system"),
    f"{_PKIX}.6": ("ipsecTunnel", "IPsec tunnels"),
    f"{_PKIX}.7": ("ipsecUser", "IPsec users"),
    f"{_PKIX}.8": ("timeStamping", "signing time stamps"),
    f"{_PKIX}.9": ("OCSPSigning", "signing OCSP responses"),
    f"{_PKIX}.13": ("eapOverPPP", "EAP over PPP"),
    f"{_PKIX}.14": ("eapOverLAN", "EAP over a LAN"),
    f"{_PKIX}.15": ("scvpServer", "answering as an SCVP server"),
    f"{_PKIX}.16": ("scvpClient", "asking as an SCVP client"),
    f"{_PKIX}.17": ("ipsecIKE", "IPsec key exchange"),
    f"{_PKIX}.20": ("sipDomain", "identifying a SIP domain"),
    f"{_PKIX}.21": ("secureShellClient", "identifying an SSH client"),
    f"{_PKIX}.22": ("secureShellServer", "identifying an SSH server"),
    f"{_PKIX}.27": ("cmcCA", "acting as a CMC authority"),
    f"{_PKIX}.28": ("cmcRA", "acting as a CMC registration authority"),
    f"{_PKIX}.30": ("bgpsecRouter", "identifying a BGPsec router"),
    f"{_PKIX}.31": ("BrandIndicatorforMessageIdentification", "brand logos in mail (BIMI)"),
    f"{_PKIX}.36": ("documentSigning", "signing documents"),
    "1.3.6.1.5.2.3.4": ("pkInitClientAuth", "Kerberos login"),
    "1.3.6.1.5.2.3.5": ("pkInitKDC", "identifying a Kerberos KDC"),
    f"{_MICROSOFT}.10.3.1": ("msCTLSign", "signing Microsoft trust lists"),
    f"{_MICROSOFT}.10.3.3": ("msSGC", "Microsoft's server gated cryptography of the 1990s"),
    f"{_MICROSOFT}.10.3.4": ("msEFS", "Microsoft's encrypting file system"),
    f"{_MICROSOFT}.10.3.4.1": ("msEFSRecovery", "recovering Microsoft encrypted files"),
    f"{_MICROSOFT}.10.3.12": ("msDocumentSigning", "signing Microsoft documents"),
    f"{_MICROSOFT}.20.2.1": ("msEnrollmentAgent", "asking for certificates for others"),
    f"{_MICROSOFT}.20.2.2": ("msSmartcardLogin", "logging in with a smart card"),
    f"{_MICROSOFT}.54.1.2": ("msRemoteDesktop", "identifying a remote desktop server"),
    "2.16.840.1.113730.4.1": ("nsSGC", "Netscape's server gated cryptography of the 1990s"),
    "1.2.840.113583.1.1.5": ("adobeAuthenticDocumentsTrust", "signing Adobe documents"),
    "1.3.6.1.4.1.11129.2.4.4": ("ctPrecertificateSigning", "signing precertificates for certificate transparency"),
    "0.4.0.2231.3.0": ("tslSigning", "signing European trust service lists"),
}
"""The name and, in words, what the purpose is."""
