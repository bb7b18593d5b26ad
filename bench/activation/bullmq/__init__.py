"""BullMQ and Redis, fetched into a temporary folder for one run."""
