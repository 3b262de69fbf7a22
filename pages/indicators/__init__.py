"""The figures the year is judged by."""
