"""Bytes at which parsers have to decide something, by the form of what they read."""

from tests.fuzz.parser import Form

TOKENS: dict[Form, tuple[bytes, ...]] = {
    Form.BYTES: (b"", b"\0", b"\xff", b"\x80", b"\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\r\n", b"\x1b[2J"),
    Form.ELEMENTS: (
        b"", b"\0", b"\xff", b"\x80", b"\x05\x00", b"\x30\x80", b"\x30\x00", b"\x02\x01\x00", b"\x02\x01\xff",
        b"\x02\x00", b"\x01\x01\xff", b"\x03\x01\x00", b"\x04\x00", b"\x06\x03\x55\x04\x03", b"\x06\x01\x80",
        b"\x0c\x02\xc0\x80", b"\x0c\x03\xe2\x80\xae", b"\x1e\x02\xd8\x00", b"\x1c\x04\x00\x11\x00\x00", b"\x13\x01*",
        b"\x16\x03a\0b", b"\x17\x0d260101000000Z", b"\x17\x11260101000000+9959", b"\x18\x0f00010101000000Z",
        b"\x18\x1300010101000000+2359", b"\x18\x0f99991231235959Z", b"\x18\x1399991231235959-2359", b"\x82\x00",
        b"\x82\x01.", b"\x87\x04\x7f\0\0\1", b"\x87\x05\0\0\0\0\0", b"\xa0\x00", b"\xa4\x02\x30\x00", b"\x9f\x1f\x00",
        b"\x02\x09\x80" + bytes(8), b"\x0a\x01\x7f",
    ),
    Form.RECORDS: (
        b"", b"\0", b"\xff", b"\0\0", b"\xff\xff", b"\0\0\0", b"\x03\x03", b"\x03\x04", b"\x00\x10", b"\x00\x2b",
        b"\x00\x33", b"\x00\x12", b"\x00\x2f", b"\x0b\0\0\0", b"\x08\0\0\2\0\0", b"\x16\x03\x03\0\0",
        b"\x15\x03\x03\0\2\2\x28", b"\x14\x03\x03\0\1\1", b"\x17\x03\x03\0\1\0", b"\x02\x28", b"\x01\x00",
        b"\x13\x01", b"\xc0\x2f", b"\xc0\x2b",
    ),
    Form.LINES: (
        b"", b"\0", b"\n", b"\r\n", b"\r\n\r\n", b"\t", b" ", b":", b"::", b"[", b"]", b"%", b"%25", b"@", b"/",
        b"//", b"?", b"#", b".", b"..", b"-", b"--", b"xn--", b"xn--a", b"0x", b"00", b"99999999999999999999", b"-1",
        b"+1", b"1e9", b"\xc2\xa0", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80",
        b"\xf3\xa0\x80\x81", b"\xcc\x81" * 9, b"\xe3\x80\x82", b"\xef\xbc\x8e", b"\xc3\x9f", b"\xd9\xa0", b"\xc2\xb2",
        b"\x1b]52;c;YQ==\x07", b"\x9b31m", b"[/x]", b"{", b"}", b'"', b"'", b"\\", b",", b"=", b"true", b"null",
        b"NaN", b"1e999", b"-----BEGIN ", b"-----END ", b"-----", b"HTTP/1.1 200", b"Content-Length: ",
        b"Transfer-Encoding: chunked", b"0\r\n\r\n", b"ffffffff\r\n",
    ),
}  # fmt: skip
"""What is put in."""
