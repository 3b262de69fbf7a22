"""Which villages are ready for a centre."""
