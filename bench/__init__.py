"""Measures the line as ratios: `python -m bench`. Its own made-up workbooks, its own clock."""
