"""What comes after the handshake."""

from tlsglass.demo.exhibits.model import Exhibit, Group

GROUP = Group(
    title="Answers",
    entries=(
        Exhibit(
            id="large",
            title="A large answer",
            shows="50 MB of numbered lines, as fast as they can be sent.",
            look_at="Scroll while it arrives, jump to the end, search for 'line 499999'. Escape stops it.",
        ),
        Exhibit(
            id="slow",
            title="A slow answer",
            shows="The head comes at once, then a line every fifth of a second, for 20 seconds.",
            look_at="Lines appear as they arrive. Each is a chunk of its own: the numbers between them are part of the "
            "answer as it came, the lengths of the chunks in hexadecimal.",
        ),
        Exhibit(
            id="no-http",
            title="No HTTP",
            shows="TLS, but the server behind it is a mail server of sorts and takes HTTP for nonsense.",
            look_at="It greets before it is asked, then complains about each line of the request. The certificates, "
            "the handshake and the verdict do not depend on what is spoken afterwards.",
        ),
        Exhibit(
            id="markup",
            title="Names that bite",
            shows="Markup, escape sequences, direction overrides and newlines, in the certificate and in the answer.",
            look_at="Everything is shown as escapes: no colour changes, nothing is written backwards, and your "
            "clipboard keeps its contents. Copying a value copies it as it truly is.",
        ),
    ),
)
