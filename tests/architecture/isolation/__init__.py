"""The proof that tenants cannot reach each other, generated from what the models declare."""


def listing(complaints):
    """What an assertion says when it fails."""
    return "\n".join(["", *complaints[:60], f"{len(complaints)} in all"])
