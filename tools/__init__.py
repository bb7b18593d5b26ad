"""What keeps the house in order: contracts, lints, the map and the scaffold."""
