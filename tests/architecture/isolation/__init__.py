"""The proof that tenants cannot reach each other, generated from what the models declare."""
