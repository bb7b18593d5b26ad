"""What row-level security costs: the invoice list beside the same query with a plain WHERE."""
