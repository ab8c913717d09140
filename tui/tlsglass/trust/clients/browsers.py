"""Browsers and the systems that they come with, as far as it is documented how they differ from others."""

from tlsglass.trust.clients.behaviours import (
    accepts,
    fetches,
    hashes,
    ignores,
    purposes_of_issuers,
    refuses,
    says,
    short_rsa,
    unknown,
    where_refused,
)
from tlsglass.trust.clients.family import Family, any_timestamp, day, longest_lifetime, transparency
from tlsglass.trust.clients.model import Stance

_CHROMIUM = "https://source.chromium.org/chromium/chromium/src/+/main:net/cert/"
_BORINGSSL = "https://boringssl.googlesource.com/boringssl/+/HEAD/pki/simple_path_builder_delegate.cc"
_BORINGSSL_PATHS = "https://boringssl.googlesource.com/boringssl/+/HEAD/pki/verify_certificate_chain.cc"
_BORINGSSL_RSA = "https://boringssl.googlesource.com/boringssl/+/HEAD/crypto/fipsmodule/rsa/rsa_impl.cc.inc"
_APPLE = "https://support.apple.com/en-us/103769"
_ANDROID = "https://developer.android.com/privacy-and-security/security-ssl"

_DEMANDED = {"lifetime-too-long": ignores, "transparency-not-met": ignores}
"""For those whose own demands say what they make of it."""

_CHROMIUM_BEHAVIOURS = {
    "lifetime-too-long": ignores,
    "missing-intermediate": fetches("It", f"{_CHROMIUM}internal/cert_issuer_source_aia.h"),
    "name-only-in-cn": refuses(
        "It has not looked at common names since version 58.", "https://chromestatus.com/feature/4981025180483584"
    ),
    "weak-signature": hashes(
        sha1=refuses("It refuses SHA-1.", f"{_CHROMIUM}cert_verify_proc.cc"),
        older=refuses("It refuses MD5 and what came before.", f"{_CHROMIUM}cert_verify_proc.cc"),
    ),
    "weak-key": short_rsa(
        below=1024,
        refused=refuses("It asks for 1,024 bits of RSA keys.", f"{_CHROMIUM}cert_verify_proc_builtin.cc"),
        longer=accepts("It asks for no more than 1,024 bits of RSA keys.", f"{_CHROMIUM}cert_verify_proc_builtin.cc"),
    ),
    "revoked": says(
        Stance.DEPENDS,
        "It goes by what is stapled for the site's own certificate and by lists of its own (CRLSets), and asks nobody "
        "unless an organisation's policy tells it to.",
        "https://www.chromium.org/Home/chromium-security/crlsets/",
    ),
    "old-protocol": refuses("It has given up TLS 1.0 and 1.1.", "https://chromestatus.com/feature/5759116003770368"),
    "wrong-order": accepts("It builds the path from what was sent in any order.", f"{_CHROMIUM}README.md"),
    "wide-wildcard": refuses("It takes no wildcard for a public suffix.", f"{_CHROMIUM}x509_certificate.cc"),
    "unsupported-algorithm": refuses("It takes RSA and ECDSA by the curves P-256, P-384 and P-521 only.", _BORINGSSL),
    "wrong-usage": purposes_of_issuers(
        refuses("It holds the purposes of issuers against what they issued for, too.", _BORINGSSL_PATHS)
    ),
    "policy-not-met": refuses("It holds paths against the policies that their issuers require.", _BORINGSSL_PATHS),
    "faulty-key": where_refused(refuses("BoringSSL takes no RSA key with such numbers.", _BORINGSSL_RSA)),
    "forbidden-name": where_refused(
        refuses("It takes no name of private networks under a public root.", f"{_CHROMIUM}cert_verify_proc.cc")
    ),
}

_CHROMIUM_LIFETIME = longest_lifetime(
    (
        (day(2029, 3, 15), 47),
        (day(2027, 3, 15), 100),
        (day(2026, 3, 15), 200),
        (day(2020, 9, 1), 398),
    ),
    public_only=True,
    reference=f"{_CHROMIUM}cert_verify_proc.cc",
)
"""Its documentation of lifetimes knows of 398 days only; its code keeps to the shorter ones that followed."""

CHROME = Family(
    name="Chrome",
    programs=("Google",),
    knows_bounds=True,
    behaviours={**_CHROMIUM_BEHAVIOURS, **_DEMANDED},
    demands=(_CHROMIUM_LIFETIME, transparency("Chrome")),
)

EDGE = Family(
    name="Edge",
    programs=("Microsoft",),
    behaviours={**_CHROMIUM_BEHAVIOURS, "transparency-not-met": unknown},
    demands=(_CHROMIUM_LIFETIME,),
)
"""Chromium's verifier with Microsoft's list:
https://learn.microsoft.com/deployedge/microsoft-edge-security-cert-verification."""

SAFARI = Family(
    name="Safari and apps on Apple's systems",
    programs=("Apple",),
    behaviours={
        **_DEMANDED,
        "missing-intermediate": fetches(
            "It", "https://developer.apple.com/documentation/security/sectrustsetnetworkfetchallowed(_:_:)"
        ),
        "name-only-in-cn": refuses("It has not looked at common names since iOS 13 and macOS 10.15.", _APPLE),
        "weak-signature": hashes(
            sha1=refuses("It asks for SHA-2 since iOS 13 and macOS 10.15.", _APPLE),
            older=refuses("It asks for SHA-2 since iOS 13 and macOS 10.15.", _APPLE),
        ),
        "weak-key": short_rsa(
            below=2048,
            refused=refuses("It asks for 2,048 bits of RSA keys since iOS 13 and macOS 10.15.", _APPLE),
            longer=unknown,
        ),
        "server-usage-missing": where_refused(
            refuses("It wants serverAuth in certificates that were issued after 2019-07-01, under any root.", _APPLE)
        ),
        "old-protocol": says(
            Stance.DEPENDS,
            "Apple has announced that updates from March 2020 on give up TLS 1.0 and 1.1.",
            "https://webkit.org/blog/8462/deprecation-of-legacy-tls-1-0-and-1-1-versions/",
        ),
    },
    demands=(
        longest_lifetime(((day(2019, 7, 2), 825),), public_only=False, reference=_APPLE),
        longest_lifetime(
            ((day(2020, 9, 1), 398),), public_only=True, reference="https://support.apple.com/en-us/102028"
        ),
        transparency("Apple"),
    ),
)

FIREFOX = Family(
    name="Firefox",
    programs=("Mozilla",),
    knows_bounds=True,
    behaviours={
        "transparency-not-met": ignores,
        "missing-intermediate": says(
            Stance.DEPENDS,
            "It fetches no issuers. On desktops it has had all that public CAs disclosed since version 75.",
            "https://wiki.mozilla.org/Security/CryptoEngineering/Intermediate_Preloading",
        ),
        "name-only-in-cn": refuses(
            "It has not looked at common names since version 101.",
            "https://www.mozilla.org/firefox/101.0/releasenotes/",
        ),
        "weak-signature": hashes(
            sha1=refuses(
                "It refuses SHA-1, under any root.",
                "https://searchfox.org/firefox-main/source/security/certverifier/NSSCertDBTrustDomain.cpp",
            ),
            older=refuses(
                "It does not know MD5 and what came before.",
                "https://searchfox.org/firefox-main/source/security/nss/lib/mozpkix/lib/pkixder.cpp",
            ),
        ),
        "weak-key": short_rsa(
            below=1024,
            refused=refuses(
                "It asks for 1,024 bits of RSA keys.",
                "https://searchfox.org/firefox-main/source/security/certverifier/CertVerifier.cpp",
            ),
            longer=accepts(
                "It asks for no more than 1,024 bits of RSA keys.",
                "https://searchfox.org/firefox-main/source/security/certverifier/CertVerifier.cpp",
            ),
        ),
        "unsupported-algorithm": refuses(
            "It takes RSA and ECDSA by the curves P-256, P-384 and P-521 only.",
            "https://searchfox.org/firefox-main/source/security/nss/lib/mozpkix/lib/pkixcheck.cpp",
        ),
        "wrong-usage": purposes_of_issuers(
            refuses(
                "It holds the purposes of issuers against what they issued for, too.",
                "https://searchfox.org/firefox-main/source/security/nss/lib/mozpkix/lib/pkixcheck.cpp",
            )
        ),
        "policy-not-met": accepts(
            "It does not look at the policies that issuers require.",
            "https://searchfox.org/firefox-main/source/security/nss/lib/mozpkix/lib/pkixcert.cpp",
        ),
        "ca-as-server": refuses(
            "It takes no authority's certificate for a server's (MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY).",
            "https://searchfox.org/firefox-main/source/security/nss/lib/mozpkix/lib/pkixcheck.cpp",
        ),
        "revoked": says(
            Stance.DEPENDS,
            "It goes by what is stapled for the site's own certificate and by a list of its own (CRLite) of what "
            "public CAs revoked.",
            "https://github.com/mozilla/crlite",
        ),
        "old-protocol": refuses(
            "It has given up TLS 1.0 and 1.1.",
            "https://hacks.mozilla.org/2020/02/its-the-boot-for-tls-1-0-and-tls-1-1/",
        ),
    },
    demands=(
        any_timestamp(
            "On desktops it has wanted timestamps of public logs since version 135; none here was found valid.",
            "https://groups.google.com/a/mozilla.org/g/dev-security-policy/c/OagRKpVirsA",
        ),
    ),
)

ANDROID = Family(
    name="Android apps",
    programs=("Android",),
    behaviours={
        "missing-intermediate": refuses("It fetches no issuers.", _ANDROID),
        "name-only-in-cn": refuses(
            "It has not looked at common names since Android 9.",
            "https://developer.android.com/about/versions/pie/android-9.0-changes-all#certificate-common-name",
        ),
        "transparency-not-met": unknown,
    },
)

BROWSERS = (CHROME, EDGE, SAFARI, FIREFOX, ANDROID)
"""In the order in which they are shown."""
