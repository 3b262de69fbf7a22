"""Figures to something to look at or hand over; pure."""
