"""How many webhooks are accepted a second, each durable before its answer."""
