"""The endpoints of the API about subscriptions, and their changes of plan."""
