"""Bounds that programs other than Mozilla have announced for roots in their lists, which the data does not tell.

Chrome counts the earliest timestamp of public logs, Java the day of issue. Of other programs none are known here.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from tlsglass.frozen import dataclass

_CHROME = (
    "https://security.googleblog.com/2025/05/sustaining-digital-certificate-security-chrome-root-store-changes.html"
)
_JAVA = "https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/validator/"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBound:
    """Since when a program trusts no new certificates under some roots."""

    programs: tuple[str, ...]
    distrusted_after: date
    """The last day (UTC) of certificates that are trusted."""

    by_timestamp: bool = False
    """Whether the day of the earliest timestamp of public logs counts, and not the day of issue."""

    roots: tuple[str, ...]
    """SHA-256 of each, in lower-case hex."""

    reference: str
    """Where the program says so."""


_BOUNDS = (
    KnownBound(
        programs=("Google",),
        distrusted_after=date(2025, 7, 31),
        by_timestamp=True,
        roots=(
            "c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5",  # ePKI Root Certification Authority
            "f015ce3cc239bfef064be9f1d2c417e1a0264a0a94be1f0c8d121864eb6949cc",  # HiPKI Root CA - G1
            "6c61dac3a2def031506be036d2a6fe401994fbd13df9c8d466599274c446ec98",  # NetLock Arany
        ),
        reference=_CHROME,
    ),
    KnownBound(
        programs=("OpenJDK", "Oracle"),
        distrusted_after=date(2026, 3, 17),
        roots=(
            "c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5",
        ),  # ePKI Root Certification Authority
        reference=f"{_JAVA}ChunghwaTLSPolicy.java",
    ),
    KnownBound(
        programs=("OpenJDK", "Oracle"),
        distrusted_after=date(2025, 4, 15),
        roots=("063e4afac491dfd332f3089b8542e94617d893d7fe944e10a7937ee29d9693c0",),  # Chambers of Commerce Root - 2008
        reference=f"{_JAVA}CamerfirmaTLSPolicy.java",
    ),
    KnownBound(
        programs=("OpenJDK", "Oracle"),
        distrusted_after=date(2024, 11, 11),
        roots=(
            "73c176434f1bc6d5adf45b0e76e727287c8de57616c1e6e6141a2b2cbc7d8e4c",  # Entrust Root Certification Authority
            "02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5",  # Entrust … EC1
            "43df5774b03e7fef5fe40d931a7bedf1bb2e6b42738c4e6d3841103d3aa7f339",  # Entrust … G2
            "db3517d1f6732a2d5ab97c533ec70779ee3270a62fb4ac4238372460e6f01e88",  # Entrust … G4
            "6dc47172e01cbcb0bf62580d895fe2b8ac9ad4f873801e0c10b9c837d21eb177",  # Entrust.net … (2048)
        ),
        reference=f"{_JAVA}EntrustTLSPolicy.java",
    ),
    KnownBound(
        programs=("OpenJDK", "Oracle"),
        distrusted_after=date(2019, 4, 16),
        roots=(
            "ff856a2d251dcd88d36656f450126798cfabaade40799c722de4d2b5db36a73a",  # GeoTrust Global CA
            "37d51006c512eaab626421f1ec8c92013fc5f82ae98ee533eb4619b8deb4d06c",  # GeoTrust Primary …
            "5edb7ac43b82a06a8761e8d7be4979ebf2611f7dd79bf91c1c6b566a219ed766",  # GeoTrust Primary … G2
            "b478b812250df878635c2aa7ec7d155eaa625ee82916e2cd294361886cd1fbd4",  # GeoTrust Primary … G3
            "a0459b9f63b22559f5fa5d4c6db3f9f72ff19342033578f073bf1d1b46cbb912",  # GeoTrust Universal CA
            "8d722f81a9c113c0791df136a2966db26c950a971db46b4199f4ea54b78bfb9f",  # thawte Primary Root CA
            "a4310d50af18a6447190372a86afaf8b951ffb431d837f1e5688b45971ed1557",  # thawte Primary Root CA - G2
            "4b03f45807ad70f21bfc2cae71c9fde4604c064cf5ffb686bae5dbaad7fdd34c",  # thawte Primary Root CA - G3
            "eb04cf5eb1f39afa762f2bb120f296cba520c1b97db1589565b81cb9a17b7244",  # VeriSign Class 3 … G3
            "69ddd7ea90bb57c93e135dc85ea6fcd5480b603239bdc454fc758b2a26cf7f79",  # VeriSign Class 3 … G4
            "9acfab7e43c8d880d06b262a94deeee4b4659989c3d0caf19baf6405e41ab7df",  # VeriSign Class 3 … G5
            "2399561127a57125de8cefea610ddf2fa078b5c8067f4e828290bfb860e84b3c",  # VeriSign Universal …
        ),
        reference=f"{_JAVA}SymantecTLSPolicy.java",
    ),
)


@cache
def known_bounds() -> Mapping[tuple[str, str], KnownBound]:
    """The bounds that are known, by the program and the SHA-256 of the root in lower-case hex."""
    return {(program, root): bound for bound in _BOUNDS for program in bound.programs for root in bound.roots}
