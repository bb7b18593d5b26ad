"""Who makes tax documents."""
