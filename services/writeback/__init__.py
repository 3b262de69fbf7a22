"""What people want changed, merged cell by cell with what stands in the sheet by now."""
