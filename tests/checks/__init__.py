"""Every finding: what it is found in, what puts it right, and where there is nothing to find."""
