"""Host names of a company's own: attached, proven by DNS, asked about again, lost."""
