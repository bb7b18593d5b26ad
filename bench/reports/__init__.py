"""How long statements and reports take in a company with many invoices."""
