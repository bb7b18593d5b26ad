"""What collecting knows."""
