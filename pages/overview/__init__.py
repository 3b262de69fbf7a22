"""The province at a glance."""
