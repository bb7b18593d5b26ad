"""What is asked of subscriptions."""
