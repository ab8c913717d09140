"""The extensions of certificates: what each says, as parts with their bytes. RFC 5280 §4.2.

Each decoder gets the element that extnValue holds and a list that it adds problems to which don't prevent reading;
what does prevent it raises `DecodeError`. Which decoder serves which extension is said in `decode`.
"""
