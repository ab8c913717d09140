"""A server that plays named attacks, and the proof that neither `show` nor the app falls for one of them.

Each layer has a file with its attacks: `records`, `handshakes`, `certificates`, `http` and so on. A new protocol brings
a file of its own and adds it to `registry`; all tests here then play it too, against `show` and against the app.
"""
