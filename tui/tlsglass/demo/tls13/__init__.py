"""A TLS 1.3 server by hand: one of pyOpenSSL staples for its own certificate only, this one for each that it sends.

One cipher suite, TLS_AES_128_GCM_SHA256, two groups, one kind of key, no tickets and no resumption: what a client of
today needs, and no more. It is for the zoo, where nothing is secret. RFC 8446.
"""
