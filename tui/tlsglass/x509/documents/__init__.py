"""What is signed or published beside certificates: requests, revocation lists, OCSP responses, keys, timestamps."""
