"""Whether certificates were revoked: staples, OCSP and CRLs."""
