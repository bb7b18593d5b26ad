"""What collecting decides, as plain arithmetic."""
