"""What keeps tests, and what they start, on this machine."""
