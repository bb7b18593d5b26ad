"""From a webhook received to a service active: the real flow, and three steps beside BullMQ."""
