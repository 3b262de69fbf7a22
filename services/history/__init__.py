"""What every workbook held at every reading, and what changed in between."""
