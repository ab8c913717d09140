"""Libraries and the tools that are made with them, as far as it is documented how they differ from others."""

from tlsglass.trust.clients.behaviours import (
    accepts,
    fetches,
    hashes,
    ignores,
    names,
    negative_serial,
    of_public,
    purposes_of_issuers,
    refuses,
    says,
    seen_by_openssl,
    short_rsa,
    unknown,
    where_stapled,
)
from tlsglass.trust.clients.family import Family, counts_self_issued, key_identifiers, old_builders
from tlsglass.trust.clients.model import Stance

_LEVELS = "https://docs.openssl.org/master/man3/SSL_CTX_set_security_level/"
_CHANGES = "https://github.com/openssl/openssl/blob/master/CHANGES.md"
_BUILDING = "https://docs.openssl.org/master/man1/openssl-verification-options/"
_GO = "https://pkg.go.dev/crypto/x509#Certificate.Verify"
_PYTHON = "https://docs.python.org/3/library/ssl.html"
_PYTHON_3_10 = "https://docs.python.org/3/whatsnew/3.10.html#ssl"
_GNUTLS = "https://gnutls.org/manual/html_node/Verifying-a-certificate-in-the-context-of-TLS-session.html"
_JAVA_NAMES = (
    "https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/util/HostnameChecker.java"
)
_JAVA = "https://github.com/openjdk/jdk/blob/master/src/java.base/share/conf/security/java.security"

_NO_POLICY = {"transparency-not-met": ignores, "lifetime-too-long": ignores}
"""What browsers ask for besides the validation of paths, RFC 5280 §6.1, which knows no logs and no longest lifetime."""

_OPENSSL = {
    **_NO_POLICY,
    "weak-signature": hashes(
        sha1=refuses("At its default level OpenSSL has refused SHA-1 since version 3.0.", _CHANGES),
        older=refuses("At its default level OpenSSL refuses MD5 and what came before.", _LEVELS),
    ),
    "policy-not-met": accepts("OpenSSL looks at policies only where it is told to.", _BUILDING),
    "wrong-order": accepts("OpenSSL builds the path from what was sent in any order.", _BUILDING),
    "wrong-usage": refuses("OpenSSL holds the usages of the whole path against what a server needs.", _BUILDING),
    "key-id-mismatch": refuses(
        "OpenSSL takes no issuer that has another key identifier than the one that is named.",
        "https://docs.openssl.org/master/man3/X509_check_issued/",
    ),
    "staple-unusable": accepts(
        "OpenSSL looks at stapled answers only where a program tells it to.",
        "https://docs.openssl.org/master/man3/SSL_CTX_set_tlsext_status_cb/",
    ),
    "verification-failed": seen_by_openssl,
}

CURL = Family(
    name="curl and others with OpenSSL",
    behaviours={
        **_OPENSSL,
        "missing-intermediate": refuses("It fetches no issuers.", "https://github.com/curl/curl/issues/2793"),
        "name-only-in-cn": names(
            host=accepts(
                "It looks at the common name where there are no alternative names.",
                "https://docs.openssl.org/master/man3/X509_check_host/",
            ),
            address=unknown,
        ),
        "weak-key": short_rsa(
            below=1024,
            refused=refuses("At its default level OpenSSL asks for 1,024 bits of RSA keys, or more.", _LEVELS),
            longer=says(
                Stance.DEPENDS,
                "At its default level OpenSSL has asked for 2,048 bits of RSA keys since version 3.2; before, some "
                "distributions did.",
                _CHANGES,
            ),
        ),
        "revoked": accepts(
            "OpenSSL looks at revocation only where it is told to.",
            "https://docs.openssl.org/master/man3/X509_VERIFY_PARAM_set_flags/",
        ),
        "old-protocol": refuses("At its default level OpenSSL has had no TLS 1.0 and 1.1 since version 3.0.", _CHANGES),
    },
    demands=(
        old_builders(
            "Versions of OpenSSL before 1.1.0 follow what was sent to its end, where something has expired.",
            "https://openssl-library.org/post/2021-09-13-letsencryptrootcertexpire/",
        ),
    ),
)

PYTHON = Family(
    name="Python, ssl",
    behaviours={
        **_OPENSSL,
        "missing-intermediate": refuses("It judges by OpenSSL, which fetches no issuers.", _BUILDING),
        "name-only-in-cn": names(
            host=accepts(
                "It looks at the common name where there are no alternative names.",
                f"{_PYTHON}#ssl.SSLContext.hostname_checks_common_name",
            ),
            address=unknown,
        ),
        "weak-key": short_rsa(
            below=2048,
            refused=refuses("It asks for 2,048 bits of RSA keys since Python 3.10.", _PYTHON_3_10),
            longer=unknown,
        ),
        "revoked": accepts("It looks at no revocation lists by default.", f"{_PYTHON}#ssl.VERIFY_DEFAULT"),
        "old-protocol": refuses("It speaks TLS 1.2 and later since Python 3.10.", _PYTHON_3_10),
    },
    demands=(
        key_identifiers(
            "Since Python 3.13 it asks for key identifiers (VERIFY_X509_STRICT), which are missing here.",
            "https://docs.python.org/3/whatsnew/3.13.html#ssl",
        ),
    ),
)

REQUESTS = Family(
    name="Python, requests",
    programs=("Mozilla",),
    behaviours={
        **PYTHON.behaviours,
        "name-only-in-cn": refuses(
            "Since version 2 of urllib3 it does not look at common names.",
            "https://urllib3.readthedocs.io/en/stable/v2-migration-guide.html",
        ),
    },
    demands=(
        key_identifiers(
            "On Python 3.13 and later urllib3 has asked for key identifiers since its version 2.4.0 "
            "(VERIFY_X509_STRICT), which are missing here.",
            "https://github.com/urllib3/urllib3/blob/main/CHANGES.rst",
        ),
    ),
)
"""It has certifi's copy of Mozilla's list, which knows no bounds."""

GO = Family(
    name="Go",
    behaviours={
        **_NO_POLICY,
        "missing-intermediate": says(
            Stance.DEPENDS,
            "It fetches no issuers; on Windows and Apple's systems it asks the system, which may do so.",
            "https://github.com/golang/go/issues/31773",
        ),
        "name-only-in-cn": refuses(
            "It has not looked at common names since Go 1.15.", "https://go.dev/doc/go1.15#commonname"
        ),
        "weak-signature": hashes(
            sha1=refuses("It has refused SHA-1 since Go 1.18.", "https://go.dev/doc/go1.18#sha1"),
            older=refuses(
                "It refuses MD5 and what came before.", "https://pkg.go.dev/crypto/x509#InsecureAlgorithmError"
            ),
        ),
        "weak-key": short_rsa(
            below=1024,
            refused=refuses(
                "It asks for 1,024 bits of RSA keys since Go 1.24.", "https://go.dev/doc/go1.24#cryptorsapkgcryptorsa"
            ),
            longer=accepts(
                "It asks for no more than 1,024 bits of RSA keys.", "https://go.dev/doc/go1.24#cryptorsapkgcryptorsa"
            ),
        ),
        "revoked": accepts("It does not look at revocation.", _GO),
        "invalid-serial": negative_serial(
            refuses(
                "It has refused negative numbers since Go 1.23.", "https://go.dev/doc/go1.23#cryptox509pkgcryptox509"
            )
        ),
        "wrong-usage": purposes_of_issuers(
            refuses("It holds the purposes of issuers against what they issued for, too.", _GO)
        ),
        "policy-not-met": refuses(
            "It has held paths against the policies that their issuers require since Go 1.24.",
            "https://go.dev/doc/go1.24#cryptox509pkgcryptox509",
        ),
        "old-protocol": refuses("It speaks TLS 1.2 and later since Go 1.18.", "https://go.dev/doc/go1.18#tls10"),
        "wrong-order": accepts("It builds the path from what was sent in any order.", _GO),
    },
)

JAVA = Family(
    name="Java",
    programs=("OpenJDK", "Oracle"),
    knows_bounds=True,
    behaviours={
        **_NO_POLICY,
        "missing-intermediate": refuses(
            "It fetches issuers only where com.sun.security.enableAIAcaIssuers is set.",
            "https://docs.oracle.com/javase/8/docs/technotes/guides/security/certpath/CertPathProgGuide.html#AIA",
        ),
        "name-only-in-cn": names(
            host=accepts(
                "It looks at the common name where there are no alternative names.",
                _JAVA_NAMES,
            ),
            address=refuses("Of addresses it looks at alternative names only.", _JAVA_NAMES),
        ),
        "wide-wildcard": of_public(
            refuses("It takes no wildcard for a public suffix under the roots that come with it.", _JAVA_NAMES),
            accepts(
                "It takes wildcards for public suffixes under other roots than those that come with it.", _JAVA_NAMES
            ),
        ),
        "weak-signature": hashes(
            sha1=of_public(
                refuses("It refuses SHA-1 under the roots that come with it.", _JAVA),
                accepts("It refuses SHA-1 only under the roots that come with it.", _JAVA),
            ),
            older=refuses("It refuses MD5 and MD2.", _JAVA),
        ),
        "weak-key": short_rsa(
            below=1024, refused=refuses("It asks for 1,024 bits of RSA keys, or more.", _JAVA), longer=unknown
        ),
        "revoked": accepts(
            "It looks at revocation only where com.sun.net.ssl.checkRevocation is set.",
            "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
        ),
        "old-protocol": refuses("It has disabled TLS 1.0 and 1.1 (jdk.tls.disabledAlgorithms).", _JAVA),
        "wrong-order": accepts(
            "It builds a path where what was sent is not in order.",
            "https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/validator/PKIXValidator.java",
        ),
    },
)

GNUTLS = Family(
    name="GnuTLS",
    behaviours={
        **_NO_POLICY,
        "missing-intermediate": refuses(
            "It fetches issuers only where a program gives it a function for that.",
            "https://man7.org/linux/man-pages/man3/gnutls_x509_trust_list_set_getissuer_function.3.html",
        ),
        "name-only-in-cn": names(
            host=accepts(
                "It looks at the common name where there are no alternative names.",
                "https://gitlab.com/gnutls/gnutls/-/blob/master/lib/x509/hostname-verify.c",
            ),
            address=refuses(
                "Of addresses it looks at alternative names only, since version 3.6.0.",
                "https://man7.org/linux/man-pages/man3/gnutls_x509_crt_check_hostname2.3.html",
            ),
        ),
        "weak-signature": hashes(
            sha1=refuses("It refuses SHA-1 unless told otherwise.", _GNUTLS),
            older=refuses("It refuses MD5 and MD2 unless told otherwise.", _GNUTLS),
        ),
        "wrong-order": accepts("It sorts what was sent since version 3.1.4, unless told otherwise.", _GNUTLS),
        "revoked": where_stapled(refuses("It holds the certificate against a stapled answer.", _GNUTLS)),
        "staple-unusable": refuses("It takes no stapled answer that is out of date or left out though due.", _GNUTLS),
        "verification-failed": unknown,
    },
    demands=(
        old_builders(
            "It may follow what was sent to its end, where something has expired.",
            "https://gitlab.com/gnutls/gnutls/-/issues/1008",
        ),
        counts_self_issued(
            "It counts self-issued certificates in the length of a path, too.",
            "https://gitlab.com/gnutls/gnutls/-/blob/master/lib/x509/verify.c",
        ),
    ),
)

WINDOWS = Family(
    name=".NET and others on Windows",
    programs=("Microsoft",),
    behaviours={
        "missing-intermediate": fetches(
            "Windows",
            "https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x509chainpolicy."
            "disablecertificatedownloads",
        ),
        "transparency-not-met": unknown,
    },
)

LIBRARIES = (CURL, GO, JAVA, PYTHON, REQUESTS, GNUTLS, WINDOWS)
"""In the order in which they are shown."""
