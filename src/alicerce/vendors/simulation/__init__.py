"""What every simulator stands on: memory that lasts, misbehavior on demand, a server, a courier, certificates."""
