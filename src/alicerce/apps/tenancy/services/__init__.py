"""Use cases of tenancy."""
