"""What is read of tax documents."""
