"""What certificates are kept in: PEM, PKCS #7, PKCS #12, plain DER; recognised by content, never by name."""
