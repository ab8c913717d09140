"""What the keys do on a site's screen."""

from textual.binding import Binding, BindingType

SITE_KEYS: list[BindingType] = [
    Binding("escape", "back", "Stop/Back", id="site.back", tooltip="Stop the run, or go back"),
    Binding("ctrl+l", "focus_target", "Site", priority=True, id="site.target", tooltip="Type another site"),
    Binding("o", "open_file", "Open", show=False, id="site.open", tooltip="Choose a file to look at"),
    Binding("r", "again", "Again", id="site.again", tooltip="Look at the same site again"),
    Binding(
        "I", "truth", "Truth", key_display="I", id="site.truth", tooltip="Back from what is supposed to what is so"
    ),
    Binding("f", "fix", "Fix", id="site.fix", tooltip="What mends the finding under the cursor, or the main one"),
    Binding("c", "copy", "Copy", id="site.copy", tooltip="Copy the selected value"),
    Binding("C", "copy_as", "Copy as", key_display="C", id="site.copy-as", tooltip="Copy in another form"),
    Binding("s", "save", "Save", id="site.save", tooltip="Save a certificate, the chain or the answer"),
    Binding(
        "slash", "find", "Find", key_display="/", id="site.find", tooltip="Find in the lines, the bytes or the answer"
    ),
    Binding("a", "asn1", "ASN.1", id="site.asn1", tooltip="The ASN.1 elements of the certificate, and back"),
    Binding("p", "next_path", "Path", id="site.path", tooltip="The next of several paths to a trusted root"),
    Binding(
        "A",
        "look_further('aia')",
        "Fetch",
        key_display="A",
        id="site.aia",
        tooltip="Fetch the issuers that were not sent, and look again",
    ),
    Binding(
        "R",
        "look_further('revocation')",
        "Revocation",
        key_display="R",
        show=False,
        id="site.revocation",
        tooltip="Look again, and ask responders and lists about revocation",
    ),
    Binding("i", "what_if", "What if", id="site.what-if", tooltip="What if: another time, name, chain or store"),
    Binding(
        "d",
        "other_sending",
        "Sent or not",
        show=False,
        id="site.other-sending",
        tooltip="What if this certificate were not sent, or were",
    ),
    Binding(
        "D",
        "other_store",
        "In the store or not",
        key_display="D",
        show=False,
        id="site.other-store",
        tooltip="What if this certificate were not in the store, or were",
    ),
    Binding("b", "bytes", "Bytes", show=False, id="site.bytes", tooltip="Go to the bytes of the field"),
    Binding("1", "panel('response')", "Panels", key_display="1-3", id="site.response", tooltip="The raw answer"),
    Binding("2", "panel('checks')", "Checks", show=False, id="site.checks", tooltip="The reasons of the verdict"),
    Binding("3", "panel('handshake')", "Handshake", show=False, id="site.handshake", tooltip="What was agreed"),
    Binding("x", "response('toggle_hex')", "Hex", show=False, id="site.hex", tooltip="Characters or bytes"),
    Binding("w", "response('toggle_wrap')", "Wrap", show=False, id="site.wrap", tooltip="Wrap long lines or not"),
    Binding("e", "response('edit_request')", "Edit", show=False, id="site.edit", tooltip="Change the request"),
    Binding("n", "response('next_match(1)')", "Next", show=False, id="site.next", tooltip="The next match"),
    Binding("N", "response('next_match(-1)')", "Previous", show=False, id="site.previous", tooltip="The one before"),
    Binding("0", "panel('detail')", "Detail", show=False, id="site.detail", tooltip="The selected value in full"),
]
"""In the order in which the key bar shows them: those that come first matter most."""
