"""What is to be put right in the data."""
