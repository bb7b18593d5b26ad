"""Pages of taxes."""
