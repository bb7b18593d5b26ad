"""Who answers disputes at each provider."""
