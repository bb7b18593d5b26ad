"""What is asked of metering."""
