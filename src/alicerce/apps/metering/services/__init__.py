"""What metering does. One use case a file."""
