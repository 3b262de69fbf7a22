"""Charts as Altair specifications, each with the table it draws."""
