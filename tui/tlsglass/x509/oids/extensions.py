"""Certificate extensions: what each is called, what it is, and where it is defined."""

from tlsglass.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ExtensionType:
    """A known kind of extension."""

    name: str
    """As its RFC has it: 'subjectAltName'."""

    label: str
    """In words: 'Subject alternative names'."""

    meaning: str
    """One sentence."""

    reference: str


_PKIX = "1.3.6.1.5.5.7"
_MICROSOFT = "1.3.6.1.4.1.311"
_NETSCAPE = "2.16.840.1.113730.1"
_NETSCAPE_REFERENCE = "Netscape certificate extensions, 1998"
_MICROSOFT_REFERENCE = "Microsoft [MS-WCCE] §2.2.2.7.7"

EXTENSIONS = {
    "2.5.29.9": ExtensionType(
        "subjectDirectoryAttributes",
        "Subject directory attributes",
        "Further facts about the holder that are not part of the name.",
        "RFC 5280 §4.2.1.8",
    ),
    "2.5.29.14": ExtensionType(
        "subjectKeyIdentifier",
        "Subject key identifier",
        "A short identifier of this certificate's key, by which certificates that it signed refer to it.",
        "RFC 5280 §4.2.1.2",
    ),
    "2.5.29.15": ExtensionType(
        "keyUsage", "Key usage", "The operations that the key may be used for.", "RFC 5280 §4.2.1.3"
    ),
    "2.5.29.16": ExtensionType(
        "privateKeyUsagePeriod",
        "Private key usage period",
        "The time in which the private key may sign, where it differs from the certificate's validity.",
        "RFC 3280 §4.2.1.4",
    ),
    "2.5.29.17": ExtensionType(
        "subjectAltName",
        "Subject alternative names",
        "The host names, addresses and other names that the certificate is valid for.",
        "RFC 5280 §4.2.1.6",
    ),
    "2.5.29.18": ExtensionType(
        "issuerAltName", "Issuer alternative names", "Further names of the issuer.", "RFC 5280 §4.2.1.7"
    ),
    "2.5.29.19": ExtensionType(
        "basicConstraints",
        "Basic constraints",
        "Whether the holder may issue certificates, and how many intermediates may follow below it.",
        "RFC 5280 §4.2.1.9",
    ),
    "2.5.29.20": ExtensionType(
        "cRLNumber",
        "CRL number",
        "The number of the revocation list, which is higher in each later one.",
        "RFC 5280 §5.2.3",
    ),
    "2.5.29.21": ExtensionType("cRLReason", "Reason", "Why the certificate was revoked.", "RFC 5280 §5.3.1"),
    "2.5.29.23": ExtensionType(
        "holdInstructionCode", "Hold instruction", "What to do with a certificate that is on hold.", "RFC 3280 §5.3.2"
    ),
    "2.5.29.24": ExtensionType(
        "invalidityDate",
        "Invalidity date",
        "Since when the key is known or suspected to be compromised.",
        "RFC 5280 §5.3.2",
    ),
    "2.5.29.27": ExtensionType(
        "deltaCRLIndicator",
        "Delta CRL indicator",
        "The list only has the changes since the full list with this number.",
        "RFC 5280 §5.2.4",
    ),
    "2.5.29.28": ExtensionType(
        "issuingDistributionPoint",
        "Issuing distribution point",
        "Where the list can be had, and which certificates it covers.",
        "RFC 5280 §5.2.5",
    ),
    "2.5.29.29": ExtensionType(
        "certificateIssuer",
        "Certificate issuer",
        "Who issued this and the following certificates of the list, where it is not the list's issuer.",
        "RFC 5280 §5.3.3",
    ),
    f"{_PKIX}.48.1.2": ExtensionType(
        "ocspNonce", "OCSP nonce", "A random value that ties the response to its request.", "RFC 9654 §2.1"
    ),
    f"{_PKIX}.48.1.3": ExtensionType(
        "ocspCrlReference", "OCSP CRL reference", "The revocation list that the response rests on.", "RFC 6960 §4.4.2"
    ),
    f"{_PKIX}.48.1.6": ExtensionType(
        "ocspArchiveCutoff",
        "OCSP archive cutoff",
        "The responder keeps the status of certificates that have expired since then.",
        "RFC 6960 §4.4.4",
    ),
    f"{_PKIX}.48.1.9": ExtensionType(
        "ocspExtendedRevoke",
        "OCSP extended revocation",
        "The responder also calls certificates revoked that were never issued.",
        "RFC 6960 §4.4.8",
    ),
    "1.3.6.1.4.1.11129.2.4.5": ExtensionType(
        "ocspSignedCertificateTimestamps",
        "Signed certificate timestamps",
        "Promises of public logs to publish the certificate, given with the OCSP response.",
        "RFC 6962 §3.3",
    ),
    "2.5.29.30": ExtensionType(
        "nameConstraints",
        "Name constraints",
        "The names that certificates issued below this one may or may not have.",
        "RFC 5280 §4.2.1.10",
    ),
    "2.5.29.31": ExtensionType(
        "cRLDistributionPoints",
        "CRL distribution points",
        "Where the list can be had on which the issuer publishes revoked certificates.",
        "RFC 5280 §4.2.1.13",
    ),
    "2.5.29.32": ExtensionType(
        "certificatePolicies",
        "Certificate policies",
        "The rules under which the certificate was issued, such as how its holder was validated.",
        "RFC 5280 §4.2.1.4",
    ),
    "2.5.29.33": ExtensionType(
        "policyMappings",
        "Policy mappings",
        "Policies of the issuer that count as the same as policies of the subject.",
        "RFC 5280 §4.2.1.5",
    ),
    "2.5.29.35": ExtensionType(
        "authorityKeyIdentifier",
        "Authority key identifier",
        "Which key of the issuer signed the certificate.",
        "RFC 5280 §4.2.1.1",
    ),
    "2.5.29.36": ExtensionType(
        "policyConstraints",
        "Policy constraints",
        "How many certificates further down a policy is required, or policies may no longer be mapped.",
        "RFC 5280 §4.2.1.11",
    ),
    "2.5.29.37": ExtensionType(
        "extKeyUsage", "Extended key usage", "The purposes that the certificate may be used for.", "RFC 5280 §4.2.1.12"
    ),
    "2.5.29.46": ExtensionType(
        "freshestCRL",
        "Freshest CRL",
        "Where the changes since the last full revocation list can be had.",
        "RFC 5280 §4.2.1.15",
    ),
    "2.5.29.54": ExtensionType(
        "inhibitAnyPolicy",
        "Inhibit any policy",
        "How many certificates further down anyPolicy still stands for every policy.",
        "RFC 5280 §4.2.1.14",
    ),
    "2.5.29.56": ExtensionType(
        "noRevAvail",
        "No revocation available",
        "The issuer publishes no revocation information for this certificate.",
        "RFC 9608 §2",
    ),
    f"{_PKIX}.1.1": ExtensionType(
        "authorityInfoAccess",
        "Authority information access",
        "Where the issuer's certificate can be had and the certificate's status can be asked.",
        "RFC 5280 §4.2.2.1",
    ),
    f"{_PKIX}.1.2": ExtensionType(
        "biometricInfo",
        "Biometric information",
        "Hashes of pictures of the holder or their signature.",
        "RFC 3739 §3.2.5",
    ),
    f"{_PKIX}.1.3": ExtensionType(
        "qcStatements",
        "Qualified certificate statements",
        "What the issuer declares about a certificate that is qualified under a law such as the EU's eIDAS.",
        "RFC 3739 §3.2.6, ETSI EN 319 412-5",
    ),
    f"{_PKIX}.1.7": ExtensionType(
        "ipAddrBlocks", "IP address blocks", "The IP addresses that the holder may use or assign.", "RFC 3779 §2"
    ),
    f"{_PKIX}.1.8": ExtensionType(
        "autonomousSysIds",
        "Autonomous system numbers",
        "The autonomous systems that the holder may use or assign.",
        "RFC 3779 §3",
    ),
    f"{_PKIX}.1.11": ExtensionType(
        "subjectInfoAccess",
        "Subject information access",
        "Where more about the holder and its services can be had.",
        "RFC 5280 §4.2.2.2",
    ),
    f"{_PKIX}.1.12": ExtensionType(
        "logotype", "Logotypes", "Pictures of the holder, the issuer or a community.", "RFC 9399"
    ),
    f"{_PKIX}.1.14": ExtensionType(
        "proxyCertInfo",
        "Proxy certificate",
        "The holder acts for the issuer, which is no authority itself, with the rights that the policy gives.",
        "RFC 3820 §3.8",
    ),
    f"{_PKIX}.1.26": ExtensionType(
        "tnAuthList", "Telephone numbers", "The numbers and the providers that the holder may speak for.", "RFC 8226 §9"
    ),
    "1.3.36.8.3.3": ExtensionType(
        "admission",
        "Admission",
        "The professions that the holder is admitted to, and who admitted it.",
        "Common PKI 1.1 part 1, table 29",
    ),
    f"{_PKIX}.1.24": ExtensionType(
        "tlsFeature",
        "TLS features",
        "TLS extensions that the server promises to support, such as a stapled OCSP response.",
        "RFC 7633",
    ),
    f"{_PKIX}.1.31": ExtensionType(
        "acmeIdentifier",
        "ACME identifier",
        "The answer to an ACME challenge: the certificate proves control over a name and is good for nothing else.",
        "RFC 8737 §3",
    ),
    f"{_PKIX}.48.1.5": ExtensionType(
        "ocspNoCheck",
        "OCSP no check",
        "The status of this OCSP signer's certificate need not be checked itself.",
        "RFC 6960 §4.2.2.2.1",
    ),
    "1.3.6.1.4.1.11129.2.4.2": ExtensionType(
        "signedCertificateTimestampList",
        "Signed certificate timestamps",
        "Promises of public logs to publish the certificate.",
        "RFC 6962 §3.3",
    ),
    "1.3.6.1.4.1.11129.2.4.3": ExtensionType(
        "ctPoison",
        "Precertificate poison",
        "Marks a precertificate, which is only for transparency logs and must never be accepted.",
        "RFC 6962 §3.1",
    ),
    "1.3.6.1.4.1.44363.44": ExtensionType(
        "delegationUsage",
        "Delegation usage",
        "The holder may delegate its TLS credentials to short-lived keys.",
        "RFC 9345 §4.2",
    ),
    "2.23.140.3.1": ExtensionType(
        "cabfOrganizationIdentifier",
        "Organization identifier",
        "The number of the holder in a register of organizations.",
        "CA/Browser Forum EV Guidelines §7.1.2.2",
    ),
    "2.23.140.1.31": ExtensionType(
        "cabfTorServiceDescriptor",
        "Tor service descriptors",
        "Hashes of the keys of the onion services that the certificate names.",
        "CA/Browser Forum ballot 144",
    ),
    "0.4.0.194121.2.1": ExtensionType(
        "validityAssuredShortTerm",
        "Validity assured, short term",
        "The certificate is valid for a shorter time than its issuer may take to revoke one.",
        "ETSI EN 319 412-1 §5.2.2",
    ),
    f"{_NETSCAPE}.1": ExtensionType(
        "netscapeCertType",
        "Netscape certificate type",
        "The purposes of the certificate, in a form that predates extended key usage.",
        _NETSCAPE_REFERENCE,
    ),
    f"{_NETSCAPE}.2": ExtensionType(
        "netscapeBaseUrl",
        "Netscape base URL",
        "What the other Netscape addresses are relative to.",
        _NETSCAPE_REFERENCE,
    ),
    f"{_NETSCAPE}.3": ExtensionType(
        "netscapeRevocationUrl",
        "Netscape revocation URL",
        "Where the certificate's status could once be asked.",
        _NETSCAPE_REFERENCE,
    ),
    f"{_NETSCAPE}.4": ExtensionType(
        "netscapeCaRevocationUrl",
        "Netscape CA revocation URL",
        "Where the status of certificates issued by this one could once be asked.",
        _NETSCAPE_REFERENCE,
    ),
    f"{_NETSCAPE}.7": ExtensionType(
        "netscapeRenewalUrl", "Netscape renewal URL", "Where the certificate could be renewed.", _NETSCAPE_REFERENCE
    ),
    f"{_NETSCAPE}.8": ExtensionType(
        "netscapeCaPolicyUrl", "Netscape CA policy URL", "Where the issuer's policy can be read.", _NETSCAPE_REFERENCE
    ),
    f"{_NETSCAPE}.12": ExtensionType(
        "netscapeSslServerName", "Netscape server name", "The host name, in a form of the 1990s.", _NETSCAPE_REFERENCE
    ),
    f"{_NETSCAPE}.13": ExtensionType(
        "netscapeComment", "Netscape comment", "A remark of the issuer for people to read.", _NETSCAPE_REFERENCE
    ),
    f"{_MICROSOFT}.20.2": ExtensionType(
        "msCertificateTemplateName",
        "Microsoft template name",
        "The name of the Windows template from which the certificate was made.",
        f"{_MICROSOFT_REFERENCE}.1",
    ),
    f"{_MICROSOFT}.21.1": ExtensionType(
        "msCaVersion",
        "Microsoft CA version",
        "The number of this Windows authority's certificate, counted from 0, and of the one that first had its key.",
        "Microsoft [MS-CSRA] §3.1.4.1.6, [MS-WCCE] §3.2.1.4.3.2.39",
    ),
    f"{_MICROSOFT}.21.2": ExtensionType(
        "msPreviousCaHash",
        "Microsoft previous CA certificate",
        "The SHA-1 fingerprint of the certificate that this Windows authority had before.",
        "Microsoft wincrypt.h, szOID_CERTSRV_PREVIOUS_CERT_HASH",
    ),
    f"{_MICROSOFT}.21.4": ExtensionType(
        "msCrlNextPublish",
        "Microsoft next publication",
        "When this Windows authority means to publish the next list, which is before this one is out of date.",
        "Microsoft [MS-CSRA] §3.1.4.1.6",
    ),
    f"{_MICROSOFT}.21.7": ExtensionType(
        "msCertificateTemplate",
        "Microsoft certificate template",
        "The Windows template from which the certificate was made, with its version.",
        f"{_MICROSOFT_REFERENCE}.2",
    ),
    f"{_MICROSOFT}.21.10": ExtensionType(
        "msApplicationPolicies",
        "Microsoft application policies",
        "The purposes that the certificate may be used for, as Windows has them.",
        f"{_MICROSOFT_REFERENCE}.3",
    ),
    f"{_MICROSOFT}.21.14": ExtensionType(
        "msPublishedCrlLocations",
        "Microsoft published CRL locations",
        "Where this Windows authority puts the list in Active Directory.",
        "Microsoft [MS-CSRA] §3.1.4.1.6",
    ),
    f"{_MICROSOFT}.25.2": ExtensionType(
        "msNtdsCaSecurity",
        "Microsoft security identifier",
        "The account in Active Directory that the certificate belongs to.",
        f"{_MICROSOFT_REFERENCE}.4",
    ),
    "1.2.840.113533.7.65.0": ExtensionType(
        "entrustVersionInfo",
        "Entrust version",
        "The version of Entrust's software that made the certificate.",
        "Entrust certificate profile",
    ),
    "1.2.840.113549.1.9.15": ExtensionType(
        "sMIMECapabilities", "S/MIME capabilities", "The algorithms that the holder's mail program knows.", "RFC 4262"
    ),
}


def extension_type(oid: str) -> ExtensionType:
    """What is known of an extension; its dotted OID as the name where nothing is."""
    return EXTENSIONS.get(oid) or ExtensionType(
        oid,
        oid or "Unreadable extension",
        "An extension that is not known here; clients that don't know it ignore it unless it is critical.",
        "RFC 5280 §4.2",
    )
