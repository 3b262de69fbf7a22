"""The registers as read."""
