"""What is said over the channel once it stands: HTTP/1.1, and whatever comes back."""
