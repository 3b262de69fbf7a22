"""Google Sheets v4 and Drive v3 on this machine, for tests."""
