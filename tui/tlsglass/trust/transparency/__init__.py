"""Whether public logs promised to show the certificate, and whether browsers would be content. RFC 6962."""
