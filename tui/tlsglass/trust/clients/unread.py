"""The sources that could not be opened when the table was last held against them, in November 2026.

What is claimed by them is known otherwise, and may be right; but it was not seen there, and that is said with it. All
others were read in the repositories of the clients, in their documentation or on the pages of their makers; about a
dozen of them only as their words are quoted elsewhere.
"""

_WINDOWS = (
    "https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x509chainpolicy."
    "disablecertificatedownloads"
)

UNREAD = frozenset(
    {
        "https://chromestatus.com/feature/5759116003770368",
        "https://developer.android.com/about/versions/pie/android-9.0-changes-all#certificate-common-name",
        "https://developer.apple.com/documentation/security/sectrustsetnetworkfetchallowed(_:_:)",
        "https://docs.openssl.org/master/man3/X509_VERIFY_PARAM_set_flags/",
        "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
        "https://docs.oracle.com/javase/8/docs/technotes/guides/security/certpath/CertPathProgGuide.html#AIA",
        "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.hostname_checks_common_name",
        "https://docs.python.org/3/whatsnew/3.10.html#ssl",
        "https://github.com/mozilla/crlite",
        "https://gitlab.com/gnutls/gnutls/-/blob/master/lib/x509/verify.c",
        "https://gitlab.com/gnutls/gnutls/-/issues/1008",
        "https://hacks.mozilla.org/2020/02/its-the-boot-for-tls-1-0-and-tls-1-1/",
        _WINDOWS,
        "https://man7.org/linux/man-pages/man3/gnutls_x509_crt_check_hostname2.3.html",
        "https://man7.org/linux/man-pages/man3/gnutls_x509_trust_list_set_getissuer_function.3.html",
        "https://urllib3.readthedocs.io/en/stable/v2-migration-guide.html",
    }
)
"""As the table has them."""
