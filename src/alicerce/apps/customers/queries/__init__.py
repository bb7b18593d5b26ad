"""Who buys from the company, and who acts for whom."""
