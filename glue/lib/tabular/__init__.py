"""Any table: what kind of values each column has is found in the file itself."""
